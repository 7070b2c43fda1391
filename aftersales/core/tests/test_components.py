"""The components of a page: what can be done, what is missing, what happened."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from aftersales.accounts.models import User
from aftersales.core.clauses import RULES, rule_of
from aftersales.core.templatetags.look import choice
from aftersales.core.workflow import Check, Step, Transition

COMPONENTS = sorted(Path(settings.BASE_DIR, "templates", "components").glob("*.html"))
SYMBOLS = set(
    re.findall(r'id="([is]-[a-z0-9-]+)"', Path(settings.BASE_DIR, "static/icons.svg").read_text())
)


def component(name: str, **context) -> str:
    return render_to_string(f"components/{name}.html", context)


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


def step(action: str, *checks: Check, **extra) -> Step:
    row = Transition(action, ("a",), "b", "p", extra.pop("label", action), "3.1.3", **extra)
    return Step(row, checks, f"/{action}/")


@pytest.mark.clause("3.1.3")
def test_a_blocked_step_is_no_link_and_its_missing_item_leads_to_where_it_is_mended():
    missing = Check("終檢合格已登記", False, "第 2 行缺終檢合格單號", "3.1.1", "/mend/")
    met = Check("交付方式已定", True, "", "", "")

    html = component("step_buttons", steps=[step("submit", met, missing), step("edit")])

    assert 'href="/edit/"' in html
    assert 'href="/submit/"' not in html
    assert '<a href="/mend/"><b>第 2 行缺終檢合格單號</b></a>' in html
    assert "還缺 1 項" in html
    assert "現在可以做" in html


def test_a_person_without_a_step_reads_who_acts_next():
    assert "下一步由 倉庫保管員 處理" in component("step_buttons", steps=[], waits_for="倉庫保管員")


def test_a_state_is_told_by_colour_shape_and_word_together():
    state = SimpleNamespace(get_state_display="核對中", tone="wait")

    html = component("status_badge", object=state)

    assert "is-wait" in html
    assert "#s-wait" in html
    assert "核對中" in html


def test_the_badge_written_as_a_tag_is_the_component():
    state = SimpleNamespace(get_state_display="核對中 <b>", tone="wait")
    context = {"note": state, "who": "保管員 & 司機"}

    tag = drawn("{% load look %}{% status_badge note detail=who head=True %}", **context)

    assert tag == component("status_badge", object=state, detail=context["who"], head=True).strip()
    assert tag.endswith("核對中 &lt;b&gt; · 保管員 &amp; 司機</span>")


def test_a_word_that_somebody_typed_is_escaped_whatever_was_drawn_before():
    drawn("{% load look %}{% status_badge label=word %}", word=mark_safe("<b>急</b>"))

    typed = drawn("{% load look %}{% status_badge label=word %}", word="<b>急</b>")

    assert "&lt;b&gt;急" in typed


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_the_word_for_a_choice_is_that_of_the_page_s_language(language):
    notice = User(level="supervisor")

    with translation.override(language):
        assert choice(notice, "level") == notice.get_level_display()
        assert choice(User(level="no such"), "level") == "no such"


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_a_day_is_written_as_the_language_of_the_page_does(language):
    with translation.override(language):
        shown = drawn(
            "{% load look %}{{ at|day }} {{ none|day }}", at=date(2026, 11, 24), none=None
        )

        assert shown == date_format(date(2026, 11, 24), "DATE_FORMAT") + " "


def test_a_fact_leads_where_it_should_and_escapes_what_it_says():
    html = drawn('{% load look %}{% fact "客戶" name url="/c/1/" clause="3.1.1" %}', name="<甲>")

    assert html.startswith(
        '<div><dt>客戶</dt><dd><a href="/c/1/">&lt;甲&gt;</a> <span class="clause"'
    )


def test_an_empty_fact_is_dashed_and_a_nought_is_not():
    assert "not-kept" in component("field_row", label="合同號", value="")
    assert "not-kept" not in component("field_row", label="短少", value=0)


def test_the_timeline_says_when_who_and_what():
    entry = SimpleNamespace(
        at=datetime(2026, 11, 24, 5, 46, tzinfo=UTC), who="陳國強", text="全部一致", clause="3.1.4"
    )

    html = component("timeline", entries=[entry])

    assert "11-24 13:46" in html
    assert "陳國強" in html
    assert str(RULES["3.1.4"]) in html


def test_the_number_of_unknown_clauses_falls_back_to_the_one_above():
    assert rule_of("3.1.4.2") == RULES["3.1.4"]
    assert rule_of("9") == ""


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_what_it_takes(path):
    assert re.search(r"\{# .*Takes: ", path.read_text(encoding="utf-8").splitlines()[0])


def test_every_icon_that_a_template_names_is_in_the_sprite():
    named = set()
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        named |= {f"i-{name}" for name in re.findall(r'\{% icon "([a-z0-9-]+)"', text)}
        named |= {f"s-{name}" for name in re.findall(r'\{% shape "([a-z0-9-]+)"', text)}

    assert named
    assert named <= SYMBOLS


def test_no_template_carries_a_style_a_script_or_a_handler():
    """The Content-Security-Policy would drop them in silence."""
    forbidden = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = [
        path
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        if "emails" not in path.parts
    ]

    offending = [path.name for path in pages if forbidden.search(path.read_text(encoding="utf-8"))]

    assert pages
    assert offending == []
