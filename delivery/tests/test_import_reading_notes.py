"""3.1.3 「發貨單」: several notes in a sheet or in several, told apart."""

import pytest

from delivery.tests.import_files import (
    GASKET,
    MOTOR,
    NINGBO,
    PUMP,
    SEAL,
    SUZHOU,
    documents,
    goods,
)

pytestmark = pytest.mark.clause("3.1.3")
HEAD = ["料號", "品名", "數量"]


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


def test_two_copies_of_a_note_on_one_paper_are_one_note():
    block = [["單號：Q-1", "客戶：" + NINGBO], HEAD, [PUMP, "泵", 2], ["簽收："]]
    found = documents([*block, [], *block])

    assert [(note["external_no"], goods(note)) for note in found] == [("Q-1", [(PUMP, "2")])]
