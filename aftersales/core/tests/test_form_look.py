"""Every refusal names the field: a summary on top and the same sentence beside the field."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import render_to_string

from aftersales.core.errors import RuleViolation
from aftersales.core.forms import BaseForm


class Intake(BaseForm):
    received_at = forms.DateTimeField(
        label="受理時間", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    channel = forms.ChoiceField(
        label="反饋方式", choices=[("call", "來電"), ("mail", "郵件")], widget=forms.RadioSelect
    )
    quantity = forms.IntegerField(label="數量", help_text="最多 5 台")
    note = forms.CharField(label="備註", required=False, widget=forms.Textarea)
    is_urgent = forms.BooleanField(label="停線", required=False)
    photo = forms.FileField(label="照片", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="secret-token")

    sections = [("何時反饋", "4.4", ["received_at", "channel"])]
    widths = {"quantity": "third"}


class Line(forms.Form):
    quantity = forms.IntegerField(label="數量")


def page(form, **extra) -> str:
    return render_to_string(
        "components/form.html", {"form": form, "submit": "登記", "csrf_token": "t", **extra}
    )


def test_a_form_shows_every_field_once_with_its_label_and_the_hidden_ones():
    html = page(Intake())

    for name in ("received_at", "channel", "quantity", "note", "is_urgent", "photo", "token"):
        assert f'name="{name}"' in html
    assert html.count('name="channel"') == 2
    assert html.count('name="quantity"') == 1
    assert re.search(r'<label for="id_quantity">數量\s*</label>', html)
    assert 'type="datetime-local"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "form-errors" not in html


def test_fields_that_may_stay_empty_are_marked_and_the_others_are_not():
    html = page(Intake())

    assert html.count("（可不填）") == 2  # note and photo; a tick is never required


def test_an_error_stands_on_top_with_a_link_and_beside_its_field():
    form = Intake({"channel": "call", "quantity": "8", "token": "t"})

    form.refuse(RuleViolation("數量最多 5 台：該行發貨 6 台，已退 1 台", field="quantity"))
    html = page(form)

    assert '<a href="#id_quantity">數量最多 5 台：該行發貨 6 台，已退 1 台</a>' in html
    assert html.count("數量最多 5 台：該行發貨 6 台，已退 1 台") == 2
    assert 'aria-invalid="true"' in html
    assert 'id="id_quantity_error"' in html
    assert 'aria-describedby="id_quantity_helptext id_quantity_error"' in html


def test_a_general_message_names_its_field():
    html = page(Intake({"received_at": "x", "channel": "call", "quantity": "2", "token": "t"}))

    assert '<a href="#id_received_at">受理時間：' in html


def test_an_empty_field_asks_for_what_it_is_called_and_says_so_once():
    html = page(Intake({"token": "t"}))

    for link, sentence in (
        ("id_received_at", "請填寫受理時間"),
        ("id_channel_0", "請選擇反饋方式"),
        ("id_quantity", "請填寫數量"),
    ):
        assert f'<a href="#{link}">{sentence}</a>' in html
        assert html.count(sentence) == 2  # on top and beside the field


def test_files_and_ticks_are_asked_for_in_their_way_and_a_field_may_have_words_of_its_own():
    class Handing(BaseForm):
        photo = forms.FileField(label="照片")
        seen = forms.BooleanField(label="已看過")
        unnamed_one = forms.CharField()
        reason = forms.CharField(label="理由", error_messages={"required": "請寫明理由"})

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["late"] = forms.CharField(label="後加的")

    assert {name: errors[0] for name, errors in Handing({}).errors.items()} == {
        "photo": "請選擇照片",
        "seen": "請勾選「已看過」",
        "unnamed_one": "請填寫Unnamed one",
        "reason": "請寫明理由",
        "late": "請填寫後加的",
    }


def test_the_link_to_a_group_of_choices_leads_to_its_first_choice():
    html = page(Intake({"quantity": "2", "token": "t"}))

    assert 'href="#id_channel_0"' in html
    assert 'id="id_channel_0"' in html


def test_a_refusal_of_the_whole_form_shows_its_clause():
    form = Intake({"channel": "call", "quantity": "2", "token": "t"})

    form.refuse(RuleViolation("發貨單尚未簽發", clause="3.1.3"))

    assert "發貨單尚未簽發" in page(form)
    assert "3.1.3" in page(form)


def test_an_error_in_a_row_says_which_row():
    formset = forms.formset_factory(Line, extra=0)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-quantity": "3",
            "form-1-quantity": "三",
        }
    )

    html = page(None, formset=formset, formset_title="明細")

    assert "第 2 行 數量：" in html
    assert 'href="#id_form-1-quantity"' in html


def test_named_sections_come_first_and_carry_their_clause():
    html = page(Intake())

    assert html.index("何時反饋") < html.index("備註")
    assert ">4.4</span>" in html
    assert "field--third" in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_was_typed_is_shown_as_text(text):
    html = page(Intake({"note": text, "token": "t"}))

    assert text not in html


def parts_of(html: str) -> list:
    """Tags with their attributes in any order, and the words between them."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, sorted(attrs, key=str)))

        def handle_endtag(self, tag):
            found.append(f"/{tag}")

        def handle_data(self, data):
            found.append(data.strip())

    Reader().feed(html)
    return [part for part in found if part]


@pytest.mark.parametrize(
    "widget",
    [
        forms.Select(
            choices=[("", "全部 <b>"), ("a", "甲"), ("b", "乙")], attrs={"required": True}
        ),
        forms.Select(choices=[("組 & 隊", [("a", "甲")]), ("b", "乙")]),
        forms.SelectMultiple(choices=[("a", "甲"), ("b", "乙")]),
        forms.TextInput(attrs={"placeholder": '例如 "海曙"', "disabled": False}),
        forms.DateInput(attrs={"type": "date"}),
        forms.CheckboxInput(),
        forms.HiddenInput(),
    ],
    ids=lambda widget: type(widget).__name__,
)
@pytest.mark.parametrize("value", ["a", "", None])
def test_a_control_is_the_one_that_django_draws(widget, value):
    ours = widget.render("field", value, attrs={"id": "id_field"})

    djangos = widget.render("field", value, attrs={"id": "id_field"}, renderer=DjangoTemplates())

    assert parts_of(ours) == parts_of(djangos)
