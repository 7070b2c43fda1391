"""The people of the sample company work from Monday to Saturday, in the morning and afternoon."""

from datetime import datetime

import pytest
from django.utils import timezone

from delivery.sample.worktime import earlier, later


@pytest.mark.parametrize(
    ("begins", "minutes", "ends"),
    [
        ("2026-11-24 08:00", 240, "2026-11-24 12:00"),
        ("2026-11-24 08:00", 241, "2026-11-24 13:31"),
        ("2026-11-24 17:00", 60, "2026-11-25 08:30"),
        ("2026-11-28 17:00", 60, "2026-11-30 08:30"),
        ("2026-11-29 11:00", 0, "2026-11-30 08:00"),
    ],
)
def test_work_goes_on_after_noon_after_the_night_and_after_sunday(begins, minutes, ends):
    assert later(_local(begins), minutes) == _local(ends)


@pytest.mark.parametrize(
    ("ends", "minutes", "begins"),
    [
        ("2026-11-24 13:40", 20, "2026-11-24 11:50"),
        ("2026-11-30 08:30", 60, "2026-11-28 17:00"),
        ("2026-11-30 02:00", 0, "2026-11-28 17:30"),
    ],
)
def test_work_before_a_moment_is_counted_back_the_same_way(ends, minutes, begins):
    assert earlier(_local(ends), minutes) == _local(begins)


def _local(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))
