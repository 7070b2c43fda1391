"""3.1.3 「發貨單」: every office lays its spreadsheet out in its own way."""

import datetime

import pytest

from delivery.tests.import_files import (
    GASKET,
    MOTOR,
    NINGBO,
    PUMP,
    SEAL,
    SUZHOU,
    TAICHUNG,
    documents,
    goods,
)

pytestmark = pytest.mark.clause("3.1.3")
HEAD = ["料號", "品名", "數量"]


def test_a_taiwanese_delivery_note_with_labels_left_and_right():
    found = documents(
        [
            ["宏遠泵業股份有限公司"],
            [
                "地址：台中市西屯區工業區一路 9 號",
                None,
                None,
                "電話：04-2359-0000",
                "傳真：04-2359-0001",
            ],
            ["送  貨  單"],
            ["客戶 ：", TAICHUNG, None, "NO :", "DN-20261102-01"],
            ["聯絡人：", "林小姐", None, "DATE :", "115/11/02"],
            ["送貨地址：", "台中市南屯區文心路 1 號", None, "電話：", "04-2222-3333"],
            [],
            ["NO", "品名(料號)", "規格", "單位", "數量", "單價", "金額", "訂單號碼", "備注"],
            [1, "多級離心泵(P-100-2)", "CDL32-50", "台", 2, 8650, 17300, "PO-1", "易碎"],
            [2, "機械密封(S-210)", "φ22", "套", 4, 146.5, 586, "PO-1", None],
            [None, None, None, "合計", 6, None, 17886],
            ["製單：王小明", None, "審核：", None, "客戶簽收："],
        ]
    )

    assert len(found) == 1
    note = found[0]
    assert note["external_no"] == "DN-20261102-01"
    assert (note["customer"], note["consignee"]) == (TAICHUNG, "林小姐")
    assert (note["address"], note["phone"]) == ("台中市南屯區文心路 1 號", "04-2222-3333")
    assert note["ship_on"] == "2026-11-02"
    assert note["order_no"] == "PO-1"
    assert goods(note) == [(PUMP, "2"), (SEAL, "4")]
    assert [line["name"] for line in note["lines"]] == ["多級離心泵", "機械密封"]
    assert [line["line_no"] for line in note["lines"]] == [1, 2]
    assert note["lines"][0]["remark"] == "易碎"


def test_labels_in_a_row_with_their_values_in_the_next():
    found = documents(
        [
            ["出貨通知單"],
            ["單號", "客戶名稱", "出貨日期", "收貨人"],
            ["SH-77", TAICHUNG, datetime.date(2026, 11, 5), "陳志遠"],
            [],
            ["項次", "品號", "品名", "規格", "數量"],
            [1, PUMP, "泵", "CDL", 3],
        ]
    )

    assert found[0]["external_no"] == "SH-77"
    assert found[0]["customer"] == TAICHUNG
    assert found[0]["ship_on"] == "2026-11-05"
    assert found[0]["consignee"] == "陳志遠"
    assert goods(found[0]) == [(PUMP, "3")]


def test_several_pairs_in_one_cell():
    found = documents(
        [
            ["发货单"],
            [f"客户：{NINGBO}    发货单号：FH-2026-118   发货日期：2026.11.02"],
            ["收货人：陈志远 电话:0574-5550 1180 地址：宁波市海曙区环城西路88号"],
            ["物料编码", "物料名称", "规格型号", "单位", "数量"],
            [PUMP, "多级离心泵", "CDL32-50", "台", "4台"],
        ]
    )

    note = found[0]
    assert note["external_no"] == "FH-2026-118"
    assert note["customer"] == NINGBO
    assert note["ship_on"] == "2026-11-02"
    assert (note["consignee"], note["phone"]) == ("陈志远", "0574-5550 1180")
    assert note["address"] == "宁波市海曙区环城西路88号"
    assert note["lines"][0]["quantity"] == "4"


