"""CSV as offices write it: four encodings, three separators, line ends inside of fields."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, TextIO

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import signatures
from aftersales.core.spreadsheets.grid import FORMULA, TEXT, Cell, Merge, Row
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.spreadsheets.worksheet import Budget

_SEPARATORS = ",;\t|"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHINESE = ("gb18030", "cp950", "big5hkscs")
_TEXT_TRICK = re.compile(r'="([^"]*)"')
# Characters that are frequent in any Chinese text of an office, in both scripts: the right one
# of two possible encodings has many of them, the wrong one next to none.
_FREQUENT = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动"
    "同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经十三之進进着等部度家電电力裡里如水化高自二理起小物"
    "現现實实加量都兩两體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相"
    "全表間间樣样與与關关各重新線线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意"
    "建月公無无系軍军很情者最立代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头"
    "號号單单名稱称客戶户規规格型日期訂订購购送貨货地址聯联絡络電話话備备註注金額额價价序列批收件司市區区路縣县省江蘇苏"
    "浙寧宁波台臺北京上海廣广州深圳有限股份泵機电密封閥阀墊垫片套隻只個箱米根支"
)


@dataclass
class DelimitedSheet:
    """A text file as a sheet of texts. Rows are counted as a spreadsheet would show them."""

    _stream: BinaryIO
    _encoding: str
    title: str = ""
    number: int = 1
    is_hidden: bool = False
    merges: list[Merge] = field(default_factory=list)

    def rows(self, budget: Budget) -> Iterator[Row]:
        """Its rows, read anew each time. Raises UnreadableFile."""
        self._stream.seek(0)
        # Line ends of all three kinds become one.
        text = io.TextIOWrapper(self._stream, encoding=self._encoding, newline=None)
        try:
            yield from _rows(text, budget)
        except csv.Error as error:
            raise UnreadableFile(
                _("這個 CSV 檔的引號或欄位不完整，請用 Excel 打開後存成 .xlsx")
            ) from error
        finally:
            text.detach()


def sheet_of(stream: BinaryIO) -> DelimitedSheet:
    """The one sheet of a text file; raises UnreadableFile where it is none."""
    return DelimitedSheet(stream, _encoding(stream))


def _rows(text: TextIO, budget: Budget) -> Iterator[Row]:
    head = text.read(20_000)
    first, _line_end, rest = head.partition("\n")
    separator = None
    if re.fullmatch(r'"?sep=(.)"?', first.strip(), re.IGNORECASE):
        # Excel's own hint is no row of the sheet as Excel shows it.
        separator, head = first.strip().strip('"')[4], rest
    lines = chain(io.StringIO(head + text.readline()), text)
    records = csv.reader(lines, delimiter=separator or _separator(head))
    for number, record in enumerate(records, start=1):
        cells = {
            column: _cell(number, column, value)
            for column, value in enumerate(record, start=1)
            if value.strip()
        }
        if cells:
            row = Row(number, cells)
            budget.take(row)
            yield row


def _cell(row: int, column: int, value: str) -> Cell:
    trick = _TEXT_TRICK.fullmatch(value.strip())
    if trick:
        return Cell(row, column, trick[1], TEXT)
    if value.startswith("=") and len(value) > 1:
        return Cell(row, column, None, FORMULA, value[1:])
    return Cell(row, column, value, TEXT)


def _separator(head: str) -> str:
    """The sign that cuts the most rows into the same number of fields."""

    def score(separator: str) -> tuple[int, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(head), delimiter=separator) if row]
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return sum(widths.values()) + count, width

    return max(_SEPARATORS, key=score)


def _encoding(stream: BinaryIO) -> str:
    """How the text is written; raises UnreadableFile where it is no text."""
    stream.seek(0)
    start = stream.read(2000)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            if _head(stream, encoding) is None:
                _not_text()
            return encoding
    if zeros := start.count(0):
        encoding = "utf-16-le" if start[1::2].count(0) > zeros / 2 else "utf-16-be"
        head = _head(stream, encoding) if zeros * 5 > len(start) else None
        if not head or not any(sign in head for sign in ",;\t\n"):
            _not_text()
        return encoding
    heads = {"utf-8": _head(stream, "utf-8")}
    if heads["utf-8"] is None:
        heads = {encoding: _head(stream, encoding) for encoding in _CHINESE}
    found = {encoding: head for encoding, head in heads.items() if head}
    best = max(found, key=lambda encoding: _familiarity(found[encoding]), default=None)
    if best is None or _looks_binary(found[best]):
        _not_text()
    return best


def _head(stream: BinaryIO, encoding: str) -> str | None:
    """The beginning of the text, None where the file as a whole is not written so."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    head = ""
    stream.seek(0)
    try:
        while piece := stream.read(256 * 1024):
            text = decoder.decode(piece)
            head = head or text
        head += decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return head


def _familiarity(text: str) -> float:
    han = [char for char in text[:50_000] if char > "\x7f"]
    odd = sum("\ue000" <= char <= "\uf8ff" for char in han)
    return (sum(char in _FREQUENT for char in han) - odd) / (len(han) or 1)


def _looks_binary(text: str) -> bool:
    head = text[:4000]
    return sum(char < " " and char not in "\t\n\r\x0b\x0c" for char in head) * 20 > len(head)


def _not_text():
    raise UnreadableFile(signatures.NOT_TEXT)
