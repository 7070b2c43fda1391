"""3.1.1 產品終檢合格後方可發貨: number, date and inspector of the passed final inspection."""

from datetime import date

import pytest

from aftersales.core.errors import RuleViolation
from delivery.actions import record_inspection

pytestmark = pytest.mark.clause("3.1.1")


def inspect(note, actor, now, **facts):
    facts = {
        "final_inspection_no": "ZJ-202611-0306",
        "final_inspection_on": date(2026, 11, 24),
        "final_inspection_by": "何雅婷",
    } | facts
    return record_inspection(note, actor=actor, now=now, **facts)


@pytest.mark.parametrize(
    "role", ["quality_engineer", "quality_manager", "sales_clerk", "logistics_clerk"]
)
def test_it_is_recorded_today(make_note, make_user, now, role):
    note = inspect(make_note(now), make_user(role), now)

    assert (note.final_inspection_no, note.final_inspection_by) == ("ZJ-202611-0306", "何雅婷")


def test_today_is_the_local_day(make_note, quality_engineer, now):
    late_evening = now.replace(hour=16, minute=30)  # 00:30 of the 25th in Shanghai

    note = inspect(
        make_note(now), quality_engineer, late_evening, final_inspection_on=date(2026, 11, 25)
    )

    assert note.final_inspection_on == date(2026, 11, 25)


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(1999, 12, 31)])
def test_a_day_that_cannot_be_is_refused_with_the_right_ones(make_note, quality_engineer, now, day):
    with pytest.raises(RuleViolation, match="2026-11-24") as refusal:
        inspect(make_note(now), quality_engineer, now, final_inspection_on=day)

    assert refusal.value.field == "final_inspection_on"


@pytest.mark.parametrize("field", ["final_inspection_no", "final_inspection_by"])
def test_nothing_may_be_missing(make_note, quality_engineer, now, field):
    with pytest.raises(RuleViolation, match="請填寫") as refusal:
        inspect(make_note(now), quality_engineer, now, **{field: "  "})

    assert refusal.value.field == field


def test_after_submitting_it_is_not_changed(make_note, quality_engineer, now):
    with pytest.raises(RuleViolation, match="待簽發"):
        inspect(make_note(now, state="submitted"), quality_engineer, now)


@pytest.mark.parametrize("role", ["salesperson", "warehouse_keeper", "leader"])
def test_others_do_not_record_it(make_note, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        inspect(make_note(now), make_user(role), now)
