"""3.1.3 「發貨單」: labels, titles and columns in odd dress that people still read at a glance."""

import pytest

from delivery.tests.import_files import (
    NINGBO,
    PUMP,
    TAICHUNG,
    documents,
    goods,
    places,
    read,
)

pytestmark = pytest.mark.clause("3.1.3")
LABELS = ["單號：Z-1", None, "客戶：" + NINGBO]
HEAD = ["料號", "品名", "數量"]
LINE = [PUMP, "泵", 1]


def only(*rows, **options) -> dict:
    """The single document of a sheet with these rows."""
    found = documents(list(rows), **options)
    assert len(found) == 1
    return found[0]


def test_all_labels_in_one_cell_line_by_line():
    note = only(
        [
            f"客户：{NINGBO}\n地址：宁波市环城西路88号\n联系人：陈工 电话：13800000000",
            None,
            "单号：Z-1\n日期：2026-11-02",
        ],
        HEAD,
        LINE,
    )

    assert (note["external_no"], note["customer"]) == ("Z-1", NINGBO)
    assert note["address"] == "宁波市环城西路88号"
    assert (note["consignee"], note["phone"]) == ("陈工", "13800000000")
    assert note["ship_on"] == "2026-11-02"


def test_two_facts_under_one_label():
    note = only(
        ["单号", "Z-1", "联系人/电话", "林工/13800000000"], ["客户名称", NINGBO], HEAD, LINE
    )

    assert (note["consignee"], note["phone"]) == ("林工", "13800000000")


@pytest.mark.parametrize(
    "row", [["2026", "年", "11", "月", "2", "日"], ["开单日期", 2026, "年", 11, "月", 2, "日"]]
)
def test_a_day_spread_over_cells(row):
    note = only(["送货单", None, "单号：Z-1"], ["客户：" + NINGBO], row, HEAD, LINE)

    assert note["issued_on"] == "2026-11-02"


def test_a_title_with_the_number_and_nothing_else():
    assert (
        only(["送貨單  FH-2026-001"], ["致：", NINGBO], HEAD, LINE)["external_no"] == "FH-2026-001"
    )


def test_a_number_in_a_cell_of_its_own_beside_the_title():
    assert (
        only(["发货单", None, "FH-0001"], ["客户：" + NINGBO], HEAD, LINE)["external_no"]
        == "FH-0001"
    )


def test_a_table_that_begins_far_from_the_corner():
    note = only(
        [],
        [],
        [None, None, "單號", "Z-1"],
        [None, None, "客戶", NINGBO],
        [],
        [None, None, *HEAD],
        [None, None, *LINE],
        [None, None, "合计", None, 1],
    )

    assert goods(note) == [(PUMP, "1")]


@pytest.mark.parametrize(
    "row", [[None, None, "（台）"], [1, 2, 3], ["(1)", "(2)", "(3)"], ["必填", "選填", "必填"]]
)
def test_rows_under_the_heading_that_explain_it(row):
    assert goods(only(LABELS, HEAD, row, LINE)) == [(PUMP, "1")]


@pytest.mark.parametrize(
    "title", ["2026年11月發貨明細", "宏遠 115年11月份出貨單", "民國115年發貨明細"]
)
def test_a_year_in_the_title_serves_days_that_have_none(title):
    head = ["單號", "客戶", *HEAD, "發貨日期"]
    found = documents(
        [[title], head, ["A-1", NINGBO, *LINE, "11月6日"], ["A-2", NINGBO, *LINE, "11/7"]]
    )

    assert [note["ship_on"] for note in found] == ["2026-11-06", "2026-11-07"]


def test_no_before_the_number_is_no_part_of_it():
    assert (
        only(["单号：NO.20261106-001", "客户：" + NINGBO], HEAD, LINE)["external_no"]
        == "20261106-001"
    )


def test_a_known_customer_in_the_title_or_in_the_name_of_the_sheet():
    in_title = [[NINGBO + " 送货单", None, "编号：Z-9"], HEAD, LINE]

    assert documents(in_title)[0]["customer"] == NINGBO
    assert documents(("台中精工", [["编号：Z-9"], HEAD, LINE]))[0]["customer"] == "台中精工"


