"""4.4 接到服務信息,應在24小時內答復: what is left, and what is late, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales.core.templatetags.clock import deadline, in_words, near

DUE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "不到 1 分"),
        (timedelta(minutes=35), "35 分"),
        (timedelta(hours=2), "2 小時"),
        (timedelta(hours=3, minutes=12), "3 小時 12 分"),
        (timedelta(days=1, hours=3, minutes=59), "1 天 3 小時"),
        (timedelta(days=6), "6 天"),
    ],
)
def test_a_span_reads_in_its_two_largest_units(span, words):
    assert in_words(span) == words


@pytest.mark.clause("4.4")
def test_exactly_on_time_is_not_late_and_one_second_after_is():
    assert deadline(DUE, DUE).tone == "wait"
    assert deadline(DUE, DUE + SECOND).tone == "late"


@pytest.mark.clause("4.4")
def test_a_breach_that_is_met_later_never_turns_green():
    kept = deadline(DUE, DUE, met_at=DUE)
    broken = deadline(DUE, DUE, met_at=DUE + timedelta(hours=2, minutes=10))

    assert (kept.tone, kept.text) == ("done", "按時")
    assert (broken.tone, broken.text) == ("late-met", "遲 2 小時 10 分")


def test_a_kept_deadline_says_how_long_it_took_where_the_start_is_known():
    started = DUE - timedelta(hours=24)

    shown = deadline(DUE, DUE, met_at=started + timedelta(minutes=192), started_at=started)

    assert shown.text == "3 小時 12 分"


def test_it_warns_from_four_hours_before():
    assert deadline(DUE, DUE - timedelta(hours=4)).tone == "wait"
    assert deadline(DUE, DUE - timedelta(hours=4) - SECOND).tone == "run"


def test_a_moment_is_named_by_the_day_it_falls_on_in_local_time(now):
    just_past_midnight_in_shanghai = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)

    assert near(just_past_midnight_in_shanghai, now) == "今天 00:05"
    assert near(just_past_midnight_in_shanghai - timedelta(minutes=6), now) == "昨天 23:59"
    assert near(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), now) == "明天 17:30"
    assert near(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), now) == "12-01 17:30"
    assert near(datetime(2025, 12, 1, 9, 30, tzinfo=UTC), now) == "2025-12-01 17:30"
