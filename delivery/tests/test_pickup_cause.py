"""3.2.1 if list and goods differ, the sales clerk finds the cause."""

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import recheck_note, state_pickup_cause, withdraw_note
from delivery.tests.pickup import check, differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def difference(make_note, sales_clerk, warehouse_keeper, now):
    note = fetched(make_note, now, issuer=sales_clerk)
    return differ(note, sales_clerk, warehouse_keeper, now)


def state(difference, actor, now, **facts):
    facts = {"cause": "裝箱時漏裝一台", "measure": "補一台，重新裝箱"} | facts
    return state_pickup_cause(difference, actor=actor, now=now, **facts)


def test_cause_and_measure_are_kept_with_who_and_when(difference, sales_clerk, now):
    difference = state(difference, sales_clerk, now, cause=" 裝箱時漏裝一台 ")

    assert (difference.state, difference.cause) == ("caused", "裝箱時漏裝一台")
    assert (difference.caused_by, difference.caused_at) == (sales_clerk, now)
    entry = audit.timeline(difference.note)[0]
    assert entry.event == "shippingnote.pickup_cause_stated"
    assert (entry.data["cause"], entry.data["measure"]) == ("裝箱時漏裝一台", "補一台，重新裝箱")


def test_the_sales_manager_is_asked_for_consent(difference, sales_clerk, sales_manager, now):
    state(difference, sales_clerk, now)

    notice = Notice.objects.get(
        recipient=sales_manager, key__startswith="shippingnote.pickup_cause_stated"
    )
    assert notice.title.startswith("提貨差異，請同意改正")
    assert "裝箱時漏裝一台" in notice.body


@pytest.mark.parametrize("field", ["cause", "measure"])
def test_without_cause_or_measure_it_is_refused(difference, sales_clerk, now, field):
    with pytest.raises(RuleViolation) as refusal:
        state(difference, sales_clerk, now, **{field: "  "})

    assert refusal.value.field == field
    difference.refresh_from_db()
    assert difference.state == "found"


@pytest.mark.parametrize("role", ["warehouse_keeper", "sales_manager", "salesperson"])
def test_others_do_not_find_the_cause(difference, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        state(difference, make_user(role), now)


@pytest.mark.parametrize("reached", ["caused", "consented", "confirmed", "repacked"])
def test_a_second_time_is_refused_with_where_it_stands(
    difference, sales_clerk, warehouse_keeper, sales_manager, now, reached
):
    difference = mended(difference, reached, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match=rf"{difference.get_state_display()}.*查明原因"):
        state(difference, sales_clerk, now)


def test_a_difference_from_before_a_recheck_is_history(
    difference, sales_clerk, warehouse_keeper, now
):
    recheck_note(difference.note, actor=warehouse_keeper, now=now, reason="全部重點")

    with pytest.raises(RuleViolation, match="舊記錄"):
        state(difference, sales_clerk, now)


def test_a_difference_of_a_withdrawn_note_is_history_and_the_revision_begins_anew(
    difference, sales_clerk, now
):
    revision = withdraw_note(difference.note, actor=sales_clerk, now=now, reason="單上寫錯")

    with pytest.raises(RuleViolation, match="舊記錄"):
        state(difference, sales_clerk, now)
    assert not revision.pickup_checks.exists()


def test_of_two_differences_only_the_last_is_open(
    difference, sales_clerk, warehouse_keeper, sales_manager, now
):
    first = mended(difference, "repacked", sales_clerk, warehouse_keeper, sales_manager, now)
    check(first.note, sales_clerk, warehouse_keeper, now)

    with pytest.raises(RuleViolation, match="舊記錄"):
        state(first, sales_clerk, now)
