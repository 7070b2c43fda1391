"""Everybody reads how each clause of the procedure is carried: /clauses/."""

import re

import pytest

from aftersales.core.clauses import RULES
from aftersales.core.coverage import coverage

ROW = re.compile(r'<details class="clause-row"( open)?>.*?id="c-([\d.]+)"', re.DOTALL)


def clauses_of(page) -> list[str]:
    return [clause for _open, clause in ROW.findall(page.content.decode())]


@pytest.fixture
def page(client, service_engineer):
    """page("q=…"): the page as the person with the fewest rights reads it."""
    client.force_login(service_engineer)
    return lambda query="": client.get(f"/clauses/?{query}")


def test_every_clause_stands_with_its_sentence_rules_and_number_of_tests(page):
    html = page().content.decode()

    assert set(RULES) <= set(clauses_of(page()))
    released = html.partition('id="c-3.1.3"')[2].partition("</details>\n")[0]
    assert str(RULES["3.1.3"]) in html
    assert "發貨單：簽發（待簽發 → 已簽發）<code>delivery.workflow</code>" in released
    assert "the issuer does not release" in released


def test_the_anchor_stands_inside_the_row_so_that_a_link_opens_it(page):
    html = page().content.decode()

    assert '</summary>\n<div class="clause-row__body" id="c-3.1.4">' in html


def test_a_number_finds_the_clauses_that_begin_with_it(page):
    assert clauses_of(page("q=3.1")) == ["3.1.1", "3.1.2", "3.1.3", "3.1.4"]
    assert clauses_of(page("q=4.1")) == ["4.1"]


@pytest.mark.parametrize(
    "typed", ["簽發人不是制單人", "签发人不是制单人", "test_the_issuer_does_not"]
)
def test_words_find_sentence_rules_and_tests_in_either_script(page, typed):
    found = page(f"q={typed}")

    assert clauses_of(found) == ["3.1.3"]
    assert '<details class="clause-row" open>' in found.content.decode()


def test_the_tabs_show_what_is_carried_and_what_is_not(page):
    carried = clauses_of(page("show=carried"))
    missing = clauses_of(page("show=missing"))

    assert "3.1.3" in carried
    assert set(carried) | set(missing) == set(RULES) - {"6.1"}
    assert not set(carried) & set(missing)


def test_a_tab_keeps_the_words_and_the_words_keep_the_tab(page):
    html = page("q=簽發&show=carried").content.decode()

    assert "?q=%E7%B0%BD%E7%99%BC&amp;show=missing" in html
    assert '<input type="hidden" name="show" value="carried"' in html


def test_where_nothing_is_found_it_says_what_to_do(page):
    assert "沒有符合的條款" in page("q=zzzz").content.decode()


def test_an_unknown_tab_and_too_many_words_show_everything(page):
    assert set(RULES) <= set(clauses_of(page(f"show=unheard&q={'字' * 90}")))


def test_without_test_files_the_page_says_so(page, monkeypatch):
    monkeypatch.setattr("aftersales.core.coverage.standing.test_files", list)
    bare = coverage.__wrapped__()
    monkeypatch.setattr("aftersales.core.views.clauses.coverage", lambda: bare)

    html = page().content.decode()

    assert "這個安裝不含測試檔案，所以沒有列出測試" in html
    assert "3.1.3" in clauses_of(page("show=carried"))


def test_what_the_code_says_is_read_once_and_asks_the_database_nothing_of_it(
    page, django_assert_max_num_queries
):
    page()

    with django_assert_max_num_queries(6):
        page()
    assert coverage() is coverage()


def test_the_navigation_leads_there(client, production):
    client.force_login(production)

    assert '<a class="side-nav__item" href="/clauses/"' in client.get("/").content.decode()
