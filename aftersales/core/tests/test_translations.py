"""The interface speaks Traditional Chinese unless a person chose Simplified Chinese or English."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django import forms
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format

from aftersales.core.management.commands.translations import LANGUAGES, convert, simplified
from aftersales.core.text import listed

LOCALE = Path(settings.LOCALE_PATHS[0])
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%?[sd]")
HAN = re.compile("[\u3400-\u9fff，、；：（）「」]")
LOGIN, LIST = "/accounts/login/", "/delivery/notes/"
TITLES = {
    LOGIN: {"zh-hant": "登入", "zh-hans": "登录", "en": "Log in"},
    LIST: {"zh-hant": "發貨單", "zh-hans": "发货单", "en": "Shipping note"},
}
needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def main_part(response) -> str:
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]


@needs_gettext
@pytest.mark.slow
@pytest.mark.once
def test_every_message_of_the_product_stands_in_every_language(capsys):
    call_command("translations", check=True)

    assert "every message is translated" in capsys.readouterr().out


@needs_gettext
@pytest.mark.slow
@pytest.mark.once
def test_a_check_names_what_is_missing_and_changes_nothing(tmp_path, settings, capsys):
    settings.LOCALE_PATHS = [shutil.copytree(LOCALE, tmp_path / "locale")]
    path = tmp_path / "locale/en/LC_MESSAGES/django.po"
    gone = polib.pofile(str(path))
    gone.find("簽發").msgstr = ""
    gone.save()
    before = path.read_bytes()

    with pytest.raises(CommandError, match="messages want a hand"):
        call_command("translations", check=True)

    assert "en: not translated: '簽發'" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_both_catalogues_hold_the_same_messages():
    simplified_ids, english_ids = (
        {(entry.msgid, entry.msgid_plural) for entry in catalogue(language)}
        for language in LANGUAGES
    )

    assert len(english_ids) > 1000
    assert simplified_ids == english_ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_placeholders_of_its_message(language):
    different = [
        (entry.msgid, text)
        for entry in catalogue(language)
        for text in texts(entry)
        if sorted(PLACEHOLDER.findall(text))
        not in [sorted(PLACEHOLDER.findall(words)) for words in (entry.msgid, entry.msgid_plural)]
    ]

    assert different == []


def test_simplified_texts_have_no_traditional_character_left():
    left = [
        text for entry in catalogue("zh_Hans") for text in texts(entry) if convert(text) != text
    ]

    assert left == []


def test_english_texts_are_english():
    """Chinese stays only as an example of what to type, in quotation marks."""
    chinese = [
        text
        for entry in catalogue("en")
        for text in texts(entry)
        if HAN.search(re.sub("“[^”]*”", "", text))
    ]

    assert chinese == []


@pytest.mark.parametrize(
    ("traditional", "mainland"),
    [
        ("請以試算表匯入，或列印檔案", "请以电子表格导入，或打印文件"),
        ("第 %(row)s 列與第 3 列", "第 %(row)s 行与第 3 行"),
        ("找不到「數量」欄", "找不到“数量”列"),
        ("聯絡人請填工作聯絡單", "联系人请填工作联络单"),
        ("全部列在清單裡", "全部列在清单里"),
    ],
)
def test_the_mainland_reads_its_own_words(traditional, mainland):
    assert simplified(traditional) == mainland


@pytest.mark.parametrize("address", [LOGIN, LIST])
@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
@pytest.mark.parametrize("way", ["cookie", "address"])
def test_a_page_speaks_the_chosen_language(client, sales_clerk, address, language, way):
    if address != LOGIN:
        client.force_login(sales_clerk)
    if way == "cookie":
        client.cookies["language"] = language

    response = client.get(address, {"lang": language} if way == "address" else {})

    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    for each, words in TITLES[address].items():
        assert (words in main_part(response)) == (each == language)


@pytest.mark.parametrize("address", [LOGIN, LIST])
@pytest.mark.parametrize("query", [{}, {"lang": "de"}])
def test_the_browser_is_not_asked_for_the_language(client, sales_clerk, address, query):
    if address != LOGIN:
        client.force_login(sales_clerk)

    response = client.get(address, query, headers={"Accept-Language": "en"})

    assert response.headers["Content-Language"] == "zh-hant"
    assert TITLES[address]["zh-hant"] in main_part(response)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-hant", "這個欄位是必須的。"),
        ("zh-hans", "这个字段是必填项。"),
        ("en", "This field is required."),
    ],
)
def test_what_the_framework_says_is_in_the_language_too(language, sentence):
    class Form(forms.Form):
        name = forms.CharField()

    with translation.override(language):
        assert str(Form({}).errors["name"][0]) == sentence


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hant", "泵、閥"), ("zh-hans", "泵、閥"), ("en", "泵, 閥")]
)
def test_words_are_listed_with_the_comma_of_the_language(language, words):
    with translation.override(language):
        assert listed(["泵", "閥"]) == words


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_dates_and_numbers_look_the_same_in_every_language(now, language):
    with translation.override(language):
        local = timezone.localtime(now)
        assert date_format(local, "DATE_FORMAT") == "2026-11-24"
        assert date_format(local, "SHORT_DATETIME_FORMAT") == "11-24 14:20"
        assert number_format(Decimal("1234.5"), 2, force_grouping=True) == "1,234.50"
