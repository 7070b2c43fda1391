"""Spreadsheets in the browser: nothing is written before everything is right and confirmed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from aftersales.masterdata.models import Customer, Product
from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("3.1.3")
IMPORT = "/delivery/import/"
HEADINGS = ["單號", "客戶", "料號", "品名", "數量", "單價"]
ROWS = [
    ["S26-1", "寧波海曙水務設備有限公司", "P-100-2", "多級離心泵", 2, 8650],
    ["S26-1", "寧波海曙水務設備有限公司", "S-210", "機械密封", 6, 146.5],
    ["S26-2", "寧波海曙水務設備有限公司", "S-210", "機械密封", 1, 146.5],
]


def workbook(rows, headings=HEADINGS) -> SimpleUploadedFile:
    book = Workbook()
    for row in [headings, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("十一月.xlsx", out.getvalue())


@pytest.fixture
def goods(make_customer, make_product):
    make_customer()
    make_product("P-100-2", "多級離心泵")
    make_product("S-210", "機械密封", uom="套")


@pytest.fixture
def desk(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


def uploaded(client, file) -> str:
    """The address of the preview."""
    response = client.post(IMPORT, {"file": file})
    assert response.status_code == 302
    return response.url


def confirm(client, url, **data):
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(url).content.decode())
    return client.post(url, {"form_key": key[1] if key else "", **data})


def test_the_preview_shows_every_note_and_writes_nothing(desk, goods):
    page = desk.get(uploaded(desk, workbook(ROWS))).content.decode()

    assert "S26-1" in page
    assert "S26-2" in page
    assert "確認匯入 2 張草稿" in page
    assert not ShippingNote.objects.exists()


def test_confirming_makes_the_drafts_and_leads_to_them(desk, goods, sales_clerk):
    url = uploaded(desk, workbook(ROWS))

    response = confirm(desk, url)

    page = desk.get(response.url).content.decode()
    notes = list(ShippingNote.objects.order_by("pk"))
    assert [(note.external_no, note.state, note.issuer) for note in notes] == [
        ("S26-1", "draft", sales_clerk),
        ("S26-2", "draft", sales_clerk),
    ]
    assert [note.lines.count() for note in notes] == [2, 1]
    for note in notes:
        assert note.get_absolute_url() in page
    assert "由試算表匯入" in desk.get(notes[0].get_absolute_url()).content.decode()


def test_a_confirmation_sent_twice_makes_no_doubles(desk, goods):
    url = uploaded(desk, workbook(ROWS))
    key = re.search(r'name="form_key" value="([^"]+)"', desk.get(url).content.decode())[1]

    first = desk.post(url, {"form_key": key})
    second = desk.post(url, {"form_key": key})

    assert first.url == second.url
    assert ShippingNote.objects.count() == 2


def test_a_file_uploaded_again_is_refused_with_the_notes_that_are_there(desk, goods):
    confirm(desk, uploaded(desk, workbook(ROWS)))

    url = uploaded(desk, workbook(ROWS))
    page = desk.get(url).content.decode()
    desk.post(url, {})

    assert "已經匯入過" in page
    assert "確認匯入" not in page
    assert ShippingNote.objects.count() == 2


def test_errors_stand_by_cell_beside_its_text_and_nothing_can_be_confirmed(desk, goods):
    rows = [*ROWS, ["S26-3", "寧波海曙水務設備有限公司", "P-100-2", "多級離心泵", "兩台", 1]]
    url = uploaded(desk, workbook(rows))

    page = desk.get(url).content.decode()
    desk.post(url, {})

    assert "E5" in page
    assert "<code>兩台</code>" in page
    assert "什麼都還沒有寫入" in page
    assert not ShippingNote.objects.exists()


def test_what_the_master_data_lack_is_created_when_it_is_ticked(desk, db):
    url = uploaded(desk, workbook(ROWS))
    assert "主檔裡沒有的客戶或料號" in desk.get(url).content.decode()

    page = desk.get(url, {"create_missing": "1"}).content.decode()
    desk.post(url, {"create_missing": "1"})

    assert "新客戶" in page
    assert "新料號" in page
    assert ShippingNote.objects.count() == 2
    assert Customer.objects.get().name == "寧波海曙水務設備有限公司"
    assert Product.objects.count() == 2


def test_a_column_that_was_guessed_wrong_is_corrected_and_kept_for_the_confirmation(desk, goods):
    headings = ["單號", "客戶", "神秘代碼", "品名", "件", "單價"]
    url = uploaded(desk, workbook(ROWS, headings))
    page = desk.get(url)
    labels = [field.label for field in page.context["columns"]]
    assert "C 神秘代碼" in labels
    assert not page.context["documents"]
    choice = {
        field.html_name: {"C 神秘代碼": "part_no", "E 件": "quantity"}.get(
            field.label, field.value()
        )
        for field in page.context["columns"]
    }

    read_again = desk.get(url, choice)
    desk.post(url, choice)

    read = [document.external_no for document, _mode in read_again.context["documents"]]
    assert read == ["S26-1", "S26-2"]
    assert ShippingNote.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("出貨.xls", "<html><table><tr><td>料號</td></tr></table></html>".encode()),
        ("出貨.xlsx", b"PK\x03\x04 nothing"),
        ("出貨.csv", b"\x00\x01\x02"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(desk, name, content):
    page = desk.get(uploaded(desk, SimpleUploadedFile(name, content))).content.decode()

    assert "1 個錯誤" in page
    assert "整個檔案" in page
    assert not ShippingNote.objects.exists()


def test_nothing_is_wrong_before_anything_was_sent(desk):
    assert "field__error" not in desk.get(IMPORT).content.decode()


def test_without_a_file_the_form_says_so(desk):
    assert "請選擇要匯入的" in desk.post(IMPORT, {}).content.decode()


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(desk, settings):
    file = SimpleUploadedFile("大.xlsx", b"PK" + b"0" * (10 * 1024 * 1024))

    page = desk.post(IMPORT, {"file": file}).content.decode()

    assert "最多 10.0" in page
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_a_preview_belongs_to_who_uploaded_it(client, desk, goods, make_user):
    url = uploaded(desk, workbook(ROWS))
    client.force_login(make_user("sales_clerk"))

    response = client.get(url, follow=True)

    assert "重新上傳" in response.content.decode()


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "..%2F..%2Fetc"])
def test_a_forged_preview_leads_back_to_the_upload(desk, token):
    response = desk.get(f"{IMPORT}{token}/", follow=True)

    assert response.status_code in (200, 404)
    assert "確認匯入" not in response.content.decode()


def test_who_may_not_import_is_refused(client, warehouse_keeper):
    client.force_login(warehouse_keeper)

    assert client.get(IMPORT).status_code == 403


def test_the_sample_layout_can_be_filled_in_and_read(desk, db):
    response = desk.get(IMPORT, {"sample": "1"})

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]][:4] == ["單號", "客戶", "收貨人", "電話"]
    file = SimpleUploadedFile("sample.xlsx", response.content)
    page = desk.get(uploaded(desk, file), {"create_missing": "1"}).content.decode()
    assert "確認匯入 1 張草稿" in page
