"""Upload, preview, confirm: nothing is written before somebody has seen what it would do."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.tests.rows import make_rows
from aftersales.masterdata.tests.test_imports import PARTS, workbook


@pytest.fixture
def desk(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


def upload(client, kind: str, content: bytes, name: str = "清單.xlsx"):
    return client.post(reverse(f"{kind}_import"), {"file": SimpleUploadedFile(name, content)})


def preview(client, kind: str, *rows):
    """The address of the preview, and its page."""
    address = upload(client, kind, workbook(*rows)).url
    return address, client.get(address)


def confirm(client, address: str, page, **answers):
    fingerprint = page.context["form"].initial["fingerprint"]
    return client.post(address, {"fingerprint": fingerprint, "form_key": "one", **answers})


def test_a_list_is_previewed_and_written_when_confirmed(desk):
    address, page = preview(desk, "product", *PARTS)
    assert "新增 2，不同 0，不變 0，有錯 0" in page.content.decode()
    assert not Product.objects.exists()

    done = confirm(desk, address, page)

    assert done.url == reverse("product_list")
    assert Product.objects.count() == 2
    assert "新增 2 筆，更新 0 筆" in desk.get(done.url).content.decode()


def test_a_double_click_writes_once(desk):
    address, page = preview(desk, "product", *PARTS)

    first, second = confirm(desk, address, page), confirm(desk, address, page)

    assert first.url == second.url
    assert Product.objects.count() == 2


def test_errors_are_shown_by_row_and_column_and_cannot_be_confirmed(desk):
    address, page = preview(desk, "product", *PARTS, ["P-3", "閥", "很久"])
    text = page.content.decode()
    assert "確認匯入" not in text
    assert "「很久」不是整數的月數" in text

    refused = confirm(desk, address, page)

    assert refused.status_code == 200
    assert not Product.objects.exists()


def test_the_tick_decides_whether_what_exists_is_changed(desk, make_product):
    make_product("P-1", "離心泵", warranty_months=12)
    address, page = preview(desk, "product", *PARTS)
    assert "<div>保修月數：12 → <b>18</b></div>" in page.content.decode()

    confirm(desk, address, page)
    assert Product.objects.get(part_no="P-1").warranty_months == 12

    address, page = preview(desk, "product", *PARTS)
    confirm(desk, address, page, update_existing="on", form_key="two")
    assert Product.objects.get(part_no="P-1").warranty_months == 18


def test_what_was_seen_is_what_is_written(desk, make_product):
    address, page = preview(desk, "product", *PARTS)
    make_product("P-1", "別人剛建的")

    refused = confirm(desk, address, page)

    assert "在您預覽之後有變動" in refused.content.decode()
    assert Product.objects.count() == 1
    assert confirm(desk, address, refused, form_key="two").status_code == 302
    assert Product.objects.count() == 2


def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk):
    response = upload(desk, "customer", b"%PDF-1.7 \xe2\xe3", "客戶.xlsx")

    assert response.status_code == 200
    assert "file" in response.context["form"].errors


def test_a_preview_of_somebody_else_is_not_shown(client, desk, make_user):
    address, _page = preview(desk, "product", *PARTS)
    client.force_login(make_user("sales_manager"))

    assert client.get(address).url == reverse("product_import")


def test_an_old_or_wrong_preview_leads_back_to_the_upload(desk):
    address = reverse("unit_import_preview", args=["something"])

    assert desk.get(address).url == reverse("unit_import")


@pytest.mark.parametrize("kind", ["customer", "product", "unit"])
def test_an_exported_list_imported_again_changes_nothing(desk, kind):
    make_rows(5)
    exported = b"".join(desk.get(reverse(f"{kind}_export")).streaming_content)

    page = desk.get(upload(desk, kind, exported).url)

    assert not page.context["preview"]["error_count"]
    assert page.context["preview"]["counts"] == {"same": 5}


def test_three_lists_one_after_the_other_make_units(desk):
    for kind, rows in (
        ("customer", [["客戶代號", "客戶名稱"], ["K0001", "寧波海曙水務"]]),
        ("product", PARTS),
        ("unit", [["序列號", "料號", "客戶", "交付日期"], ["OLD-1", "P-1", "K0001", "2026-01-01"]]),
    ):
        address, page = preview(desk, kind, *rows)
        confirm(desk, address, page, form_key=kind)

    unit = Unit.objects.get()
    assert (unit.customer, unit.product.part_no) == (Customer.objects.get(), "P-1")
    assert unit.warranty_until.isoformat() == "2027-06-30"


def test_a_file_name_cannot_carry_a_path_or_markup_into_the_page(desk):
    name = "../../<script>alert(1)</script>.xlsx"
    response = desk.post(reverse("product_import"), {"file": _named(workbook(*PARTS), name)})

    page = desk.get(response.url).content.decode()

    assert "<script>alert" not in page


def _named(content: bytes, name: str) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file
