"""What a row under the heading is: a row of the register, or a total, a footer, the heading again."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.registers.columns import Column, Table
from aftersales.core.spreadsheets.cells import looks_like_number, number, plain_number
from aftersales.core.spreadsheets.grid import FORMULA, Cell, Row
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.spreadsheets.total_words import is_subtotal, total_word
from aftersales.core.text import fold

_FEW = 3  # a footer says no more than so many things in the register's columns
_LONG = 60
_FOOTER = re.compile(
    r"(?:制表|制单|填表|统计|审核|复核|核准|批准|经办|主管|负责人|打印|列印|导出|汇出|备注|说明|附注|注|"
    r"日期|时间|单位|盖章|签字|签章|签名|preparedby|checkedby|approvedby|printed|note|remark)(?:人|员|日期|时间|on|by)?"
    r"(?:[:(].*|)|(?:以上|以下|注意|公司盖章).*|第\d+页.*|共\d+.*|页码.*|page\d+.*|\*{3}.*|endof.*"
)
_SENTENCE = re.compile("[，。；！]")


class Sorter:
    """Tells rows apart from top to bottom. What it answers is a warning's code and words, or None
    for a row of the register."""

    def __init__(self, table: Table, columns: list[Column], needs: tuple[tuple[str, ...], ...]):
        self._table, self._needs = table, needs
        self._summed = [column.name for column in columns if column.is_summed]
        self._headings = set(table.texts.values())
        self._sums = {name: Decimal(0) for name in self._summed}
        self._since = dict(self._sums)
        self._had_row = False

    def why_not(self, row: Row, said: dict[str, Cell]) -> tuple[str, str, str] | None:
        """(fact, code, message) where the row is none of the register's."""
        texts = [str(cell.value) for cell in row if isinstance(cell.value, str)]
        first = next(iter(said), "")
        if len(texts) >= 2 and all(text.strip() in self._headings for text in texts):
            return first, "ignored_row", _("標題列又出現一次，沒有匯入")
        is_whole = all(any(name in said for name in names) for names in self._needs)
        if is_whole and len(said) > _FEW:
            self._add(said)
            return None
        word = next((word for text in texts if (word := total_word(text))), None)
        if not is_whole and self._is_sum(said):
            word = word or "="
        if word:
            return self._total(word, said)
        if self._is_footer(texts, said, is_whole=is_whole):
            shown = texts[0].strip()[:40]
            return first, "ignored_row", _("「%(text)s」是頁尾或說明，沒有匯入") % {"text": shown}
        self._add(said)
        return None

    def _add(self, said: dict[str, Cell]) -> None:
        self._had_row = True
        for name in self._summed:
            try:
                value = number(said[name])[0] if name in said else Decimal(0)
            except CellProblem:
                continue
            self._sums[name] += value
            self._since[name] += value

    def _is_sum(self, said: dict[str, Cell]) -> bool:
        """Figures under the summed columns and nothing else, below rows of the register."""
        return (
            self._had_row
            and bool(said)
            and set(said) <= set(self._summed)
            and all(looks_like_number(cell) for cell in said.values())
        )

    def _total(self, word: str, said: dict[str, Cell]) -> tuple[str, str, str]:
        for name in self._summed:
            cell = said.get(name)
            if cell is None or not looks_like_number(cell) or cell.value is None:
                continue
            stated = number(cell)[0]
            right = self._since[name] if is_subtotal(word) else self._sums[name]
            if stated not in (self._sums[name], self._since[name]):
                words = _("合計寫的是 %(stated)s，以上各列相加是 %(right)s；合計列沒有匯入")
                values = {"stated": plain_number(stated), "right": plain_number(right)}
                return name, "total_mismatch", words % values
        self._since = dict.fromkeys(self._summed, Decimal(0))
        return next(iter(said), ""), "ignored_row", _("合計列，沒有匯入")

    def _is_footer(self, texts: list[str], said: dict[str, Cell], *, is_whole: bool) -> bool:
        """Labels, signatures, a page number, a sentence: below the rows or between two pages."""
        if not texts or len(said) > _FEW or any(cell.kind == FORMULA for cell in said.values()):
            return False
        opening = fold(texts[0])
        is_label = _FOOTER.fullmatch(opening) is not None
        is_alone = len(said) == 1
        is_prose = is_alone and (_SENTENCE.search(texts[0]) is not None or len(texts[0]) > _LONG)
        if is_whole:
            return is_prose or (is_alone and is_label and ":" in opening)
        return is_prose or is_label
