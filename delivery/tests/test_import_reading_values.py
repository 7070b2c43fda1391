"""3.1.3 「發貨單」: values of lines as a reader finds them in a sheet."""

import datetime

import pytest

from aftersales.core.spreadsheets.grid import FORMULA, TEXT, Cell, Grid, Row, Sheet
from delivery.imports.reading import read_grid
from delivery.tests.import_files import (
    CATALOGUE,
    MOTOR,
    NINGBO,
    PUMP,
    SEAL,
    documents,
    places,
    read,
)

pytestmark = pytest.mark.clause("3.1.3")
HEAD_OF_LIST = ["單號", "客戶", "料號", "數量", "交期"]
NEAR = datetime.date(2026, 11, 6)
LABELS = ["單號：V-1", None, "客戶：" + NINGBO]


def lines(head, *rows, **options):
    return documents([LABELS, head, *rows], **options)[0]["lines"]


def formula(row: int, column: int, value) -> Cell:
    return Cell(row, column, value, FORMULA, "A9*2")


def test_dates_of_every_kind_in_one_column():
    found = lines(
        ["料號", "品名", "數量", "交期"],
        [PUMP, "泵", 1, 46369],
        [PUMP, "泵", 1, "2026-12-10"],
        [PUMP, "泵", 1, "2026/12/10"],
        [PUMP, "泵", 1, datetime.date(2026, 12, 13)],
        [PUMP, "泵", 1, "12月20日"],
        [PUMP, "泵", 1, "115/12/21"],
        [PUMP, "泵", 1, 20261222],
        [PUMP, "泵", 1, None],
    )

    assert [line.get("due_on") for line in found] == [
        "2026-12-13",
        "2026-12-10",
        "2026-12-10",
        "2026-12-13",
        "2026-12-20",
        "2026-12-21",
        "2026-12-22",
        None,
    ]


def test_one_date_of_a_column_settles_the_order_of_day_and_month_for_all():
    found = lines(
        ["料號", "品名", "數量", "交期"],
        [PUMP, "泵", 1, "06/11/2026"],
        [PUMP, "泵", 1, "25/11/2026"],
    )

    assert [line["due_on"] for line in found] == ["2026-11-06", "2026-11-25"]


def test_numbers_that_are_names_keep_their_looks():
    found = lines(
        ["料號", "品名", "數量", "批號", "序列號"],
        [1400007796, "泵", 1, 7, 3000000001],
        ["1400007796.0", "泵", 1, 12, 2407050739],
        create_missing=True,
        formats={"D3": "0000", "D4": '"L-"000'},
    )

    assert [line["part_no"] for line in found] == ["1400007796", "1400007796"]
    assert [line["lot_no"] for line in found] == ["0007", "L-012"]
    assert [line["serial_nos"] for line in found] == [["3000000001"], ["2407050739"]]


def test_decimals_are_told_without_noise():
    found = lines(
        ["料號", "品名", "數量", "單價"],
        [PUMP, "泵", 0.1 + 0.2, 146.50],
        [PUMP, "泵", "1,290.00", "０"],
        [PUMP, "泵", 1e6, 0],
    )

    assert [(line["quantity"], line["unit_price"]) for line in found] == [
        ("0.3", "146.5"),
        ("1290", "0"),
        ("1000000", "0"),
    ]


def test_names_keep_their_punctuation_and_lose_odd_blanks():
    found = lines(
        ["料號", "品名", "規格", "數量", "備註"],
        ["Ｐ－１００－２\n", "WQ15\u3000潜水泵（立式）", "ＤＮ５０（EPDM）", 1, " 急\r\n"],
        create_missing=True,
    )

    assert found == [
        {
            "line_no": 10,
            "part_no": PUMP,
            "name": "WQ15 潜水泵（立式）",
            "spec": "DN50(EPDM)",
            "quantity": "1",
            "serial_nos": [],
            "remark": "急",
        }
    ]


def test_a_dash_or_slash_is_nothing():
    found = lines(
        ["料號", "品名", "規格", "數量", "單價", "序列號", "批號", "交期"],
        [PUMP, "泵", "-", 1, "/", "無", "N/A", "—"],
    )

    assert found[0] == {
        "line_no": 10,
        "part_no": PUMP,
        "name": "泵",
        "quantity": "1",
        "serial_nos": [],
    }


def test_the_unit_comes_from_the_quantity_or_its_heading_where_there_is_no_column():
    assert lines(["料號", "品名", "數量"], [PUMP, "泵", "4台"])[0]["uom"] == "台"
    assert lines(["料號", "品名", "數量（套）"], [PUMP, "泵", 4])[0]["uom"] == "套"
    assert "uom" not in lines(["料號", "品名", "數量（台/件）"], [PUMP, "泵", 4])[0]


def test_line_numbers_of_the_sheet_are_kept_and_a_count_over_several_notes_is_not():
    assert [
        line["line_no"] for line in lines(["行號", "料號", "數量"], [20, PUMP, 1], [30, SEAL, 1])
    ] == [20, 30]
    found = documents(
        [
            ["序號", "單號", "客戶", "料號", "數量"],
            [1, "W-1", NINGBO, PUMP, 1],
            [2, "W-2", NINGBO, PUMP, 1],
            [3, "W-2", NINGBO, SEAL, 1],
        ]
    )
    assert [line["line_no"] for line in found[1]["lines"]] == [10, 20]


def test_formulas_with_a_stored_result_are_read_as_that():
    rows = [
        Row(1, {at: Cell(1, at, word, TEXT) for at, word in enumerate(HEAD_OF_LIST, start=1)}),
        Row(
            2,
            {
                1: formula(2, 1, "V-1"),
                2: formula(2, 2, NINGBO),
                3: formula(2, 3, PUMP),
                4: formula(2, 4, 3),
                5: formula(2, 5, 46332),
            },
        ),
    ]

    reading = read_grid(Grid("a", [Sheet("a", 1, rows)]), catalogue=CATALOGUE)

    assert reading.errors == []
    document = reading.as_json()["documents"][0]
    assert (document["external_no"], document["customer"]) == ("V-1", NINGBO)
    line = document["lines"][0]
    assert (line["part_no"], line["quantity"], line["due_on"]) == (PUMP, "3", "2026-11-06")


def test_formulas_without_a_result_are_errors():
    reading = read([LABELS, ["料號", "品名", "數量"], [PUMP, "泵", "=1+1"]])

    assert places(reading.errors) == [(3, "C", "formula")]


def test_tax_and_discount_explain_an_amount():
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量", "未稅單價", "稅率", "價稅合計"],
            [PUMP, "泵", 2, 100, "13%", 226],
            [MOTOR, "電機", 1, 100, 0.05, 105],
        ]
    )

    assert reading.warnings == []


def test_half_a_cent_is_no_difference_and_a_cent_is():
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量", "單價", "金額"],
            [PUMP, "泵", 3, 33.335, 100.01],
            [PUMP, "泵", 3, 33.33, 100.00],
        ]
    )

    assert places(reading.warnings) == [(4, "E", "amount_mismatch")]
