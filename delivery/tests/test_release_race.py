"""3.1.3 發貨單經分管領導簽發後方可發貨: however many sign at the same moment, it is signed once."""

import pytest
from django.contrib.contenttypes.models import ContentType

from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry
from aftersales.core.tests.racing import lock_off, race
from delivery.actions import release_note
from delivery.models import ShippingNote

pytestmark = [
    pytest.mark.clause("3.1.3"),
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


def release_at_once(note, leader, now, times: int = 50) -> list[object]:
    return race([lambda: release_note(note, actor=leader, now=now)] * times)


def rows_of_release(note) -> int:
    return AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(note),
        object_id=note.pk,
        event="shippingnote.released",
    ).count()


def test_fifty_leaders_at_once_give_one_release_and_one_audit_row(leader, make_note, now):
    for _round in range(20):
        note = make_note(now, state="submitted")

        outcomes = release_at_once(note, leader, now)

        done = [outcome for outcome in outcomes if isinstance(outcome, ShippingNote)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
        assert (len(done), len(refused)) == (1, 49)
        assert rows_of_release(note) == 1
        note.refresh_from_db()
        assert note.state == "released"


def test_control_without_the_lock_more_than_one_gets_past_the_check(leader, make_note, now):
    kept_the_rule = []
    with lock_off():
        for _round in range(5):
            note = make_note(now, state="submitted")
            outcomes = release_at_once(note, leader, now)
            refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
            kept_the_rule.append(len(refused) == 49)

    assert not all(kept_the_rule)
