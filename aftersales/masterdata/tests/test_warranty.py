"""3.3.3 ... 在保修期內; a warranty runs whole calendar months from the day of delivery."""

from datetime import date

import pytest

from aftersales.masterdata.actions import warranty_end
from aftersales.masterdata.models import Unit
from aftersales.masterdata.warranty import span_in_words, warranty_of

pytestmark = pytest.mark.clause("3.3.3")


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 23)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 1), 24, date(2028, 11, 30)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_it_ends_the_day_before_the_same_day_some_months_later(starts_on, months, ends_on):
    assert warranty_end(starts_on, months) == ends_on


@pytest.fixture
def unit():
    return Unit(warranty_from=date(2025, 11, 25), warranty_until=date(2026, 11, 24))


def test_both_ends_are_within(unit):
    assert warranty_of(unit, date(2025, 11, 25)).is_valid
    assert warranty_of(unit, date(2026, 11, 24)).is_valid


def test_the_day_before_and_the_day_after_are_not(unit):
    assert not warranty_of(unit, date(2025, 11, 24)).is_valid
    assert not warranty_of(unit, date(2026, 11, 25)).is_valid


def test_the_last_day_says_so_and_warns(unit):
    warranty = warranty_of(unit, date(2026, 11, 24))

    assert (warranty.tone, warranty.label, warranty.span) == ("wait", "保內", "今天到期")


def test_it_warns_from_30_days_before_the_end(unit):
    assert warranty_of(unit, date(2026, 10, 24)).tone == "done"
    assert warranty_of(unit, date(2026, 10, 25)).tone == "wait"


def test_what_is_over_says_for_how_long(unit):
    warranty = warranty_of(unit, date(2027, 1, 4))

    assert (warranty.label, warranty.span) == ("保外", "過保 1 個月 11 天")


def test_what_has_not_begun_says_when_it_will(unit):
    assert warranty_of(unit, date(2025, 11, 20)).span == "5 天後開始"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 11, 24), date(2028, 2, 23), "1 年 2 個月"),
        (date(2026, 11, 24), date(2027, 11, 24), "1 年"),
        (date(2026, 11, 24), date(2027, 1, 5), "1 個月 12 天"),
        (date(2026, 1, 31), date(2026, 2, 28), "1 個月"),
        (date(2026, 11, 24), date(2026, 11, 25), "1 天"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(start, end, words):
    assert span_in_words(start, end) == words


def test_rows_agree_with_the_words(make_product, make_customer):
    product, customer = make_product(), make_customer()
    today = date(2026, 11, 24)
    ends = {"over": date(2026, 11, 23), "today": today, "later": date(2027, 5, 1)}
    for serial_no, ends_on in ends.items():
        Unit.objects.create(
            serial_no=serial_no, product=product, customer=customer,
            delivered_on=date(2025, 1, 1), warranty_from=date(2025, 1, 1), warranty_until=ends_on,
        )  # fmt: skip

    under = Unit.objects.under_warranty(today)

    assert {unit.serial_no for unit in under} == {"today", "later"}
    assert {unit.serial_no for unit in Unit.objects.all() if warranty_of(unit, today).is_valid} == {
        "today",
        "later",
    }
    assert [unit.serial_no for unit in Unit.objects.out_of_warranty(today)] == ["over"]
    assert [unit.serial_no for unit in Unit.objects.warranty_ends_within(today, 30)] == ["today"]
