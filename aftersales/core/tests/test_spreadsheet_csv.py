"""CSV as offices write it: four encodings, three separators, lines inside of fields."""

import pytest

from aftersales.core.spreadsheets.reading import open_grid
from aftersales.core.spreadsheets.refusals import UnreadableFile

TRADITIONAL = "發貨單號,客戶,料號,數量\nA-1,寧波海曙水務設備有限公司,P-100-2,4\n"
SIMPLIFIED = "发货单号,客户,物料号,数量\nA-1,宁波海曙水务设备有限公司,P-100-2,4\n"


def values(data: bytes, name: str = "a.csv") -> list[list]:
    return [[cell.value for cell in row] for row in open_grid(data, name).sheets[0].rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"]
)
def test_traditional_text_in_any_encoding(encoding):
    assert values(TRADITIONAL.encode(encoding)) == [
        ["發貨單號", "客戶", "料號", "數量"],
        ["A-1", "寧波海曙水務設備有限公司", "P-100-2", "4"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_simplified_text_in_any_encoding(encoding):
    assert values(SIMPLIFIED.encode(encoding))[1][1] == "宁波海曙水务设备有限公司"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator):
    text = TRADITIONAL.replace(",", separator)

    assert values(text.encode())[1] == ["A-1", "寧波海曙水務設備有限公司", "P-100-2", "4"]


def test_excels_hint_of_the_separator_is_no_row():
    assert values(b"sep=;\na;b,c\n1;2") == [["a", "b,c"], ["1", "2"]]


def test_quotes_line_ends_and_blank_rows_keep_the_numbers_of_rows():
    sheet = open_grid('a,b\n"一\n二","x ""y"""\n\n,,\n3,4\n'.encode(), "a.csv").sheets[0]

    assert [(row.number, [cell.value for cell in row]) for row in sheet.rows] == [
        (1, ["a", "b"]),
        (2, ["一\n二", 'x "y"']),
        (5, ["3", "4"]),
    ]


def test_what_excel_would_take_for_a_formula_is_one():
    cells = open_grid(b'a,=1+1,"=""00123""",-5,+3\n', "a.csv").sheets[0].rows[0].cells

    assert [(cell.kind, cell.value) for cell in cells.values()] == [
        ("text", "a"),
        ("formula", None),
        ("text", "00123"),
        ("text", "-5"),
        ("text", "+3"),
    ]


def test_old_line_ends():
    assert values(b"a,b\r1,2\r\n3,4\n") == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_tables_of_tabs_that_are_named_xls_are_read():
    assert values("料號\t數量\nP-1\t2\n".encode(), "a.xls") == [["料號", "數量"], ["P-1", "2"]]


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, b"\xff\xfe\x00", b"\x80\x81\xfe\xff" * 40]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableFile) as refused:
        open_grid(data, "a.csv")

    assert refused.value.code == "not_a_workbook"
