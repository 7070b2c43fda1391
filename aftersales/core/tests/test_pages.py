"""Lists: pages, an order that is named, and a count that is capped."""

import pytest
from django.test import RequestFactory

from aftersales.core import pages
from aftersales.core.models import Counter


@pytest.fixture
def rows(db):
    Counter.objects.bulk_create(Counter(prefix="P", period=str(n)) for n in range(60))
    return Counter.objects.order_by("pk")


def page(rows, number=""):
    return pages.page_of(RequestFactory().get("/", {"page": number}), rows)


def test_a_page_holds_25_rows_and_knows_its_neighbours(rows):
    second = page(rows, "2")

    assert [row.period for row in second][:2] == ["25", "26"]
    assert (second.start_index(), second.end_index(), second.paginator.count_text) == (
        26, 50, "60",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "given"), [("", 1), ("0", 1), ("-3", 1), ("x", 1), ("99", 3), ("9" * 30, 3)]
)
def test_a_wrong_page_number_gives_the_nearest_page(rows, asked, given):
    assert page(rows, asked).number == given


def test_the_count_stops_at_its_cap(rows, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_CAP", 50)

    paginator = page(rows).paginator

    assert paginator.is_capped
    assert paginator.count_text == "50+"
    assert paginator.count == 51


def test_counting_reads_no_more_rows_than_the_cap(rows, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        assert page(rows).paginator.count == 60

    assert f"LIMIT {pages.COUNT_CAP + 1}" in queries[0]["sql"]


def test_an_empty_list_has_one_empty_page(db):
    empty = page(Counter.objects.order_by("pk"))

    assert list(empty) == []
    assert empty.paginator.count_text == "0"


@pytest.mark.parametrize(
    ("asked", "given"),
    [("name", "name"), ("-name", "-name"), ("", "no"), ("password", "no"), ("--name", "no")],
)
def test_only_a_named_column_sorts(asked, given):
    request = RequestFactory().get("/", {"order": asked})

    assert pages.order_of(request, ("no", "name"), "no") == given
