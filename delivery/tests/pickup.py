"""What the tests of a pick-up share (3.2.1): an issued note, a check, a difference on its way."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from aftersales.accounts.models import Leave
from delivery.actions import (
    check_pickup,
    confirm_pickup,
    consent_pickup,
    repack_pickup,
    state_pickup_cause,
)
from delivery.actions.pickup import Found
from delivery.models import PickupDifference, ShippingNote
from delivery.tests.floor import line_of

ORDER = ("found", "caused", "consented", "confirmed", "repacked")


def fetched(make_note, now, state: str = "issued", **fields) -> ShippingNote:
    """A note that the customer fetches by agreement; issued an hour ago."""
    note = make_note(now, state=state, **fields)
    note.delivery_mode, note.pickup_basis = "pickup", "agreement"
    note.pickup_basis_text = "王志明週三上午派車來提"
    note.vehicle_no = note.driver_name = ""
    if state == "issued":
        note.issued_at = now - timedelta(hours=1)
        note.issued_by = note.issuer
    note.save()
    return note


def all_there(note) -> dict[int, Found]:
    return {line.pk: Found(line.quantity) for line in note.lines.all()}


def one_pump_short(note) -> dict[int, Found]:
    return all_there(note) | {line_of(note, 10).pk: Found(Decimal(1), "箱內少一台")}


def check(note, clerk, keeper, now, /, **facts):
    facts = {
        "actor": clerk,
        "clerk": clerk,
        "keeper": keeper,
        "customer_person": "王志明",
        "customer_phone": "139 5743 2208",
        "credential": "介紹信 0312",
        "found": all_there(note),
    } | facts
    return check_pickup(note, now=now, **facts)


def differ(note, clerk, keeper, now, /, **facts) -> PickupDifference:
    facts.setdefault("found", one_pump_short(note))
    return check(note, clerk, keeper, now, **facts).difference


def mended(difference, state: str, clerk, keeper, manager, now) -> PickupDifference:
    """The difference brought to a state by its own steps."""
    steps = (
        lambda: state_pickup_cause(
            difference, actor=clerk, now=now, cause="裝箱時漏裝一台", measure="補一台，重新裝箱"
        ),
        lambda: consent_pickup(difference, actor=manager, now=now),
        lambda: confirm_pickup(
            difference, actor=clerk, now=now, confirmed_person="王志明",
            confirmed_means="present", confirmed_at=now,
        ),
        lambda: repack_pickup(difference, actor=keeper, now=now),
    )  # fmt: skip
    for step in steps[: ORDER.index(state)]:
        difference = step()
    return difference


def away(absent, deputy) -> Leave:
    """The absent person's leave of these days names the deputy."""
    moment = timezone.now()
    return Leave.objects.create(
        user=absent, deputy=deputy, starts_at=moment - timedelta(days=1),
        ends_at=moment + timedelta(days=1), created_by=absent, created_at=moment,
    )  # fmt: skip


def at_difference(make_note, now, state: str) -> ShippingNote:
    """A note whose last check differs, stored at a state. For rows, not for rules."""
    note = fetched(make_note, now)
    check_made = note.pickup_checks.create(
        attempt=1, clerk=note.issuer, keeper=note.released_by, customer_person="王志明",
        is_match=False, checked_at=now, recorded_by=note.issuer,
    )  # fmt: skip
    facts = {
        "caused": {"cause": "漏裝", "measure": "補一台", "caused_by": note.issuer, "caused_at": now},
        "consented": {"consented_by": note.released_by, "consented_at": now},
        "confirmed": {
            "confirmed_person": "王志明", "confirmed_means": "call", "confirmed_at": now,
            "confirmation_recorded_by": note.issuer,
        },
        "repacked": {"repacked_by": note.released_by, "repacked_at": now},
    }  # fmt: skip
    reached = ORDER[1 : ORDER.index(state) + 1]
    PickupDifference.objects.create(
        check_made=check_made, state=state, description="第 10 行 多級離心泵：單上 2 台，實點 1 台",
        **{name: value for step in reached for name, value in facts[step].items()},
    )  # fmt: skip
    return note
