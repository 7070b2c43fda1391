"""Numbers are gapless per kind and month, whoever takes them at the same moment."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from aftersales.core import numbering
from aftersales.core.models import Submission
from aftersales.core.tests.racing import lock_off, race

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 11, 24, 6, 20, tzinfo=UTC)
WRITERS, EACH = 32, 50


class RolledBack(Exception):
    """One in ten documents is not stored after all."""


def store_document(*, is_rolled_back: bool) -> None:
    """A document with a number: stored under it, or rolled back after taking it."""
    with transaction.atomic():
        number = numbering.take("FH", now=NOW)
        Submission.objects.create(key=number, path="/", at=NOW)
        if is_rolled_back:
            raise RolledBack


def write(writer: int) -> tuple[int, int]:
    """Gives how many documents were stored and how many failed against the writer's will."""
    stored = failed = 0
    for turn in range(EACH):
        try:
            store_document(is_rolled_back=(writer + turn) % 10 == 0)
            stored += 1
        except RolledBack:
            pass
        except Exception:
            failed += 1
    return stored, failed


def all_write_at_once() -> tuple[int, int, list[int]]:
    outcomes = race([lambda writer=writer: write(writer) for writer in range(WRITERS)])
    serials = sorted(int(key[-4:]) for key in Submission.objects.values_list("key", flat=True))
    stored = sum(outcome[0] for outcome in outcomes)
    failed = sum(outcome[1] for outcome in outcomes)
    return stored, failed, serials


def test_thirty_two_writers_leave_no_gap_and_no_double_though_one_in_ten_rolls_back():
    stored, failed, serials = all_write_at_once()

    assert (stored, failed) == (1440, 0)
    assert serials == list(range(1, 1441))


def test_control_without_the_lock_two_writers_take_one_number():
    with lock_off():
        _stored, failed, _serials = all_write_at_once()

    assert failed > 0
