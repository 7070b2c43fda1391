"""The scripts of a page in a real browser: counting, signing, stepping, sending once."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from aftersales.core.tests.chromium import launched

pytestmark = pytest.mark.browser

SHEETS = ["vendor/bootstrap.min.css", "css/tokens.css", "css/components.css", "css/phone.css"]


@pytest.fixture(scope="module")
def chromium():
    with launched() as browser:
        yield browser


@pytest.fixture
def show(chromium):
    """show(html, "count.js"): a phone's page with this body, the sheets and these scripts."""
    opened = []

    def open_page(body: str, *scripts: str):
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        opened.append(page)
        page.route("http://page.test/", lambda route: route.fulfill(body="<p>"))
        page.goto("http://page.test/")
        page.set_content(f'<html class="phone"><body>{body}</body></html>')
        for sheet in SHEETS:
            page.add_style_tag(path=Path(settings.BASE_DIR, "static", sheet))
        for script in scripts:
            page.add_script_tag(path=Path(settings.BASE_DIR, "static/js", script), type="module")
        page.wait_for_timeout(50)
        return page

    yield open_page
    for page in opened:
        page.close()


def count_line() -> str:
    return Template("""
        <form id="f"><fieldset class="count-line" data-need="第 10 項">
        {% include "components/answer_pair.html" with name="l10" good="對" bad="不對" only %}
        <div class="when-different"><div class="split-entry">
        {% include "components/stepper.html" with name="sound" label="完好" value=2 small=True part="sound" only %}
        {% include "components/stepper.html" with name="short" label="短少" value=0 small=True part="short" only %}
        </div>{% include "components/sum_check.html" with total=2 unit="台" only %}</div>
        </fieldset></form>
        {% include "components/dock.html" with submit="確認" form_id="f" missing=True only %}
    """).render(Context({}))


def test_fields_appear_only_where_the_count_is_not_right(show):
    page = show(count_line(), "stepper.js", "count.js")
    more = page.locator(".when-different")

    assert not more.is_visible()
    assert page.locator("[data-missing]").inner_text() == "還差：第 10 項"

    page.locator('[value="different"]').check(force=True)
    assert more.is_visible()

    page.locator('[value="same"]').check(force=True)
    assert not more.is_visible()
    assert page.locator("[data-missing]").inner_text() == "都填好了"


def test_without_scripts_the_fields_are_there(show):
    page = show(count_line())

    assert page.locator(".when-different").is_visible()
    assert page.locator('[name="sound"]').is_visible()
    assert not page.locator("[data-step]").first.is_visible()


def test_the_sum_is_shown_and_must_come_out(show):
    page = show(count_line(), "stepper.js", "count.js")
    page.locator('[value="different"]').check(force=True)
    line = page.locator("[data-sum-check]")

    assert re.split(r"\s*\n\s*", line.inner_text()) == ["2 + 0 = 2 台", "數目相符"]

    page.get_by_label("短少 加一").click()
    assert re.split(r"\s*\n\s*", line.inner_text()) == ["2 + 1 = 3 台", "多了 1 台"]
    assert page.locator("[data-missing]").inner_text() == "還差：第 10 項"

    page.get_by_label("完好 減一").click()
    assert page.locator("[data-missing]").inner_text() == "都填好了"


def test_a_number_never_falls_below_nought(show):
    page = show(count_line(), "stepper.js")

    page.locator('[value="different"]').check(force=True)
    page.get_by_label("短少 減一").click()

    assert page.input_value('[name="short"]') == "0"


def test_a_signature_becomes_whole_numbers_within_its_box(show):
    box = render_to_string("components/signature_box.html", {"name": "signature"})
    page = show(f"<form>{box}</form>", "signature.js")
    frame = page.locator("[data-signature-pad] svg").bounding_box()

    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 90, frame["y"] + 60, steps=8)
    page.mouse.move(frame["x"] + 900, frame["y"] + 900, steps=4)
    page.mouse.up()
    path = page.input_value('[name="signature"]')

    assert re.fullmatch(r"M\d+ \d+(L\d+ \d+)+", path)
    numbers = [tuple(map(int, pair.split())) for pair in re.split("[ML]", path) if pair]
    assert max(x for x, _ in numbers) == 300
    assert max(y for _, y in numbers) == 112

    page.locator("[data-signature-undo]").click()
    assert page.input_value('[name="signature"]') == ""


def test_a_signature_falls_when_what_was_signed_changes(show):
    box = render_to_string(
        "components/signature_box.html", {"name": "signature", "value": "M1 1L9 9", "clears": True}
    )
    page = show(f'<form><input name="sound" value="2">{box}</form>', "signature.js")

    page.fill('[name="sound"]', "1")
    page.locator('[name="sound"]').blur()

    assert page.input_value('[name="signature"]') == ""
    assert page.locator("[data-signature-ghost]").inner_text() == "內容改了，請重新簽名"


def test_clicking_again_sends_a_form_once(show):
    page = show(
        '<form method="post" action="/slow"><button class="btn-next">送出</button></form>', "app.js"
    )
    page.route("http://page.test/slow", lambda route: None)  # never answers
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    for _ in range(3):
        page.mouse.click(20, 20)
        page.wait_for_timeout(100)

    assert sent == ["POST"]


def test_the_slash_key_reaches_the_search_box_but_not_while_typing(show):
    page = show('<input id="q" data-search><textarea id="t"></textarea>', "app.js")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"

    page.focus("#t")
    page.keyboard.press("/")
    assert page.input_value("#t") == "/"


def test_without_a_camera_the_page_says_so_and_typing_goes_on(show):
    bar = render_to_string("components/scan_bar.html", {"name": "code", "label": "料號"})
    page = show(f"<form>{bar}</form>", "scan.js")

    page.locator("[data-scan-open]").click()
    page.locator("[data-scan-say]").wait_for()

    assert "直接輸入" in page.locator("[data-scan-say]").inner_text()
    assert page.evaluate("document.activeElement.name") == "code"


def test_a_row_is_added_to_a_table_of_rows(show):
    from django import forms

    class Line(forms.Form):
        quantity = forms.IntegerField(label="數量")

    formset = forms.formset_factory(Line, extra=1)(prefix="lines")
    table = render_to_string("components/formset_table.html", {"formset": formset, "title": "明細"})
    page = show(f"<form>{table}</form>", "formset.js")

    page.locator("[data-add-row]").click()

    assert page.locator('tbody [name="lines-1-quantity"]').count() == 1
    assert page.input_value('[name="lines-TOTAL_FORMS"]') == "2"
