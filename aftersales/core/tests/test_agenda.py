"""待辦: what to do next comes before what it is; late first, then today, this week, later."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from aftersales.core import agenda
from aftersales.core.work import Task

# Tuesday 24 November 2026, 14:20 in Shanghai.
NOW = datetime(2026, 11, 24, 6, 20, tzinfo=UTC)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def task(due_at=None, **extra) -> Task:
    facts = {"waits_for": "", "on_behalf_of": ""} | extra
    return Task("簽發", "FH-1", "/x/", "客戶", "泵", "3.1.3", NOW, due_at, **facts)


@pytest.mark.parametrize(
    ("due_at", "section"),
    [
        (at(24, 14, 19), "late"),
        (NOW, "today"),
        (at(24, 23, 59), "today"),
        (at(25), "week"),
        (at(29, 23, 59), "week"),  # Sunday
        (at(30), "later"),
        (None, "open"),
    ],
)
def test_a_task_stands_in_the_stretch_of_local_time_in_which_it_falls_due(due_at, section):
    assert agenda.section_of(task(due_at), NOW) == section


def test_on_a_sunday_the_week_ends_today():
    sunday = at(29, 9)

    assert agenda.section_of(task(at(30)), sunday) == "later"


def test_what_waits_for_others_is_never_late_for_me():
    assert agenda.section_of(task(at(1), waits_for="分管領導"), NOW) == "waits"


def test_tabs_count_each_section_and_the_person_one_stands_in_for():
    wang = SimpleNamespace(pk=7, display_name="王淑芬")
    tasks = [task(at(20)), task(at(26), on_behalf_of="王淑芬"), task(waits_for="倉庫")]
    found = agenda.sections(tasks, NOW)

    tabs = agenda.tabs(found, [wang], "for-7")

    assert [(tab.label, tab.number) for tab in tabs] == [
        ("全部", 3), ("已逾期", 1), ("今天到期", 0), ("本週", 1), ("等別人", 1), ("代理 王淑芬", 1),
    ]  # fmt: skip
    assert [tab.label for tab in tabs if tab.is_current] == ["代理 王淑芬"]


def test_a_tab_lets_only_its_own_through():
    wang = SimpleNamespace(pk=7, display_name="王淑芬")
    tasks = [task(at(20)), task(at(26), on_behalf_of="王淑芬"), task(at(26))]
    found = agenda.sections(tasks, NOW)

    def shown(current):
        return {each.code: len(each.tasks) for each in agenda.shown(found, [wang], current)}

    assert shown("") == {"late": 1, "week": 2}
    assert shown("week") == {"week": 2}
    assert shown("for-7") == {"week": 1}
