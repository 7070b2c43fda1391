"""3.1.3 「發貨單」: labels above, beside and below the table, and titles."""

import datetime

import pytest

from delivery.tests.import_files import (
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
