"""Queries and server time of the pages used all day, each beside its control in the same loop."""

import statistics
from dataclasses import asdict, dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersales.accounts.models import User
from bench.clock import CPU_HEADER, HEADER
from delivery.models import ShippingNote

WARM_UPS, ROUNDS = 5, 40


@dataclass
class Measured:
    """One page: queries, and the medians of the server's milliseconds beside the control's."""

    page: str
    queries: int
    milliseconds: float
    control: float
    cpu: float
    control_cpu: float


def measure() -> dict:
    """The pages as the sales clerk of the sample company sees them."""
    client = Client()
    client.force_login(User.objects.get(username="clerk"))
    rows = [asdict(_measured(client, *page)) for page in _pages()]
    return {"notes": ShippingNote.objects.count(), "pages": rows}


def _pages() -> list[tuple[str, str, str]]:
    signed = ShippingNote.objects.filter(signatures__isnull=False, state="closed")
    note = signed.order_by("pk").first()
    return [
        ("list", "/delivery/notes/", "/bench/list/"),
        ("list, closed only", "/delivery/notes/?state=closed", "/bench/list/?state=closed"),
        ("list, searched", "/delivery/notes/?q=水務", "/bench/list/"),
        ("detail", note.get_absolute_url(), f"/bench/notes/{note.pk}/"),
    ]


def _measured(client: Client, name: str, address: str, control: str) -> Measured:
    _get(client, address)
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
        queries = len(captured)
    times: dict[str, list[tuple[float, float]]] = {address: [], control: []}
    for turn in range(WARM_UPS + ROUNDS):
        for each, found in times.items():
            taken = _get(client, each)
            if turn >= WARM_UPS:
                found.append(taken)
    page, bare = (_medians(times[each]) for each in (address, control))
    return Measured(name, queries, page[0], bare[0], page[1], bare[1])


def _medians(times: list[tuple[float, float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _get(client: Client, address: str) -> tuple[float, float]:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return float(response[HEADER]), float(response[CPU_HEADER])
