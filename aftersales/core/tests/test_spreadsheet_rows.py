"""A large file is read row by row: as often as wanted, and no further than wanted."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.reading import open_book, open_grid
from aftersales.core.spreadsheets.refusals import UnreadableFile


def workbook(rows: int) -> bytes:
    book, file = Workbook(), BytesIO()
    for number in range(rows):
        book.active.append([f"P-{number}", "機械密封", number])
    book.active.merge_cells("A1:A2")
    book.save(file)
    return file.getvalue()


def csv(rows: int, encoding: str = "utf-8") -> bytes:
    return "".join(f"P-{number},机械密封,{number}\r\n" for number in range(rows)).encode(encoding)


def values(rows) -> list[list]:
    return [[cell.value for cell in row] for row in rows]


@pytest.mark.parametrize(("data", "name"), [(workbook(5_000), "a.xlsx"), (csv(5_000), "a.csv")])
def test_rows_are_those_of_the_whole_sheet_as_often_as_they_are_read(data, name):
    whole = open_grid(data, name).sheets[0]

    with open_book(data, name) as book:
        first = values(book.rows(book.sheets[0]))
        again = values(book.rows(book.sheets[0]))

    assert first == again == values(whole.rows)
    assert book.sheets[0].merges == whole.merges


@pytest.mark.parametrize("data", [workbook(5_000), csv(5_000)])
def test_somebody_who_wants_three_rows_reads_no_more(data, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(data)

    with open_book(path, path.name) as book:
        rows = book.rows(book.sheets[0])
        first = [next(rows).number for _each in range(3)]
        rows.close()
        assert len(list(book.rows(book.sheets[0]))) == 5_000

    assert first == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_long_text_file_is_read_in_any_encoding(encoding):
    with open_book(csv(20_000, encoding), "a.csv") as book:
        rows = values(book.rows(book.sheets[0]))

    assert rows[-1] == ["P-19999", "机械密封", "19999"]


def test_a_character_cut_by_the_edge_of_a_piece_is_whole():
    data = ("x" * (256 * 1024 - 1) + "泵,1\n").encode()

    with open_book(data, "a.csv", limits=Limits(columns=5)) as book, pytest.raises(UnreadableFile):
        list(book.rows(book.sheets[0]))  # 256 KB in one field is no field of an office

    with open_book(b"1,2\n" * 65_535 + b"123" + "泵,1\n".encode(), "a.csv",
                   limits=Limits(rows=100_000)) as book:  # fmt: skip
        assert values(book.rows(book.sheets[0]))[-1] == ["123泵", "1"]


def test_a_field_that_stands_across_the_rows_looked_at_first_is_one_field():
    text = "料號,備註\n" + 'P-1,"' + "很長的\n說明，\n" * 4_000 + '"\nP-2,短\n'

    with open_book(text.encode(), "a.csv") as book:
        rows = values(book.rows(book.sheets[0]))

    assert [row[0] for row in rows] == ["料號", "P-1", "P-2"]


def test_a_file_damaged_at_its_end_is_refused_when_its_end_is_reached():
    whole = BytesIO(workbook(5_000))
    damaged = BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(damaged, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data[:-40] if part.endswith("sheet1.xml") else data)

    with open_book(damaged.getvalue(), "a.xlsx") as book:
        rows = book.rows(book.sheets[0])
        assert next(rows).number == 1
        with pytest.raises(UnreadableFile):
            list(rows)


def test_the_limit_of_rows_holds_while_rows_are_read():
    with open_book(csv(11), "a.csv", limits=Limits(rows=10)) as book:
        rows = book.rows(book.sheets[0])
        assert [next(rows).number for _each in range(10)][-1] == 10
        with pytest.raises(UnreadableFile) as refused:
            next(rows)

    assert refused.value.code == "too_large"