def test_values_merged_far_to_the_right_of_their_labels():
    found = documents(
        [
            ["出庫單", None, None, None, None, None],
            ["發貨單號", None, None, "FH-9", None, None],
            ["購貨單位", None, None, SUZHOU, None, None],
            ["料號", "品名", "規格", "單位", "數量", "備註"],
            [MOTOR, "電機", "YE4", "台", 1, None],
        ],
        merges=("A1:F1", "A2:C2", "D2:F2", "A3:C3", "D3:F3"),
    )

    assert (found[0]["external_no"], found[0]["customer"]) == ("FH-9", SUZHOU)


def test_labels_below_the_table():
    found = documents(
        [
            HEAD,
            [PUMP, "泵", 1],
            ["合計", None, 1],
            [],
            ["發貨單號：FH-12", "客戶：" + NINGBO],
            ["收貨地址：寧波市海曙區環城西路 88 號", None, "備註：貨到付款"],
            ["交付方式", "顧客自提"],
        ]
    )

    note = found[0]
    assert (note["external_no"], note["customer"]) == ("FH-12", NINGBO)
    assert note["address"] == "寧波市海曙區環城西路 88 號"
    assert note["remark"] == "貨到付款"
    assert note["delivery_mode"] == "pickup"


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


def test_an_english_sheet():
    found = documents(
        [
            ["DELIVERY NOTE"],
            ["Delivery Note No.", "DN-4711", None, "Date:", "6-Nov-2026"],
            ["Ship to:", TAICHUNG],
            ["Attn.:", "Mr. Lin", None, "Tel:", "04-2222-3333"],
            ["P.O. No.:", "PO-2026-55", None, "Ship Via:", "Courier"],
            [
                "Line",
                "Part Number",
                "Description",
                "Qty Ordered",
                "Qty Shipped",
                "UOM",
                "Serial Numbers",
            ],
            [10, PUMP, "Pump", 5, 2, "EA", "A1, A2"],
            [20, SEAL, "Seal", 4, 4, "SET", None],
            [None, None, "Total", 9, 6],
        ]
    )

    note = found[0]
    assert (note["external_no"], note["customer"]) == ("DN-4711", TAICHUNG)
    assert note["ship_on"] == "2026-11-06"
    assert (note["consignee"], note["phone"]) == ("Mr. Lin", "04-2222-3333")
    assert (note["order_no"], note["delivery_mode"]) == ("PO-2026-55", "carrier")
    assert goods(note) == [(PUMP, "2"), (SEAL, "4")]
    assert note["lines"][0]["serial_nos"] == ["A1", "A2"]
    assert [line["line_no"] for line in note["lines"]] == [10, 20]


def test_blocks_one_under_the_other_each_with_its_own_labels_and_heading():
    found = documents(
        [
            ["送貨單"],
            ["客戶：" + NINGBO, None, "單號：A-1"],
            HEAD,
            [PUMP, "泵", 2],
            ["合計", None, 2],
            ["備註：先到先收"],
            ["簽收："],
            [],
            ["送貨單"],
            ["客戶：" + SUZHOU, None, "單號：A-2"],
            HEAD,
            [SEAL, "密封", 3],
            [GASKET, "墊片", 8],
            ["合計", None, 11],
            ["備註：週五前到"],
            ["簽收："],
        ]
    )

    assert [(note["external_no"], note["customer"]) for note in found] == [
        ("A-1", NINGBO),
        ("A-2", SUZHOU),
    ]
    assert [goods(note) for note in found] == [[(PUMP, "2")], [(SEAL, "3"), (GASKET, "8")]]
    assert [note["remark"] for note in found] == ["先到先收", "週五前到"]


