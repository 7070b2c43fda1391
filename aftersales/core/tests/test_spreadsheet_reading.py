"""A file becomes a grid of cells, whatever program wrote it."""

import datetime
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from aftersales.core.spreadsheets.grid import column_letter, column_number
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.reading import open_grid
from aftersales.core.spreadsheets.refusals import UnreadableFile


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def package(sheet: str, **parts: str) -> bytes:
    """A workbook of one sheet given as XML, with other parts put in its place or added."""
    contents = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="r1" Type="x/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
    }
    contents |= {
        name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return file.getvalue()


def values(data: bytes, name: str = "a.xlsx") -> list[list]:
    return [[cell.value for cell in row] for row in open_grid(data, name).sheets[0].rows]


def refusal(data: bytes, name: str = "a.xlsx", **options) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        open_grid(data, name, **options)
    return refused.value


def test_cells_know_their_place_and_kind():
    book = Workbook()
    book.active.append(["文字", 4, 1.5, True, datetime.date(2026, 11, 6), "=SUM(B1:C1)"])
    sheet = open_grid(saved(book), "a.xlsx").sheets[0]

    assert [(cell.letter, cell.value, cell.kind) for cell in sheet.rows[0]] == [
        ("A", "文字", "text"),
        ("B", 4, "number"),
        ("C", 1.5, "number"),
        ("D", True, "truth"),
        ("E", datetime.datetime.fromisoformat("2026-11-06"), "date"),
        ("F", None, "formula"),
    ]
    assert sheet.cell(1, 6).formula == "SUM(B1:C1)"


def test_a_formula_has_its_text_and_what_it_was_worked_out_to():
    data = package(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"</f><v>字</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>A1</f><v/></c>'
        '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    row = open_grid(data, "a.xlsx").sheets[0].rows[0]

    assert [(cell.kind, cell.formula, cell.value) for cell in row] == [
        ("formula", "1+1", 2),
        ("formula", '"x"', "字"),
        ("formula", '""', ""),
        ("formula", "A1", None),
        ("formula", "1/0", "#DIV/0!"),
    ]


def test_texts_of_every_make():
    data = package(
        '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>甲</t></r>'
        '<r><t>乙</t></r></is></c><c t="str"><v>a_x000D_b</v></c><c t="s"><v>99</v></c></row>',
        **{
            "xl__sharedStrings_xml": "<sst><si><t>共用</t></si><si><r><t>東</t></r><r><t>京</t></r>"
            "<rPh><t>とうきょう</t></rPh></si></sst>"
        },
    )

    assert values(data) == [["共用", "東京", "甲乙", "a\rb"]]


def test_rows_and_cells_without_place_follow_one_another():
    data = package("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    sheet = open_grid(data, "a.xlsx").sheets[0]
    assert [(row.number, [cell.letter for cell in row]) for row in sheet.rows] == [
        (1, ["A", "B"]),
        (2, ["A"]),
    ]


def test_names_with_a_prefix_and_strict_writers_are_understood():
    data = package(
        "",
        **{
            "xl__worksheets__sheet1_xml": '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1">'
            '<x:c r="A1" t="d"><x:v>2026-11-06T00:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        },
    )

    assert values(data) == [[datetime.datetime.fromisoformat("2026-11-06")]]


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ("yyyy-mm-dd", True),
        ('yyyy"年"m"月"d"日"', True),
        ("[$-404]e/m/d", True),
        ("m/d", True),
        ("[h]:mm:ss", False),
        ("h:mm", False),
        ('0"d"', False),
        ("General", False),
        ('"NT$"#,##0', False),
        ("0.00E+00", False),
        ("#,##0.00_);[Red](#,##0.00)", False),
    ],
)
def test_a_number_is_a_day_by_its_format(number_format, is_date):
    book = Workbook()
    book.active["A1"] = 46332
    book.active["A1"].number_format = number_format
    cell = open_grid(saved(book), "a.xlsx").sheets[0].rows[0].cells[1]

    assert (cell.kind == "date") is is_date
    assert cell.value == (datetime.datetime.fromisoformat("2026-11-06") if is_date else 46332)


def test_the_calendar_of_1904():
    sheet = '<row r="1"><c r="A1" s="0"><v>44870</v></c></row>'
    parts = {
        "xl__workbook_xml": '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl__styles_xml": '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
    }

    assert values(package(sheet, **parts)) == [[datetime.datetime.fromisoformat("2026-11-06")]]


def test_merged_cells_hidden_sheets_and_hidden_rows_are_told():
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c"])
    book.active.merge_cells("A2:B3")
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    grid = open_grid(saved(book), "a.xlsx")

    merge = grid.sheets[0].merges[0]
    assert (merge.top, merge.left, merge.bottom, merge.right) == (2, 1, 3, 2)
    assert [row.is_hidden for row in grid.sheets[0].rows] == [False, True]
    assert [(sheet.title, sheet.is_hidden) for sheet in grid.sheets] == [
        ("Sheet", False),
        ("藏", True),
    ]


def test_an_absurd_extent_costs_nothing():
    data = package(
        "",
        **{
            "xl__worksheets__sheet1_xml": '<worksheet><dimension ref="A1:XFD1048576"/><cols>'
            '<col min="1" max="16384" style="1"/></cols><sheetData><row r="1048576"><c r="A1048576">'
            '<v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            "</worksheet>"
        },
    )
    sheet = open_grid(data, "a.xlsx").sheets[0]

    assert [row.number for row in sheet.rows] == [1_048_576]


def test_damaged_styles_and_missing_parts_are_survived():
    sheet = '<row r="1"><c r="A1" s="7"><v>46332</v></c><c r="B1" s="999"><v>1</v></c></row>'

    assert values(package(sheet, xl__styles_xml="<styleSheet><oops")) == [[46332, 1]]
    assert values(package(sheet)) == [[46332, 1]]


def test_a_sheet_whose_part_is_missing_is_left_out():
    book = package(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        **{
            "xl__workbook_xml": '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="gone"/>'
            '<sheet name="b" r:id="r1"/></sheets></workbook>'
        },
    )

    assert [sheet.title for sheet in open_grid(book, "a.xlsx").sheets][-1] == "b"


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>1,5</v></c></row>',
        '<row r="1"><c r="é1"><v>1</v></c></row>',
        '<row r="9999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
    ],
)
def test_a_damaged_sheet_is_refused_and_never_a_traceback(sheet):
    assert refusal(package(sheet)).code == "not_a_workbook"


