"""3.2.1 however many tablets hand the goods over at the same moment, they are handed over once."""

import pytest
from django.contrib.contenttypes.models import ContentType

from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry
from aftersales.core.tests.racing import lock_off, race
from aftersales.masterdata.models import Unit
from delivery.actions import hand_over, state_pickup_cause
from delivery.models import ShippingNote
from delivery.tests.floor import STROKES
from delivery.tests.pickup import check, differ, fetched

pytestmark = [
    pytest.mark.clause("3.2.1"),
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
TIMES = 20


def rows_of(note, event: str) -> int:
    return AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(note),
        object_id=note.pk,
        event=f"shippingnote.{event}",
    ).count()


def taken_at_once(note, actor, now) -> list[object]:
    facts = {"actor": actor, "now": now, "name": "王志明", "path": STROKES}
    return race([lambda: hand_over(note, **facts)] * TIMES)


def test_of_many_handovers_at_once_one_is_made(make_note, sales_clerk, warehouse_keeper, now):
    for _round in range(5):
        note = fetched(make_note, now, issuer=sales_clerk)
        check(note, sales_clerk, warehouse_keeper, now)

        outcomes = taken_at_once(note, sales_clerk, now)

        done = [outcome for outcome in outcomes if isinstance(outcome, ShippingNote)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
        assert (len(done), len(refused)) == (1, TIMES - 1)
        assert rows_of(note, "handed_over") == 1
        assert note.signatures.count() == 1
        assert Unit.objects.filter(serial_no__endswith=f"-{note.pk}").count() == 2


def test_control_without_the_lock_more_than_one_gets_past_the_check(
    make_note, sales_clerk, warehouse_keeper, now
):
    kept_the_rule = []
    with lock_off():
        for _round in range(5):
            note = fetched(make_note, now, issuer=sales_clerk)
            check(note, sales_clerk, warehouse_keeper, now)
            outcomes = taken_at_once(note, sales_clerk, now)
            refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
            kept_the_rule.append(len(refused) == TIMES - 1)

    assert not all(kept_the_rule)


def test_of_many_checks_at_once_one_opens_a_difference_and_the_rest_are_refused(
    make_note, sales_clerk, warehouse_keeper, now
):
    note = fetched(make_note, now, issuer=sales_clerk)

    race([lambda: differ(note, sales_clerk, warehouse_keeper, now)] * TIMES)

    assert note.pickup_checks.count() == 1
    assert rows_of(note, "pickup_differs") == 1


def test_of_many_causes_at_once_one_is_kept(make_note, sales_clerk, warehouse_keeper, now):
    note = fetched(make_note, now, issuer=sales_clerk)
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    facts = {"actor": sales_clerk, "now": now, "cause": "漏裝", "measure": "補一台"}

    race([lambda: state_pickup_cause(difference, **facts)] * TIMES)

    assert rows_of(note, "pickup_cause_stated") == 1
