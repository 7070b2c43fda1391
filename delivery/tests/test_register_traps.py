"""What real registers do to a reader: headings further down, totals, odd figures, hidden sheets."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook

from aftersales.core.registers.checking import check
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.tests.registers import plan_of, said
from aftersales.masterdata.imports.customers import CustomerRegister
from delivery.registers.shipments import ShipmentRegister

HEADINGS = ["單號", "日期", "客戶", "料號", "數量"]
DAY = date(2024, 3, 1)
ROW = ["A-1", DAY, "K0001", "P-1", 2]

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.usefixtures("house")]


@pytest.fixture
def house(make_customer, make_product):
    make_customer("寧波海曙水務", code="K0001")
    make_product("P-1", "離心泵")


def plan(*rows, **options):
    return plan_of(ShipmentRegister(), *rows, **options)


def facts(*rows, **options) -> list[dict]:
    found = plan(*rows, **options)
    assert [finding.as_json() for finding in found.errors] == []
    return [row.facts for row in found.rows]


def read(data: bytes, name: str = "登記.xlsx", **options) -> list[dict]:
    with check(ShipmentRegister(), data, name, **options) as reading:
        assert [finding.as_json() for finding in reading.errors] == []
        return [row.facts for row in reading.shown]


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_heading_is_not_first_and_columns_stand_in_any_order():
    found = facts(
        ["2024 年發貨登記", None, None, "製表：林秀英"],
        [],
        ["實發數量（台）", "備註", "物料編碼", "发货日期*", "客户名称\n(全称)", "单号 / Note No."],
        [2, "急件", "P-1", DAY, "K0001", "A-1"],
    )

    assert found == [
        {"external_no": "A-1", "date": DAY, "customer": "K0001", "part_no": "P-1",
         "quantity": Decimal(2), "remark": "急件"}
    ]  # fmt: skip


def test_of_several_similar_columns_the_surest_is_taken():
    found = plan(
        ["開單日期", "發貨日期", "單號", "客戶", "料號", "數量", "實發數量"],
        [date(2024, 2, 1), DAY, "A-1", "K0001", "P-1", 9, 2],
    )

    assert (found.rows[0].facts["date"], found.rows[0].facts["quantity"]) == (DAY, 2)
    assert said(found.warnings) == [(1, "A", "ignored_column"), (1, "F", "ignored_column")]


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_our_own_headings_are_known_whatever_language_somebody_reads(language):
    with translation.override(language):
        assert facts(HEADINGS, ROW)[0]["part_no"] == "P-1"


def test_a_heading_of_two_rows_is_read_as_one():
    found = facts(["單號", "日期", "客戶", "貨物", None], [None, None, None, "料號", "數量"], ROW)

    assert found[0]["part_no"] == "P-1"


def test_totals_footers_and_a_heading_that_comes_again_are_left_out_and_told():
    found = plan(
        HEADINGS,
        ROW,
        [None, None, "小計", None, 2],
        HEADINGS,
        ["A-2", *ROW[1:]],
        ["合計", None, None, None, 4],
        [None, None, None, None, "=SUM(E2:E5)"],
        ["製表：林秀英", None, "審核：王淑芬"],
        ["第 1 頁 共 3 頁"],
        ["本表由業務部每月更新，請勿外傳。"],
    )

    assert not found.errors
    assert [row.number for row in found.rows] == [2, 5]
    assert said(found.warnings) == [
        (3, "C", "ignored_row"), (4, "A", "ignored_row"), (6, "A", "ignored_row"),
        (7, "E", "ignored_row"), (8, "A", "ignored_row"), (9, "A", "ignored_row"),
        (10, "A", "ignored_row"),
    ]  # fmt: skip


def test_a_stale_total_is_told():
    found = plan(HEADINGS, ROW, ROW, ["合計", None, None, None, 5])

    assert said(found.warnings) == [(4, "E", "total_mismatch")]
    assert "5" in found.warnings[0].message
    assert "4" in found.warnings[0].message


def test_a_row_that_lacks_something_is_an_error_and_no_footer():
    found = plan(HEADINGS, ["A-1", None, None, None, None], [None, DAY, "K0001", "P-1", 1])

    assert [finding.code for finding in found.errors] == ["required"] * 5


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (1400007796.0, "1400007796"),
        ("1400007796.0", "1400007796"),
        (3000000000, "3000000000"),
        ("ＸＳ－００１", "XS-001"),
        ("\u00a0XS-001\n", "XS-001"),
        ("00123", "00123"),
    ],
)
def test_numbers_of_notes_are_read_as_they_were_meant(written, read_as):
    assert facts(HEADINGS, [written, *ROW[1:]])[0]["external_no"] == read_as


@pytest.mark.parametrize(
    "written",
    ["2024-03-01", "2024/3/1", "2024年3月1日", "20240301", 20240301, 45352, "民國113年3月1日",
     datetime.fromisoformat("2024-03-01T16:30"), "１ Mar 2024"],
)  # fmt: skip
def test_days_of_all_writings_stand_in_one_column(written):
    assert facts(HEADINGS, ["A-1", written, *ROW[2:]])[0]["date"] == DAY


def test_a_day_that_could_be_either_way_round_is_settled_by_its_column_or_refused():
    shown = facts(HEADINGS, ["A-1", "01/03/2024", *ROW[2:]], ["A-2", "25/03/2024", *ROW[2:]])
    doubted = plan(HEADINGS, ["A-1", "01/03/2024", *ROW[2:]])

    assert shown[0]["date"] == DAY
    assert said(doubted.errors) == [(2, "B", "not_a_date")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("４", 4), ("1,234", 1234), ("2 台", 2), ("2.5", Decimal("2.5")), ("\u00a03", 3)],
)
def test_quantities_are_read_as_people_write_them(written, read_as):
    assert facts(HEADINGS, [*ROW[:4], written])[0]["quantity"] == read_as


def test_merged_and_ditto_cells_say_what_stands_above():
    book = Workbook()
    for row in (HEADINGS, ROW, [None, None, None, "P-1", 3], ["〃", "同上", "同上", "P-1", 4]):
        book.active.append(row)
    for area in ("A2:A3", "B2:B3", "C2:C3"):
        book.active.merge_cells(area)

    found = read(saved(book))

    assert [(row["external_no"], row["quantity"]) for row in found] == [
        ("A-1", 2), ("A-1", 3), ("A-1", 4),
    ]  # fmt: skip


def test_hidden_sheets_are_not_read_and_a_list_of_codes_is_not_taken_for_the_register():
    book = Workbook()
    hidden, codes = book.active, book.create_sheet("代碼")
    hidden.sheet_state = "hidden"
    for row in (HEADINGS, ["OLD", *ROW[1:]]):
        hidden.append(row)
    for row in (["料號", "品名"], ["P-1", "離心泵"], ["P-2", "密封"]):
        codes.append(row)
    register = book.create_sheet("登記")
    for row in (HEADINGS, ROW):
        register.append(row)
    book.active = 1

    assert [row["external_no"] for row in read(saved(book))] == ["A-1"]


def test_a_sheet_that_is_not_read_is_told():
    book = Workbook()
    book.active.title = "2024"
    other = book.create_sheet("2025")
    for row in (HEADINGS, ROW):
        book.active.append(row)
        other.append(row)

    with check(ShipmentRegister(), saved(book), "登記.xlsx") as reading:
        warnings = list(reading.warnings)

    assert [finding.code for finding in warnings] == ["ignored_sheet"]
    assert "2025" in warnings[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_office_is_read(encoding, separator):
    rows = ["发货单号,日期,客户,物料编码,数量", "A-1,2024-03-01,K0001,P-1,2"]
    data = "\r\n".join(row.replace(",", separator) for row in rows).encode(encoding)

    assert read(data, "登記.csv")[0]["quantity"] == 2


def test_a_formula_without_a_result_is_told_where_a_fact_should_be():
    found = plan(HEADINGS, ["A-1", DAY, "=C1", "P-1", "=1+1"])

    assert said(found.errors) == [(2, "C", "formula"), (2, "E", "formula")]


def test_an_error_value_in_a_text_file_is_told_like_one_in_a_workbook():
    data = "單號,日期,客戶,料號,數量\nA-1,2024-03-01,#N/A,P-1,2\n".encode()

    with check(ShipmentRegister(), data, "登記.csv") as reading:
        assert said(reading.errors) == [(2, "C", "formula")]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html><table></table></html>", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(UnreadableFile), check(ShipmentRegister(), data, "登記.xlsx"):
        pass


def test_a_mapping_takes_exactly_its_columns():
    mapping = {"external_no": "甲", "date": "乙", "customer": "丙", "part_no": "丁",
               "quantity": "數量"}  # fmt: skip
    rows = (["甲", "乙", "丙", "丁", "數量", "單價", "批號"], [*ROW, 99, "L1"])

    found = plan(*rows, mapping=mapping)

    assert found.rows[0].facts.keys() == mapping.keys()
    assert not found.warnings


def test_a_mapping_prefers_the_heading_as_it_stands():
    mapping = {"external_no": "單號", "date": "日期", "customer": "客戶", "part_no": "料號",
               "quantity": "數量"}  # fmt: skip

    found = facts([*HEADINGS[:4], "數量（箱）", "數量"], [*ROW[:4], 9, 2], mapping=mapping)

    assert found[0]["quantity"] == 2


def test_headings_that_a_mapping_names_and_nobody_finds_are_all_told():
    mapping = {"external_no": "單號", "date": "哪天", "customer": "客戶", "part_no": "料號",
               "quantity": "幾個"}  # fmt: skip

    found = plan(HEADINGS, ROW, mapping=mapping)

    assert [finding.code for finding in found.errors] == ["unknown_header"] * 2
    assert "哪天" in found.errors[0].message


def test_a_list_of_names_alone_keeps_its_rows_and_drops_its_footer():
    found = plan_of(CustomerRegister(), ["客戶名稱"], ["台中精工"], ["製表：林秀英"])

    assert [row.facts for row in found.rows] == [{"name": "台中精工"}]