def test_a_truncated_file_is_refused():
    data = workbook(*([["文字", number, "=A1"] for number in range(50)]))

    for size in range(0, len(data), 97):
        assert refusal(data[:size]).code == "not_a_workbook"


def test_a_workbook_with_changed_bytes_is_read_or_refused():
    data = workbook(*([["文字", number, "=A1"] for number in range(20)]))
    outcomes = set()

    for at in range(0, len(data), 31):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        try:
            outcomes.add(len(open_grid(bytes(changed), "a.xlsx").sheets[0].rows))
        except UnreadableFile as refused:
            outcomes.add(refused.code)

    assert outcomes <= {20, "not_a_workbook", "too_large"}


def zip_of(**parts: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "HTML"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>x", "HTML"),
        ("<html><table>".encode("utf-16"), "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (OLE + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密碼"),
        (OLE + "WordDocument".encode("utf-16-le"), "Office"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "圖片"),
        (b"Rar!\x1a\x07", "壓縮檔"),
        (zip_of(readme="hello"), "壓縮檔"),
        (zip_of(word__document_xml="<w/>"), "Word"),
        (
            zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
            ".ods",
        ),
        (zip_of(**{"xl/workbook.bin": "x"}), ".xlsb"),
        (b"PK\x03\x04 broken", "損壞"),
        (b"just a few words", "CSV"),
        (bytes(range(256)) * 20, "不是"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(data, word):
    refused = refusal(data)

    assert refused.code == "not_a_workbook"
    assert word in str(refused.message)


def test_entities_are_refused_in_large_and_in_small_parts():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    sheet = (
        f"{bomb}<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"
    )
    book = f"{bomb}<workbook><sheets/></workbook>"

    for data in (package("", xl__worksheets__sheet1_xml=sheet), package("", xl__workbook_xml=book)):
        refused = refusal(data)
        assert refused.code == "not_a_workbook"
        assert "實體" in str(refused.message)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = package("", xl__worksheets__sheet1_xml="<worksheet>" + " " * (60 * 1024 * 1024))

    assert len(bomb) < 200_000
    assert refusal(bomb).code == "too_large"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_size=100),
        Limits(unpacked_size=100),
        Limits(rows=2),
        Limits(columns=2),
        Limits(cells=4),
        Limits(parts=2),
    ],
)
def test_limits_are_kept_and_told(limits):
    refused = refusal(workbook([1, 2, 3], [1, 2, 3], [1, 2, 3]), limits=limits)

    assert refused.code == "too_large"
    assert any(char.isdigit() for char in str(refused.message))


def test_empty_rows_and_formats_do_not_count_against_the_limits():
    sheet = "".join(f'<row r="{n}"><c r="ZZ{n}" s="1"/></row>' for n in range(1, 50))
    data = package(sheet + '<row r="60"><c r="A60"><v>1</v></c></row>')

    assert len(open_grid(data, "a.xlsx", limits=Limits(rows=2)).sheets[0].rows) == 1


def test_columns_have_letters():
    assert [column_letter(number) for number in (1, 26, 27, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert [column_number(letter) for letter in ("A", "Z", "aa", "XFD")] == [1, 26, 27, 16384]
