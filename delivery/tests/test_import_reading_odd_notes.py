"""3.1.3 「發貨單」: notes laid out in ways that one meets less often."""

import pytest

from delivery.imports.reading import read_shipping_notes
from delivery.tests.import_files import (
    CATALOGUE,
    GASKET,
    MOTOR,
    NINGBO,
    PUMP,
    SEAL,
    SUZHOU,
    TAICHUNG,
    documents,
    goods,
    places,
    read,
    workbook,
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


def test_titles_with_numbers_part_the_blocks():
    found = documents(
        [
            ["发货单 FH-001"],
            ["客户：" + NINGBO],
            HEAD,
            LINE,
            ["发货单 FH-002"],
            ["客户：" + SUZHOU],
            HEAD,
            [SEAL, "密封", 2],
        ]
    )

    assert [(note["external_no"], note["customer"]) for note in found] == [
        ("FH-001", NINGBO),
        ("FH-002", SUZHOU),
    ]


def test_two_tables_side_by_side():
    note = only(
        LABELS,
        [*HEAD, None, *HEAD],
        [PUMP, "泵", 1, None, SEAL, "密封", 2],
        [MOTOR, "電機", 3],
        ["合計", None, 4, None, "合計", None, 2],
    )

    assert goods(note) == [(PUMP, "1"), (MOTOR, "3"), (SEAL, "2")]


def test_two_notes_side_by_side_and_two_more_below():
    def block(one, other, first, second):
        return [
            ["送貨單", None, None, None, "送貨單"],
            ["客戶：" + first, None, None, None, "客戶：" + second],
            ["單號：" + one, None, None, None, "單號：" + other],
            [*HEAD, None, *HEAD],
            [*LINE, None, SEAL, "密封", 2],
            ["合計", None, 1, None, "合計", None, 2],
            ["簽收：", None, None, None, "簽收："],
        ]

    found = documents(
        [*block("A-1", "A-2", NINGBO, SUZHOU), *block("A-3", "A-4", SUZHOU, TAICHUNG)]
    )

    assert [(note["external_no"], note["customer"], goods(note)) for note in found] == [
        ("A-1", NINGBO, [(PUMP, "1")]),
        ("A-2", SUZHOU, [(SEAL, "2")]),
        ("A-3", SUZHOU, [(PUMP, "1")]),
        ("A-4", TAICHUNG, [(SEAL, "2")]),
    ]


def test_a_table_in_two_halves_and_another_note_below():
    half = [[*HEAD, None, *HEAD], [*LINE, None, SEAL, "密封", 2]]
    found = documents(
        [["單號：B-1", "客戶：" + NINGBO], *half, [], ["單號：B-2", "客戶：" + SUZHOU], *half]
    )

    assert [(note["external_no"], note["customer"], len(note["lines"])) for note in found] == [
        ("B-1", NINGBO, 2),
        ("B-2", SUZHOU, 2),
    ]


def test_a_row_naming_the_customer_before_the_lines_of_numbered_notes():
    found = documents(
        [
            ["單號", *HEAD],
            ["客戶：" + NINGBO],
            ["Z-1", *LINE],
            ["客戶：" + SUZHOU],
            ["Z-2", SEAL, "密封", 2],
        ]
    )

    assert [(note["external_no"], note["customer"]) for note in found] == [
        ("Z-1", NINGBO),
        ("Z-2", SUZHOU),
    ]


def test_a_flat_english_list():
    found = documents(
        [
            ["Customer PO", "Customer", "DN #", "Item", "Part #", "Description", "Qty", "S/N"],
            ["PO1", NINGBO, "DN1", 1, PUMP, "pump", 2, "A1/A2"],
            ["PO1", NINGBO, "DN1", 2, SEAL, "seal", 2, None],
            ["PO2", SUZHOU, "DN2", 1, SEAL, "seal", 3, None],
        ]
    )

    assert [(note["external_no"], note["order_no"], goods(note)) for note in found] == [
        ("DN1", "PO1", [(PUMP, "2"), (SEAL, "2")]),
        ("DN2", "PO2", [(SEAL, "3")]),
    ]
    assert found[0]["lines"][0]["serial_nos"] == ["A1", "A2"]


def test_hidden_rows_count_and_hidden_sheets_do_not():
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(
        BytesIO(
            workbook(
                [["單號", "客戶", *HEAD], ["Z-1", NINGBO, *LINE], ["Z-2", NINGBO, *LINE]],
                [["單號", "客戶", *HEAD], ["Z-3", NINGBO, *LINE]],
            )
        )
    )
    book.worksheets[0].row_dimensions[2].hidden = True
    book.worksheets[1].sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    reading = read_shipping_notes(file.getvalue(), "a.xlsx", catalogue=CATALOGUE)

    assert [document.external_no for document in reading.documents] == ["Z-1", "Z-2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_a_csv_file(encoding):
    text = f'發貨單號,客戶,料號,品名,數量,備註\nZ-1,{TAICHUNG},P-100-2,泵,"1,200",急\n,,S-210,密封,2,\n'

    reading = read_shipping_notes(text.encode(encoding), "a.csv", catalogue=CATALOGUE)

    assert [error.as_json() for error in reading.errors] == []
    assert goods(reading.documents[0].as_json()) == [(PUMP, "1200"), (SEAL, "2")]


def test_lines_of_one_number_in_two_sheets_are_one_note():
    found = documents(
        ("第1頁", [LABELS, HEAD, LINE]),
        ("第2頁", [LABELS, HEAD, [SEAL, "密封", 2], [GASKET, "墊片", 3]]),
    )

    assert [goods(note) for note in found] == [[(PUMP, "1"), (SEAL, "2"), (GASKET, "3")]]


def test_numbers_that_differ_only_in_width_and_case_are_one():
    found = documents(
        [["單號", "客戶", *HEAD], ["fh-1", NINGBO, *LINE], ["ＦＨ－１ ", NINGBO, SEAL, "密封", 2]]
    )

    assert [len(note["lines"]) for note in found] == [2]


def test_a_list_of_notes_in_one_sheet_and_their_lines_in_another():
    heads = (
        "單頭",
        [["發貨單號", "客戶", "收貨人"], ["Z-1", NINGBO, "陳志遠"], ["Z-2", SUZHOU, "林工"]],
    )
    lines = (
        "單身",
        [["發貨單號", *HEAD], ["Z-1", *LINE], ["Z-2", SEAL, "密封", 2], ["Z-1", MOTOR, "電機", 1]],
    )
    found = documents(heads, lines)

    assert [(note["external_no"], note["customer"], note["consignee"]) for note in found] == [
        ("Z-1", NINGBO, "陳志遠"),
        ("Z-2", SUZHOU, "林工"),
    ]
    assert [len(note["lines"]) for note in found] == [2, 1]


def test_an_error_in_the_list_of_notes_is_told_there():
    heads = ("單頭", [["發貨單號", "客戶"], ["Z-1", "無此公司"]])
    reading = read(heads, ("單身", [["發貨單號", *HEAD], ["Z-1", *LINE]]))

    assert places(reading.errors) == [(2, "B", "unknown_customer")]


def test_numbers_of_notes_under_a_mere_no():
    found = documents(
        [
            ["No.", "客戶", "料號", "數量"],
            ["S-1", NINGBO, PUMP, 1],
            ["S-1", NINGBO, SEAL, 2],
            ["S-2", SUZHOU, SEAL, 2],
        ]
    )

    assert [note["external_no"] for note in found] == ["S-1", "S-2"]


def test_an_export_of_a_taiwanese_system():
    head = [
        "單別",
        "單號",
        "客戶代號",
        "客戶簡稱",
        "單據日期",
        "品號",
        "品名",
        "規格",
        "單位",
        "數量",
        "單價",
        "金額",
        "預交日",
    ]
    row = [
        "2301",
        "20261106001",
        "C001",
        "寧波海曙",
        "2026/11/06",
        PUMP,
        "泵",
        "CDL",
        "PCS",
        1,
        10,
        10,
    ]
    note = only(head, [*row, "2026/11/20"])

    assert (note["external_no"], note["customer_code"]) == ("20261106001", "C001")
    assert note["issued_on"] == "2026-11-06"
    assert note["lines"][0]["due_on"] == "2026-11-20"