def test_blocks_whose_labels_stand_in_cells_of_their_own():
    found = documents(
        [
            ["客戶", NINGBO, None],
            ["發貨單號", "B-1", None],
            HEAD,
            [PUMP, "泵", 2],
            ["客戶", SUZHOU, None],
            ["發貨單號", "B-2", None],
            HEAD,
            [SEAL, "密封", 3],
        ]
    )

    assert [(note["external_no"], note["customer"]) for note in found] == [
        ("B-1", NINGBO),
        ("B-2", SUZHOU),
    ]
    assert [goods(note) for note in found] == [[(PUMP, "2")], [(SEAL, "3")]]


def test_one_heading_and_a_row_of_labels_before_each_note():
    found = documents(
        [
            HEAD,
            ["發貨單號：C-1  客戶：" + NINGBO],
            [PUMP, "泵", 2],
            ["發貨單號：C-2  客戶：" + SUZHOU],
            [SEAL, "密封", 3],
            [GASKET, "墊片", 4],
        ]
    )

    assert [(note["external_no"], note["customer"], goods(note)) for note in found] == [
        ("C-1", NINGBO, [(PUMP, "2")]),
        ("C-2", SUZHOU, [(SEAL, "3"), (GASKET, "4")]),
    ]


def test_one_note_a_sheet_and_a_list_of_codes_behind_them():
    found = documents(
        ("一號", [["單號：D-1", "客戶：" + NINGBO], HEAD, [PUMP, "泵", 2]]),
        ("二號", [["單號：D-2", "客戶：" + SUZHOU], HEAD, [SEAL, "密封", 3]]),
        ("代碼表", [["料號", "品名", "單位"], [PUMP, "泵", "台"], [SEAL, "密封", "套"]]),
        ("庫存", [["料號", "品名", "數量"], [PUMP, "泵", 100]]),
        ("空白", []),
    )

    assert [(note["external_no"], goods(note)) for note in found] == [
        ("D-1", [(PUMP, "2")]),
        ("D-2", [(SEAL, "3")]),
    ]


def test_the_sheet_is_called_by_the_number():
    found = documents(
        ("FH-2026-0031", [["客戶：" + NINGBO], HEAD, [PUMP, "泵", 2]]),
        ("FH-2026-0032", [["客戶：" + SUZHOU], HEAD, [SEAL, "密封", 3]]),
    )

    assert [note["external_no"] for note in found] == ["FH-2026-0031", "FH-2026-0032"]


def test_number_and_customer_merged_over_the_lines_of_a_note():
    found = documents(
        [
            ["發貨單號", "客戶", *HEAD],
            ["E-1", NINGBO, PUMP, "泵", 1],
            [None, None, SEAL, "密封", 2],
            [None, None, GASKET, "墊片", 3],
            ["E-2", SUZHOU, MOTOR, "電機", 4],
            [None, None, PUMP, "泵", 5],
        ],
        merges=("A2:A4", "B2:B4", "A5:A6", "B5:B6"),
    )

    assert [(note["external_no"], note["customer"]) for note in found] == [
        ("E-1", NINGBO),
        ("E-2", SUZHOU),
    ]
    assert [len(note["lines"]) for note in found] == [3, 2]


def test_number_and_customer_written_in_the_first_line_of_a_note_only():
    found = documents(
        [
            ["發貨單號", "客戶", "發貨日期", *HEAD],
            ["F-1", NINGBO, "2026-11-02", PUMP, "泵", 1],
            [None, None, None, SEAL, "密封", 2],
            ["F-2", SUZHOU, "2026-11-03", MOTOR, "電機", 4],
            [None, None, None, PUMP, "泵", 5],
        ]
    )

    assert [(note["external_no"], note["customer"], note["ship_on"]) for note in found] == [
        ("F-1", NINGBO, "2026-11-02"),
        ("F-2", SUZHOU, "2026-11-03"),
    ]
    assert [goods(note) for note in found] == [
        [(PUMP, "1"), (SEAL, "2")],
        [(MOTOR, "4"), (PUMP, "5")],
    ]


