"""What a clerk has said once of an office's columns serves the next file of that office (3.1.3)."""

import pytest
from django.urls import reverse

from aftersales.core.errors import RuleViolation
from aftersales.masterdata import sheet_mappings
from aftersales.masterdata.models import Customer, SheetMapping
from delivery.models import ShippingNote
from delivery.tests.test_import_pages import confirm, uploaded, workbook

pytestmark = pytest.mark.clause("3.1.3")
# The second number column says nothing by its heading: "實數" is the quantity at this office.
HEADINGS = ["單號", "客戶", "料號", "品名", "箱數", "實數"]


def rows(number: str, quantity: int = 7) -> list[list]:
    return [[number, "寧波海曙水務設備有限公司", "S-210", "機械密封", 1, quantity]]


CHOSEN = {
    "column-0": "external_no",
    "column-1": "customer",
    "column-2": "part_no",
    "column-3": "name",
    "column-4": "ignored",
    "column-5": "quantity",
}


@pytest.fixture
def desk(client, sales_clerk, make_customer, make_product):
    make_customer(short_name="海曙水務")
    make_product("S-210", "機械密封", uom="套")
    client.force_login(sales_clerk)
    return client


def corrected(url: str) -> str:
    return url + "?" + "&".join(f"{name}={value}" for name, value in CHOSEN.items())


def import_and_remember(desk, number: str, name: str = "嘉興辦") -> None:
    url = uploaded(desk, workbook(rows(number), HEADINGS))
    confirm(desk, corrected(url), **CHOSEN, remember="1", mapping_name=name)


def test_a_correction_is_remembered_under_a_name(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")

    mapping = SheetMapping.objects.get()
    assert (mapping.name, mapping.office) == ("嘉興辦", "嘉兴办")
    assert mapping.customer == Customer.objects.get()
    assert ["quantity", "實數"] in mapping.columns


def test_the_next_file_with_these_headings_is_read_so(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")

    url = uploaded(desk, workbook(rows("嘉兴办 26-1-17-01", 9), HEADINGS))
    page = desk.get(url).content.decode()
    confirm(desk, url)

    assert "沿用記住的欄位對應「嘉興辦」" in page
    note = ShippingNote.objects.get(external_no="嘉兴办 26-1-17-01")
    assert note.lines.get().quantity == 9
    assert SheetMapping.objects.get().times_used == 1


def test_columns_in_another_order_are_the_same_headings(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")
    turned = [list(reversed(rows("嘉兴办 26-1-18-01", 4)[0]))]

    url = uploaded(desk, workbook(turned, list(reversed(HEADINGS))))
    confirm(desk, url)

    assert ShippingNote.objects.get(external_no="嘉兴办 26-1-18-01").lines.get().quantity == 4


def test_a_file_with_other_headings_is_guessed(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")

    url = uploaded(desk, workbook(rows("A-1"), [*HEADINGS[:5], "數量"]))

    assert "沿用記住的欄位對應" not in desk.get(url).content.decode()


def test_it_can_be_left_aside_for_one_file(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")

    url = uploaded(desk, workbook(rows("嘉兴办 26-1-17-01"), HEADINGS))
    page = desk.get(url + "?mapping=none").content.decode()

    assert "這次不用記住的欄位對應" in page
    assert "改用「嘉興辦」" in page


def test_not_remembered_where_the_tick_is_taken_off(desk):
    url = uploaded(desk, workbook(rows("A-1"), HEADINGS))
    confirm(desk, corrected(url), **CHOSEN, mapping_name="嘉興辦")

    assert ShippingNote.objects.count() == 1
    assert not SheetMapping.objects.exists()


def test_without_a_name_nothing_is_imported_and_the_page_asks(desk):
    url = uploaded(desk, workbook(rows("A-1"), HEADINGS))

    answer = confirm(desk, corrected(url), **CHOSEN, remember="1", mapping_name=" ")

    assert "請給這個欄位對應一個名稱" in answer.content.decode()
    assert not ShippingNote.objects.exists()


def test_the_customers_mapping_goes_before_anothers(sales_clerk, make_customer, now):
    here, there = make_customer("甲公司"), make_customer("乙公司")
    for name, customer in (("甲", here), ("乙", there)):
        sheet_mappings.remember(
            "shipping_notes", name, [("quantity", "實數")], HEADINGS,
            actor=sales_clerk, now=now, customer=customer,
        )  # fmt: skip

    found = sheet_mappings.candidates("shipping_notes", HEADINGS, customer=here)

    assert [each.name for each in found] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("number", "office"),
    [
        ("嘉兴办 26-1-16-01", "嘉兴办"),
        ("台中辦-0417", "台中辦"),
        ("FH-202611-0001", "FH"),
        ("260116-01", ""),
        ("A1", ""),
    ],
)
def test_the_office_is_what_a_number_begins_with(number, office):
    assert sheet_mappings.office_of(number) == office


def test_a_mapping_is_renamed_and_forgotten(desk):
    import_and_remember(desk, "嘉兴办 26-1-16-01")
    mapping = SheetMapping.objects.get()

    desk.post(reverse("sheet_mapping_rename", args=[mapping.pk]), {"name": "嘉興辦新表"})
    page = desk.get(reverse("sheet_mapping_list")).content.decode()
    desk.post(reverse("sheet_mapping_forget", args=[mapping.pk]))

    assert "嘉興辦新表" in page
    assert "實數 → 數量" in page
    assert not SheetMapping.objects.exists()


def test_two_mappings_do_not_share_a_name(sales_clerk, now):
    first = sheet_mappings.remember("shipping_notes", "甲", [], ["a"], actor=sales_clerk, now=now)
    sheet_mappings.remember("shipping_notes", "乙", [], ["b"], actor=sales_clerk, now=now)

    with pytest.raises(RuleViolation, match="這個名稱已經用過"):
        sheet_mappings.rename(first, "乙")