def test_signatures_and_our_own_people_are_no_facts_of_the_note():
    note = only(
        ["某泵業有限公司"],
        ["地址：台州市溫嶺 1 號  電話：0576-1111111  傳真：0576-1111112"],
        ["送貨單"],
        ["发货单位：", "某泵业", None, "联系电话：", "0576-2222222"],
        ["单号：Z-1", "客户：" + NINGBO],
        HEAD,
        LINE,
        ["合计（大写）：壹台"],
        ["收货人签字：", None, "日期：2026/11/5"],
        ["收货单位（盖章）："],
        ["制单：张三 电话：13911111111", "审核："],
    )

    assert set(note) == {"external_no", "customer", "lines"}


def test_the_receivers_telephone_is_told_from_ours():
    note = only(
        ["发货单位：", "某泵业", None, "联系电话：", "0576-2222222"],
        ["收货单位：", NINGBO, None, "单据号：", "Z-1"],
        ["收货人：", "陈工", None, "联系电话：", "13800000000"],
        HEAD,
        LINE,
    )

    assert (note["customer"], note["consignee"], note["phone"]) == (NINGBO, "陈工", "13800000000")


def test_a_number_with_leading_zeros_by_its_format():
    note = only(
        ["出貨單", None, None, "No.", 1234], ["客戶", NINGBO], HEAD, LINE, formats={"E1": "0000000"}
    )

    assert note["external_no"] == "0001234"


def test_the_carrier_column_also_says_who_fetches_or_brings():
    found = documents(
        [
            ["單號", "客戶", *HEAD, "承運商"],
            ["Z-1", NINGBO, *LINE, "自提"],
            ["Z-2", NINGBO, *LINE, "順豐"],
            ["Z-3", NINGBO, *LINE, "我司送貨"],
        ]
    )

    assert [(note.get("carrier"), note["delivery_mode"]) for note in found] == [
        (None, "pickup"),
        ("順豐", "carrier"),
        (None, "own_fleet"),
    ]


def test_a_freight_row_without_part_is_told_rather_than_lost():
    reading = read([LABELS, [*HEAD, "金額"], [*LINE, 10], [None, "運費", None, 100]])

    assert places(reading.errors) == [(4, "A", "required"), (4, "C", "required")]


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        (
            [["单号", "：FH-1"], ["客户", "：" + NINGBO]],
            {"external_no": "FH-1", "customer": NINGBO},
        ),
        ([["【单号】", "FH-1"], ["【客户】", NINGBO]], {"external_no": "FH-1", "customer": NINGBO}),
        (
            [["1、客户：" + NINGBO, None, "2、单号：FH-1"]],
            {"external_no": "FH-1", "customer": NINGBO},
        ),
        (
            [["某公司发货单 2026年11月6日 单号：FH-1", None, "客户：" + NINGBO]],
            {"external_no": "FH-1", "issued_on": "2026-11-06"},
        ),
        ([["单号：FH-1", "日期：   年   月   日"], ["客户：" + NINGBO]], {"external_no": "FH-1"}),
        (
            [["单号：FH-1", "客户：" + NINGBO, "電話：0574-55501180 / 13800000000"]],
            {"phone": "0574-55501180 / 13800000000"},
        ),
        (
            [["Ship To: " + TAICHUNG, None, "PL No: PL-2026-001", "Date: Nov 6, 2026"]],
            {"customer": TAICHUNG, "external_no": "PL-2026-001", "ship_on": "2026-11-06"},
        ),
    ],
)
def test_labels_in_odd_dress(rows, facts):
    note = only(*rows, HEAD, LINE)

    assert {key: note[key] for key in facts} == facts


def test_pieces_count_and_boxes_do_not():
    assert goods(only(LABELS, ["料號", "數量(箱)", "數量(台)"], [PUMP, 1, 12])) == [(PUMP, "12")]


def test_three_facts_in_one_column():
    line = only(LABELS, ["品名/料號/規格", "數量"], ["多級離心泵/P-100-2/CDL32-50", 2])["lines"][0]

    assert (line["name"], line["part_no"], line["spec"]) == ("多級離心泵", PUMP, "CDL32-50")
