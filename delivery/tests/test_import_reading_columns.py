"""3.1.3 「發貨單」: which column holds what, and which row is a line."""

import pytest

from delivery.tests.import_files import (
    GASKET,
    NINGBO,
    PUMP,
    SEAL,
    TAICHUNG,
    documents,
    goods,
)

pytestmark = pytest.mark.clause("3.1.3")
HEAD = ["料號", "品名", "數量"]


def test_heading_of_two_rows_with_merged_groups():
    found = documents(
        [
            ["發貨單號：FH-20", None, "客戶：" + NINGBO],
            ["序號", "貨品", None, None, "數量", None, "單價"],
            [None, "編號", "名稱", "規格", "應發", "實發", None],
            [1, PUMP, "泵", "CDL", 5, 4, 10],
            [2, SEAL, "密封", "φ22", 3, 3, 20],
        ],
        merges=("A2:A3", "B2:D2", "E2:F2", "G2:G3"),
    )

    assert goods(found[0]) == [(PUMP, "4"), (SEAL, "3")]
    assert [line["spec"] for line in found[0]["lines"]] == ["CDL", "φ22"]
    assert [line["unit_price"] for line in found[0]["lines"]] == ["10", "20"]


def test_the_planned_quantity_counts_while_the_counted_one_is_empty():
    found = documents(
        [
            ["發貨單號：FH-21", None, "客戶：" + NINGBO],
            ["料號", "品名", "應發數量", "實發數量", "差異"],
            [PUMP, "泵", 5, None, None],
        ]
    )

    assert goods(found[0]) == [(PUMP, "5")]


def test_heading_in_two_languages_one_under_the_other():
    found = documents(
        [
            ["發貨單號 Note No.:", "FH-22", "客戶 Customer:", NINGBO],
            ["料號", "品名", "數量", "單位"],
            ["Part No.", "Description", "Q'ty", "Unit"],
            [PUMP, "泵", 5, "台"],
        ]
    )

    assert goods(found[0]) == [(PUMP, "5")]
    assert found[0]["external_no"] == "FH-22"
    assert found[0]["customer"] == NINGBO


def test_a_form_for_a_single_line_without_any_table():
    found = documents(
        [
            ["出貨單"],
            ["單號", "J-1", "客戶", TAICHUNG],
            ["料號", PUMP, "品名", "多級離心泵"],
            ["數量", "2 台", "序列號", "A1、A2"],
            ["出貨日期", "2026/11/6"],
        ]
    )

    assert (found[0]["external_no"], found[0]["customer"]) == ("J-1", TAICHUNG)
    assert found[0]["ship_on"] == "2026-11-06"
    assert found[0]["lines"] == [
        {
            "line_no": 10,
            "part_no": PUMP,
            "name": "多級離心泵",
            "uom": "台",
            "quantity": "2",
            "serial_nos": ["A1", "A2"],
        }
    ]


def test_heading_far_down_and_words_with_blanks_brackets_and_orders():
    rows = [["填表說明：請勿更改表頭"], ["一、紅字必填"]] + [[] for _ in range(20)]
    found = documents(
        [
            *rows,
            [
                "*發 貨 單 號",
                "客户\n（全称）",
                "*物 料 号（必填）",
                "品　名",
                "数 量\n（台/件）",
                "单价(元)",
                "备注（选填）",
            ],
            ["K-1", NINGBO, PUMP, "泵", 2, 8650, "急"],
        ]
    )

    assert found[0]["external_no"] == "K-1"
    assert found[0]["customer"] == NINGBO
    assert found[0]["lines"][0]["unit_price"] == "8650"
    assert found[0]["lines"][0]["remark"] == "急"


def test_serial_numbers_one_under_another_beside_merged_cells():
    found = documents(
        [
            ["單號：M-1", None, "客戶：" + NINGBO],
            ["料號", "品名", "數量", "出廠編號"],
            [PUMP, "泵", 3, 26110001],
            [None, None, None, 26110002],
            [None, None, None, 26110003],
            [SEAL, "密封", 1, None],
        ],
        merges=("A3:A5", "B3:B5", "C3:C5"),
    )

    assert goods(found[0]) == [(PUMP, "3"), (SEAL, "1")]
    assert found[0]["lines"][0]["serial_nos"] == ["26110001", "26110002", "26110003"]