def test_a_row_of_the_note_followed_by_rows_of_its_lines():
    found = documents(
        [
            ["單據編號", "客戶", "單據日期", *HEAD],
            ["G-1", NINGBO, "2026-11-02", None, None, None],
            [None, None, None, PUMP, "泵", 1],
            [None, None, None, SEAL, "密封", 2],
            ["G-2", SUZHOU, "2026-11-03", None, None, None],
            [None, None, None, MOTOR, "電機", 4],
        ]
    )

    assert [
        (note["external_no"], note["customer"], note["issued_on"], goods(note)) for note in found
    ] == [
        ("G-1", NINGBO, "2026-11-02", [(PUMP, "1"), (SEAL, "2")]),
        ("G-2", SUZHOU, "2026-11-03", [(MOTOR, "4")]),
    ]


def test_ditto_marks_take_what_stands_above():
    found = documents(
        [
            ["發貨單號", "客戶", "收貨人及電話", *HEAD],
            ["H-1", NINGBO, "陳志遠 0574-5550 1180", PUMP, "泵", 1],
            ["同上", "同上", "同上", SEAL, "密封", 2],
            ["〃", "〃", "〃", GASKET, "墊片", 3],
        ]
    )

    assert len(found) == 1
    assert (found[0]["consignee"], found[0]["phone"]) == ("陳志遠", "0574-5550 1180")
    assert len(found[0]["lines"]) == 3


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


def test_a_second_page_repeats_labels_and_heading_of_the_same_note():
    found = documents(
        [
            ["單號：L-1", "客戶：" + NINGBO, "第 1 頁"],
            HEAD,
            [PUMP, "泵", 2],
            ["單號：L-1", "客戶：" + NINGBO, "第 2 頁"],
            HEAD,
            [SEAL, "密封", 3],
        ]
    )

    assert [(note["external_no"], goods(note)) for note in found] == [
        ("L-1", [(PUMP, "2"), (SEAL, "3")])
    ]


def test_two_tables_of_one_note():
    found = documents(
        [
            ["單號：L-2", "客戶：" + NINGBO],
            ["一、主機"],
            HEAD,
            [PUMP, "泵", 2],
            ["二、配件"],
            HEAD,
            [SEAL, "密封", 3],
        ]
    )

    assert [(note["external_no"], goods(note)) for note in found] == [
        ("L-2", [(PUMP, "2"), (SEAL, "3")])
    ]


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


def test_two_copies_of_a_note_on_one_paper_are_one_note():
    block = [["單號：Q-1", "客戶：" + NINGBO], HEAD, [PUMP, "泵", 2], ["簽收："]]
    found = documents([*block, [], *block])

    assert [(note["external_no"], goods(note)) for note in found] == [("Q-1", [(PUMP, "2")])]


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


def test_title_with_number_and_date_and_no_labels_at_all():
    found = documents(
        [
            ["宏遠泵業 出貨單 2026年11月6日 SH2611060001"],
            ["客戶：" + TAICHUNG],
            HEAD,
            [PUMP, "泵", 1],
        ]
    )

    assert found[0]["external_no"] == "SH2611060001"
    assert found[0]["issued_on"] == "2026-11-06"


def test_office_and_number_glued_together_in_the_title():
    found = documents(
        [
            ["某泵业发货通知单（1月16日）2026年 嘉兴办26-1-16-01"],
            ["客户", NINGBO],
            HEAD,
            [PUMP, "泵", 1],
        ]
    )

    assert found[0]["external_no"] == "26-1-16-01"
    assert found[0]["issued_on"] == "2026-01-16"


def test_ticked_boxes_say_how_the_goods_go():
    found = documents(
        [
            ["單號：T-1", "客戶：" + NINGBO],
            ["交貨方式：□自提 ■車隊 □委外"],
            HEAD,
            [PUMP, "泵", 1],
        ]
    )

    assert found[0]["delivery_mode"] == "own_fleet"
