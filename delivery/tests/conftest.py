"""Fixtures that the tests of the delivery share."""

import os
from pathlib import Path

import pytest

from aftersales.core.tests.chromium import launched
from delivery.tests.browsing import DESK, Person


@pytest.fixture
def people(live_server, settings, monkeypatch):
    """person("clerk", PHONE): opens a browser of that size; closed at the end without complaint."""
    # Playwright runs a loop in this thread, which Django would take for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.PUBLIC_BASE_URL = live_server.url
    shots = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
    with launched() as browser:
        opened: list[Person] = []

        def person(username: str = "", size=DESK) -> Person:
            opened.append(Person(browser, live_server, size, shots))
            return opened[-1].log_in(username) if username else opened[-1]

        yield person
        assert [complaint for one in opened for complaint in one.complaints] == []
