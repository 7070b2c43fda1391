"""Lists: links that change one thing of an address, sorting, and pages of a capped count."""

from django.core.paginator import Paginator
from django.http import QueryDict

from aftersales.core.templatetags.lists import page_numbers, query, sort_link


class Capped(Paginator):
    is_capped = True


def test_a_link_keeps_the_filter_and_starts_another_order_at_the_first_page():
    current = QueryDict("state=draft&q=%E6%B3%B5&page=7")

    assert query(current, order="-number") == "?state=draft&q=%E6%B3%B5&order=-number"
    assert query(current, page=8) == "?state=draft&q=%E6%B3%B5&page=8"
    assert query(current, state=None) == "?q=%E6%B3%B5"


def test_a_column_head_turns_the_order_round():
    assert sort_link("number", "number").order == "-number"
    assert sort_link("number", "-number").order == "number"
    assert sort_link("number", "customer").order == "number"
    assert sort_link("number", "-number").aria == "descending"


def test_page_numbers_leave_gaps_but_none_of_a_single_page():
    page = Paginator(range(1000), 25).page(20)

    assert page_numbers(page) == [1, None, 18, 19, 20, 21, 22, None, 40]
    assert page_numbers(Paginator(range(1000), 25).page(5))[:4] == [1, 2, 3, 4]


def test_a_capped_count_names_no_last_page():
    page = Capped(range(10_001), 25).page(1)

    assert page_numbers(page) == [1, 2, 3, None]
