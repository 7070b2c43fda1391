"""A workbook that we write can be printed, filtered, and never runs anything."""

import datetime
import tracemalloc
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from aftersales.core.spreadsheets.writing import Column, Sheet, save_workbook, write_workbook

COLUMNS = [
    Column("編號", 14),
    Column("數量", 10, "number"),
    Column("金額", 12, "money"),
    Column("日期", 12, "date"),
    Column("時間", 16, "datetime"),
]


def written(*sheets):
    return load_workbook(BytesIO(write_workbook(sheets)))


def cell_of(value, kind="text"):
    return written(Sheet("表", [Column("欄", kind=kind)], [[value]])).active["A2"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 21",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_text_stays_text_whatever_it_starts_with(text):
    cell = cell_of(text)

    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")
    assert cell.quotePrefix is True


def test_headings_are_text_too():
    sheet = written(Sheet("表", [Column("=1+1")], [])).active

    assert (sheet["A1"].data_type, sheet["A1"].value) == ("s", "=1+1")


def test_a_part_number_is_no_number_and_no_date():
    assert cell_of("00123").value == "00123"
    assert cell_of("1-2").data_type == "s"
    assert cell_of(1400007796).value == "1400007796"


def test_control_characters_and_half_characters_are_dropped():
    assert cell_of("a\x00\x0b\x1fb\ud800c").value == "abc"


def test_what_looks_like_an_escape_is_kept_as_written():
    from aftersales.core.spreadsheets.reading import open_grid

    data = write_workbook([Sheet("表", [Column("欄")], [["a_x0041_b"]])])

    assert open_grid(data, "a.xlsx").sheets[0].cell(2, 1).value == "a_x0041_b"


def test_numbers_money_days_and_moments_are_values(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    moment = datetime.datetime(2026, 11, 24, 22, 30, tzinfo=datetime.UTC)
    row = ["FH-1", Decimal("4.5"), Decimal("8650.10"), datetime.date(2026, 11, 24), moment]
    sheet = written(Sheet("表", COLUMNS, [row])).active

    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "d"]
    assert sheet["B2"].value == 4.5
    assert sheet["C2"].value == 8650.10
    assert sheet["D2"].value.date() == datetime.date(2026, 11, 24)
    assert sheet["E2"].value == datetime.datetime.fromisoformat("2026-11-25T06:30")
    assert sheet["D2"].number_format == "yyyy-mm-dd"


def test_numbers_that_excel_cannot_hold_are_told_as_text():
    assert cell_of(12345678901234567890, "number").value == "12345678901234567890"
    assert cell_of(float("nan"), "number").data_type == "s"


def test_nothing_is_an_empty_cell_and_truth_is_a_word():
    assert cell_of(None).value is None
    assert cell_of("").value is None
    assert cell_of(True).value == "是"


def test_the_sheet_is_set_up_for_reading_and_for_paper():
    sheet = written(Sheet("表", COLUMNS, [["a", 1, 2, None, None]])).active

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["A"].width == 14


def test_names_of_sheets_are_made_such_as_excel_takes():
    long = "非常" * 20
    titles = ["a/b:c?", "A b c", "'引號'", "", "History", long, long]
    book = written(*(Sheet(title, [Column("欄")], []) for title in titles))

    assert book.sheetnames == [
        "a b c",
        "A b c (2)",
        "引號",
        "工作表",
        "History_",
        long[:31],
        long[:27] + " (2)",
    ]


def test_a_workbook_without_sheets_can_still_be_opened():
    assert len(written().sheetnames) == 1


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(count: int) -> int:
        rows = ([f"FH-{number}", number, Decimal("1.5"), None, None] for number in range(count))
        tracemalloc.start()
        save_workbook([Sheet("表", COLUMNS, rows)], tmp_path / f"{count}.xlsx")
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few, many = peak(1_000), peak(10_000)

    assert many - few < 2 * 1024 * 1024
