"""3.1.3 「發貨單」: totals are recomputed, and never taken for lines."""

import pytest

from delivery.tests.import_files import (
    GASKET,
    NINGBO,
    PUMP,
    SEAL,
    SUZHOU,
    goods,
    places,
    read,
)

pytestmark = pytest.mark.clause("3.1.3")
LABELS = ["單號：V-1", None, "客戶：" + NINGBO]
HEAD = ["單號", "客戶", "料號", "品名", "數量"]


def test_a_total_that_is_not_the_sum_of_the_lines():
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量", "單價", "金額"],
            [PUMP, "泵", 2, 10, 20],
            [SEAL, "密封", 3, 20, 60],
            ["合計", None, 6, None, 80],
        ]
    )

    assert places(reading.warnings) == [(5, "C", "total_mismatch")]


@pytest.mark.parametrize(
    "total",
    [
        ["合 計", None, 5, None, 80],
        ["總計：", None, "5台", None, "¥80.00"],
        [None, "Total", "=SUM(C3:C4)", None, "=SUM(E3:E4)"],
        [None, None, "=C3+C4", None, "=SUM(E3,E4)"],
        ["小计", None, "=SUBTOTAL(9,C3:C4)", None, None],
        ["合計：5 台"],
        ["合計金額：80 元"],
        ["共計", "伍台", 5, None, None],
    ],
)
def test_a_total_that_is_right_in_any_writing_is_no_line_and_no_warning(total):
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量", "單價", "金額"],
            [PUMP, "泵", 2, 10, 20],
            [SEAL, "密封", 3, 20, "=C4*D4"],
            total,
        ]
    )

    assert (places(reading.errors), places(reading.warnings)) == ([], [])
    assert goods(reading.documents[0].as_json()) == [(PUMP, "2"), (SEAL, "3")]


def test_subtotals_of_each_note_and_a_grand_total():
    reading = read(
        [
            HEAD,
            ["A-1", NINGBO, PUMP, "泵", 2],
            ["A-1", NINGBO, SEAL, "密封", 3],
            ["小計", None, None, None, 5],
            ["A-2", SUZHOU, GASKET, "墊片", 7],
            ["小計", None, None, None, 7],
            ["總計", None, None, None, 12],
        ]
    )

    assert (places(reading.errors), places(reading.warnings)) == ([], [])
    assert [len(document.lines) for document in reading.documents] == [2, 1]


def test_a_pump_whose_name_begins_like_a_total_is_a_line():
    reading = read(
        [HEAD, ["A-1", NINGBO, PUMP, "小計量泵", 2], ["A-1", NINGBO, SEAL, "總成密封", 3]]
    )

    assert goods(reading.documents[0].as_json()) == [(PUMP, "2"), (SEAL, "3")]


def test_a_stale_formula_says_which_rows_it_leaves_out():
    reading = read(
        [
            LABELS,
            ["料號", "品名", "數量"],
            [PUMP, "泵", 2],
            [SEAL, "密封", 3],
            ["合計", None, "=SUM(C3:C3)"],
        ]
    )

    assert places(reading.warnings) == [(5, "C", "total_mismatch")]
    assert "第 3–3 列" in reading.warnings[0].message