def test_serial_numbers_one_under_another_without_merging():
    found = documents(
        [
            ["單號：M-2", None, "客戶：" + NINGBO],
            ["料號", "品名", "數量", "機號"],
            [PUMP, "泵", 2, "A-1"],
            [None, None, None, "A-2"],
        ]
    )

    assert found[0]["lines"][0]["serial_nos"] == ["A-1", "A-2"]


def test_taiwanese_serial_column_is_not_taken_for_a_count_of_rows():
    found = documents(
        [
            ["單號：M-3", None, "客戶：" + NINGBO],
            ["項次", "料號", "品名", "數量", "序號"],
            [1, PUMP, "泵", 1, "26110001"],
            [2, PUMP, "泵", 1, "26110002"],
        ]
    )

    assert [line["serial_nos"] for line in found[0]["lines"]] == [["26110001"], ["26110002"]]
    assert [line["line_no"] for line in found[0]["lines"]] == [1, 2]


def test_template_rows_with_running_numbers_and_formulas_only_are_no_lines():
    found = documents(
        [
            ["單號：N-1", None, "客戶：" + NINGBO],
            ["序號", "料號", "品名", "單位", "數量", "單價", "金額"],
            [1, PUMP, "泵", "台", 2, 10, "=E3*F3"],
            [2, None, None, "台", None, None, "=E4*F4"],
            [3, None, None, "台", None, None, "=E5*F5"],
            [None, None, "合計", None, "=SUM(E3:E5)", None, "=SUM(G3:G5)"],
        ]
    )

    assert goods(found[0]) == [(PUMP, "2")]
    assert found[0]["lines"][0]["amount"] == "20"


def test_notes_rows_and_examples_around_the_lines_are_left_out():
    found = documents(
        [
            ["單號：N-2", None, "客戶：" + NINGBO],
            HEAD,
            ["必填", "選填", "必填"],
            ["例", "潛水泵", 5],
            [PUMP, "泵", 2],
            ["以下空白"],
            ["注：如有不符請於 10 天內通知本公司，逾期視為無誤。"],
            ["1. 本單一式四聯"],
        ]
    )

    assert goods(found[0]) == [(PUMP, "2")]


def test_the_columns_may_stand_in_any_order_with_strange_ones_between():
    found = documents(
        [
            [
                "倉庫",
                "數量",
                "箱數",
                "毛重",
                "品名",
                "客戶料號",
                "客戶名稱",
                "料號",
                "已發數量",
                "發貨單號",
            ],
            ["K001", 2, 1, 35.5, "泵", "X-1", NINGBO, PUMP, 10, "P-1"],
        ]
    )

    assert (found[0]["external_no"], found[0]["customer"]) == ("P-1", NINGBO)
    assert goods(found[0]) == [(PUMP, "2")]


def test_equal_lines_are_kept():
    found = documents(
        [["單號：Q-2", "客戶：" + NINGBO], HEAD, [GASKET, "墊片", 2], [GASKET, "墊片", 2]]
    )

    assert goods(found[0]) == [(GASKET, "2"), (GASKET, "2")]


def test_without_part_numbers_name_and_specification_find_the_part():
    found = documents(
        [
            ["單號：R-1", None, "客戶：" + NINGBO],
            ["品名", "規格型號", "單位", "數量"],
            ["多级离心泵", "CDL32-50", "台", 2],
        ]
    )

    assert goods(found[0]) == [(PUMP, "2")]


def test_name_and_specification_in_one_column():
    found = documents(
        [
            ["單號：R-2", None, "客戶：" + NINGBO],
            ["料號", "品名/規格型號", "數量(台)"],
            [PUMP, "多級離心泵/CDL32-50", 2],
            [SEAL, "機械密封 φ22", 3],
        ]
    )

    lines = found[0]["lines"]
    assert [(line["name"], line["spec"]) for line in lines] == [
        ("多級離心泵", "CDL32-50"),
        ("機械密封", "φ22"),
    ]
    assert [line["uom"] for line in lines] == ["台", "台"]


def test_customer_code_and_name_in_one_cell():
    found = documents(
        [
            ["單號", "客戶", *HEAD],
            ["S-1", f"{NINGBO}（C001）", PUMP, "泵", 1],
            ["S-2", f"C002 {TAICHUNG}", PUMP, "泵", 1],
            ["S-3", "C003", PUMP, "泵", 1],
        ]
    )

    assert [(note.get("customer"), note.get("customer_code")) for note in found] == [
        (NINGBO, "C001"),
        (TAICHUNG, "C002"),
        (None, "C003"),
    ]
