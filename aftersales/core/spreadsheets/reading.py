"""A file made into a grid of cells, or one refusal that says what it is and what to do."""

from pathlib import Path, PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import signatures
from aftersales.core.spreadsheets.delimited import read_delimited
from aftersales.core.spreadsheets.grid import Grid
from aftersales.core.spreadsheets.limits import MEGABYTE, Limits
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.spreadsheets.workbook import read_workbook

_TEXT_NAMES = (".csv", ".txt", ".tsv", ".xls", "")


def open_grid(file: BinaryIO | bytes | Path, name: str, *, limits: Limits | None = None) -> Grid:
    """Read a workbook (.xlsx, .xlsm) or a CSV file by its content, whatever it is named.

    `file` is a path, the bytes or something to read them from; `name` is what the user called
    it. Macros are not run, links not followed, formulas not worked out. Raises UnreadableFile
    with code `not_a_workbook` or `too_large`.
    """
    limits = limits or Limits()
    data = _bytes(file, limits)
    signatures.refuse_what_is_no_workbook(data, name=name)
    if data.startswith(signatures.ZIP):
        try:
            return read_workbook(data, name=name, limits=limits)
        except (ValueError, TypeError, IndexError, OverflowError, RecursionError) as damage:
            # Whatever a damaged package makes of numbers and references, it is no workbook.
            raise UnreadableFile(signatures.DAMAGED) from damage
    if PurePath(name).suffix.lower() not in _TEXT_NAMES:
        raise UnreadableFile(signatures.NOT_TEXT)
    return read_delimited(data, name=name, limits=limits)


def _bytes(file: BinaryIO | bytes | Path, limits: Limits) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as stream:
            data = stream.read(limits.file_size + 1)
    elif isinstance(file, bytes):
        data = file
    else:
        data = file.read(limits.file_size + 1)
    if len(data) > limits.file_size:
        raise UnreadableFile(
            _("檔案超過上限 %(limit)s MB，請刪去圖片與不需要的工作表，或分成幾個檔案上傳")
            % {"limit": f"{limits.file_size / MEGABYTE:,.0f}"},
            code="too_large",
        )
    return data
