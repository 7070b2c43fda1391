"""3.1.3 「發貨單」: what is wrong with a file is told at once, by row and column."""

import pytest

from delivery.tests.import_files import (
    MOTOR,
    NINGBO,
    PUMP,
    SEAL,
    TAICHUNG,
    goods,
    places,
    read,
)

pytestmark = pytest.mark.clause("3.1.3")
LABELS = ["單號：V-1", None, "客戶：" + NINGBO]
HEAD = ["單號", "客戶", "料號", "品名", "數量"]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ([None, NINGBO, PUMP, "泵", 1], (2, "A", "required")),
        (["A-1", None, PUMP, "泵", 1], (2, "B", "required")),
        (["A-1", NINGBO, None, "泵", 1], (2, "C", "required")),
        (["A-1", NINGBO, PUMP, "泵", None], (2, "E", "required")),
        (["A-1", NINGBO, PUMP, "泵", "三台"], (2, "E", "not_a_number")),
        (["A-1", NINGBO, PUMP, "泵", True], (2, "E", "not_a_number")),
        (["A-1", NINGBO, PUMP, "泵", 0], (2, "E", "not_positive")),
        (["A-1", NINGBO, PUMP, "泵", "-1"], (2, "E", "not_positive")),
        (["A-1", NINGBO, PUMP, "泵", 1.00001], (2, "E", "out_of_range")),
        (["A-1", NINGBO, PUMP, "泵", "=SUM(F1:F2)"], (2, "E", "formula")),
        (["=B2", NINGBO, PUMP, "泵", 1], (2, "A", "formula")),
        (["A-1", "=A2", PUMP, "泵", 1], (2, "B", "formula")),
        (["A-1", NINGBO, '=HYPERLINK("http://x","P-100-2")', "泵", 1], (2, "C", "formula")),
        (["A-1", "無此公司", PUMP, "泵", 1], (2, "B", "unknown_customer")),
        (["A-1", NINGBO, "NOPE", "泵", 1], (2, "C", "unknown_part")),
        (["A" * 61, NINGBO, PUMP, "泵", 1], (2, "A", "too_long")),
        (["A-1", NINGBO, PUMP, "泵" * 121, 1], (2, "D", "too_long")),
    ],
)
def test_one_thing_wrong_is_one_error_at_its_cell(row, finding):
    reading = read([HEAD, row])

    assert places(reading.errors) == [finding]
    assert reading.documents == []


def test_all_errors_are_told_at_once_in_the_order_of_their_places():
    reading = read(
        [
            HEAD,
            ["A-1", "無此公司", "NOPE", "泵", "三"],
            ["A-2", NINGBO, None, "泵", None],
            ["A-3", NINGBO, PUMP, "泵", 1],
        ]
    )

    assert places(reading.errors) == [
        (2, "B", "unknown_customer"),
        (2, "C", "unknown_part"),
        (2, "E", "not_a_number"),
        (3, "C", "required"),
        (3, "E", "required"),
    ]
    assert reading.as_json()["documents"] == []


def test_unknown_customers_and_parts_are_no_errors_where_they_may_be_created():
    reading = read([HEAD, ["A-1", "新公司", "NEW-1", "新泵", 1]], create_missing=True)

    assert reading.errors == []
    assert goods(reading.as_json()["documents"][0]) == [("NEW-1", "1")]


def test_a_new_part_needs_a_name():
    reading = read([HEAD, ["A-1", NINGBO, "NEW-1", None, 1]], create_missing=True)

    assert places(reading.errors) == [(2, "D", "required")]


def test_an_unknown_customer_is_met_with_names_that_come_near():
    reading = read([HEAD, ["A-1", "寧波海曙水務公司", PUMP, "泵", 1]])

    assert NINGBO in reading.errors[0].message


def test_one_note_of_two_customers():
    reading = read(
        [
            HEAD,
            ["A-1", TAICHUNG, PUMP, "泵", 1],
            ["A-1", "台中精工", PUMP, "泵", 1],
            ["A-1", NINGBO, PUMP, "泵", 1],
        ]
    )

    assert places(reading.errors) == [(4, "B", "mixed_document")]


def test_softer_facts_that_differ_are_warned_of_and_the_first_is_kept():
    reading = read(
        [
            ["單號", "客戶", "收貨人", "料號", "數量"],
            ["A-1", NINGBO, "陳志遠", PUMP, 1],
            ["A-1", NINGBO, "林工", SEAL, 1],
        ]
    )

    assert places(reading.warnings) == [(3, "C", "conflicting_fact")]
    assert reading.documents[0].consignee == "陳志遠"


