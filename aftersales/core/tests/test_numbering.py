"""Numbers: prefix, year and month, four digits, gapless per month, taken with the document."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from aftersales.core import numbering
from aftersales.core.models import Counter

SECOND = timedelta(seconds=1)
# In Shanghai December begins here; in UTC it is still November.
MONTH_TURNS = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)


def take(now, prefix="FH"):
    with transaction.atomic():
        return numbering.take(prefix, now=now)


def test_numbers_of_a_month_follow_one_another(db, now):
    assert [take(now) for _ in range(3)] == [
        "FH-202611-0001", "FH-202611-0002", "FH-202611-0003",
    ]  # fmt: skip


def test_each_kind_counts_for_itself(db, now):
    assert (take(now), take(now, "FK"), take(now)) == (
        "FH-202611-0001", "FK-202611-0001", "FH-202611-0002",
    )  # fmt: skip


def test_the_month_turns_at_local_midnight_not_in_utc(db):
    numbers = [take(MONTH_TURNS - SECOND), take(MONTH_TURNS), take(MONTH_TURNS - SECOND)]

    assert numbers == ["FH-202611-0001", "FH-202612-0001", "FH-202611-0002"]


def test_the_year_turns_at_local_midnight_too(db):
    assert take(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "FH-202701-0001"


def test_the_month_follows_the_time_zone_of_the_site(db, settings):
    settings.TIME_ZONE = "America/New_York"

    assert numbering.period_of(MONTH_TURNS) == "202611"
    assert numbering.period_of(date(2026, 12, 1)) == "202612"


def test_a_rollback_gives_the_number_back(db, now):
    take(now)
    with transaction.atomic():
        numbering.take("FH", now=now)
        transaction.set_rollback(True)

    assert take(now) == "FH-202611-0002"
    assert Counter.objects.get().last == 2


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given(now):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        numbering.take("FH", now=now)

    assert not Counter.objects.exists()


def test_past_9999_a_number_only_grows_longer(db, now):
    Counter.objects.create(prefix="FH", period="202611", last=9999)

    assert take(now) == "FH-202611-10000"
