"""A file made into sheets of cells, or one refusal that says what it is and what to do."""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import delimited, signatures, workbook
from aftersales.core.spreadsheets.grid import EPOCH_1900, Grid, Row, Sheet
from aftersales.core.spreadsheets.limits import MEGABYTE, Limits
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.spreadsheets.worksheet import Budget

_TEXT_NAMES = (".csv", ".txt", ".tsv", ".xls", "")

Source = BinaryIO | bytes | Path


@dataclass(frozen=True)
class Book:
    """An open file: its sheets, each with title, number, is_hidden and merges, and the day from
    which it counts. Rows are read from the file whenever they are asked for."""

    name: str
    sheets: list[workbook.WorkbookSheet] | list[delimited.DelimitedSheet]
    epoch: datetime.date
    limits: Limits

    def rows(self, sheet, budget: Budget | None = None) -> Iterator[Row]:
        """The rows of one of the sheets that hold something, one after the other."""
        return sheet.rows(budget or Budget(self.limits))


@contextmanager
def open_book(file: Source, name: str, *, limits: Limits | None = None) -> Iterator[Book]:
    """A workbook (.xlsx, .xlsm) or a CSV file by its content, whatever it is named, to be read
    row by row: memory grows with its different texts, not with its rows.

    `file` is a path, the bytes or something to read them from; `name` is what the user called
    it. Macros are not run, links not followed, formulas not worked out. Raises UnreadableFile
    with code `not_a_workbook` or `too_large`, also while rows are read.
    """
    limits = limits or Limits()
    with _opened(file) as stream:
        size = _measured(stream, limits)
        signatures.refuse_what_is_no_workbook(stream, name=name)
        stream.seek(0)
        if stream.read(4) in signatures.ZIP:
            sheets, epoch = _in_package(stream, size, limits)
        elif PurePath(name).suffix.lower() in _TEXT_NAMES:
            sheets, epoch = [delimited.sheet_of(stream)], EPOCH_1900
        else:
            raise UnreadableFile(signatures.NOT_TEXT)
        yield Book(name, sheets, epoch, limits)


def open_grid(file: Source, name: str, *, limits: Limits | None = None) -> Grid:
    """The same file as a whole, with every sheet in memory; raises UnreadableFile."""
    with open_book(file, name, limits=limits) as book:
        budget = Budget(book.limits)
        grid = Grid(name, [], book.epoch)
        for each in book.sheets:
            rows = sorted(book.rows(each, budget), key=lambda row: row.number)
            grid.sheets.append(Sheet(each.title, each.number, rows, each.merges, each.is_hidden))
        return grid


def _in_package(stream: BinaryIO, size: int, limits: Limits):
    try:
        return workbook.sheets_of(stream, size=size, limits=limits)
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError) as damage:
        raise UnreadableFile(signatures.DAMAGED) from damage


@contextmanager
def _opened(file: Source) -> Iterator[BinaryIO]:
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield stream
    else:
        yield io.BytesIO(file) if isinstance(file, bytes) else file


def _measured(stream: BinaryIO, limits: Limits) -> int:
    size = stream.seek(0, io.SEEK_END)
    if size > limits.file_size:
        raise UnreadableFile(
            _("檔案超過上限 %(limit)s MB，請刪去圖片與不需要的工作表，或分成幾個檔案上傳")
            % {"limit": f"{limits.file_size / MEGABYTE:,.0f}"},
            code="too_large",
        )
    return size