@pytest.mark.parametrize(
    ("value", "code"),
    [("急", "not_a_date"), ("06/11/2026", "date_ambiguous"), ("1999-01-01", "not_a_date")],
)
def test_a_day_that_cannot_be_read(value, code):
    reading = read([["單號", "客戶", "料號", "數量", "交期"], ["A-1", NINGBO, PUMP, 1, value]])

    assert places(reading.errors) == [(2, "E", code)]


def test_a_day_without_year_and_no_year_anywhere():
    reading = read(
        [["單號", "客戶", "料號", "數量", "發貨日期"], ["A-1", NINGBO, PUMP, 1, "11月6日"]]
    )

    assert places(reading.errors) == [(2, "E", "not_a_date")]


def test_a_serial_number_twice_in_a_file():
    head = ["單號", "客戶", "料號", "數量", "序列號"]
    reading = read(
        [
            head,
            ["A-1", NINGBO, PUMP, 2, "S1,S2"],
            ["A-2", NINGBO, PUMP, 1, "s2"],
            ["A-3", NINGBO, PUMP, 2, "S4 S4"],
            ["A-4", NINGBO, MOTOR, 1, "S1"],
        ]
    )

    assert places(reading.errors) == [(3, "E", "duplicate_serial"), (4, "E", "duplicate_serial")]


def test_serial_numbers_that_are_not_as_many_as_the_quantity_are_warned_of():
    reading = read([["單號", "客戶", "料號", "數量", "序列號"], ["A-1", NINGBO, PUMP, 3, "S1,S2"]])

    assert places(reading.warnings) == [(2, "E", "serial_count")]
    assert reading.documents[0].lines[0].serial_nos == ["S1", "S2"]


def test_a_number_with_more_digits_than_excel_keeps():
    reading = read(
        [["單號", "客戶", "料號", "數量", "批號"], ["A-1", NINGBO, PUMP, 1, 12345678901234567890]]
    )

    assert places(reading.warnings) == [(2, "E", "digits_lost")]


def test_words_for_the_way_of_delivery_that_say_nothing():
    reading = read([["單號", "客戶", "料號", "數量", "交付方式"], ["A-1", NINGBO, PUMP, 1, "另議"]])

    assert places(reading.warnings) == [(2, "E", "unknown_delivery_mode")]


@pytest.mark.parametrize(
    ("sheets", "finding"),
    [
        ([[["你好"], ["這裡沒有表格"]]], (None, None, "no_header")),
        ([[]], (None, None, "no_header")),
        ([[["單號", "客戶", "料號", "品名"], ["A-1", NINGBO, PUMP, "泵"]]], (1, None, "no_header")),
        ([[HEAD]], (1, None, "no_lines")),
        (
            [[["單號：A-1", "客戶：" + NINGBO], ["料號", "品名", "數量"], ["合計", None, 0]]],
            (2, None, "no_lines"),
        ),
    ],
)
def test_a_workbook_without_a_note(sheets, finding):
    reading = read(*sheets)

    assert places(reading.errors) == [finding]


def test_a_number_is_missing_where_a_label_waits_for_it():
    reading = read([["單號：", None, "客戶：" + NINGBO], ["料號", "品名", "數量"], [PUMP, "泵", 1]])

    assert places(reading.errors) == [(1, "A", "required")]


def test_findings_name_the_sheet_where_several_hold_notes():
    reading = read(
        ("甲", [HEAD, ["A-1", NINGBO, PUMP, "泵", 1]]),
        ("乙", [HEAD, ["A-2", NINGBO, PUMP, "泵", "三"]]),
    )

    assert reading.as_json()["errors"][0]["sheet"] == "乙"
    single = read([HEAD, ["A-2", NINGBO, PUMP, "泵", "三"]])
    assert set(single.as_json()["errors"][0]) == {"row", "column", "code", "message"}


def test_a_line_with_a_wrong_quantity_behind_a_remark_is_told_and_not_lost():
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量", "單位"],
            [PUMP, "泵", 1, "台"],
            ["備註：先到先收"],
            [SEAL, "密封", "三", "套"],
        ]
    )

    assert places(reading.errors) == [(5, "C", "not_a_number")]


def test_a_word_of_forms_in_a_foreign_column_hides_no_line():
    reading = read(
        [
            ["部門", "單號", "客戶", "料號", "數量"],
            ["財務", "A-1", NINGBO, PUMP, 1],
            ["主管", "A-1", NINGBO, SEAL, 2],
        ]
    )

    assert goods(reading.documents[0].as_json()) == [(PUMP, "1"), (SEAL, "2")]
