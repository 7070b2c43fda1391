"""Where the table stands in a sheet, and which column holds what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from aftersales.core.spreadsheets.cells import is_blank, looks_like_number
from aftersales.core.spreadsheets.grid import TEXT, Cell, Row, column_letter
from delivery.imports import lexicon
from delivery.imports.headings import IGNORED, Heading, heading_of
from delivery.imports.labels import has_pair
from delivery.imports.view import View
from delivery.imports.vocabulary import DOCUMENT_FACTS, LINE_FACTS

_DEEPEST = 3
_THINGS = frozenset(("part_no", "name", "spec"))


@dataclass(slots=True)
class Column:
    """A column of the table: its number, the words over it, and the facts in it."""

    number: int
    text: str
    targets: tuple[str, ...] = ()
    is_several: bool = False
    is_unsure: bool = False
    rank: int = 0
    unit: str = ""

    @property
    def letter(self) -> str:
        return column_letter(self.number)


@dataclass(slots=True)
class Table:
    """A heading of one to three rows, and what its columns hold."""

    top: int
    bottom: int
    columns: list[Column] = field(default_factory=list)
    is_weak: bool = False
    # First and last column, where several tables stand side by side.
    span: tuple[int, int] | None = None

    def column(self, target: str) -> Column | None:
        return next((column for column in self.columns if target in column.targets), None)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user has said about this layout: plain words of headings to targets."""

    targets: Mapping[str, str] = field(default_factory=dict)

    def heading(self, texts: list[str]) -> Heading | None:
        for text in (" ".join(texts), "".join(texts), *texts):
            target = self.targets.get(lexicon.plain(text))
            if target:
                return Heading((target,), rank=-1)
        return None


def find_tables(view: View, mapping: Wishes) -> list[Table]:
    """Every heading in the sheet, from top to bottom; weak ones lack the quantity."""
    tables: list[Table] = []
    rows = view.sheet.rows
    skip_to = 0
    for row in rows:
        if row.number < skip_to or not _could_be_heading(view, row):
            continue
        table = _table_at(view, row.number, mapping)
        if table:
            tables.extend(_side_by_side(table))
            skip_to = table.bottom + 1
    strong = [table for table in tables if not table.is_weak]
    return strong or tables[:1]


def _side_by_side(table: Table) -> list[Table]:
    """The table, or two and more where the same words begin anew further to the right."""
    goods = [column for column in table.columns if set(column.targets) & {*_THINGS, "quantity"}]
    first = goods[0] if goods else None
    starts = [column.number for column in goods if first and column.text == first.text]
    quantities = [column for column in goods if column.targets == ("quantity",)]
    if len(starts) < 2 or len(quantities) != len(starts):
        return [table]
    starts[0] = 1
    bounds = [*starts[1:], 10**6]
    return [
        Table(
            table.top,
            table.bottom,
            [column for column in table.columns if start <= column.number < end],
            table.is_weak,
            (start, end - 1),
        )
        for start, end in zip(starts, bounds, strict=True)
    ]


def _could_be_heading(view: View, row: Row) -> bool:
    """At least two texts and no number: rows of goods have a quantity."""
    if any(cell.kind != TEXT for cell in row):
        return False
    texts = 0
    for cell in row:
        if is_blank(cell):
            continue
        if looks_like_number(cell):
            return False
        texts += 1
    return texts >= 2


def _table_at(view: View, top: int, mapping: Wishes) -> Table | None:
    if not _begins_heading(view, top, mapping):
        return None
    best: Table | None = None
    for bottom in range(top, top + _DEEPEST):
        if bottom > top and not (best or _has_groups(view, top)):
            break
        if bottom > top and not _continues(view, top, bottom, mapping):
            break
        table = Table(top, bottom)
        table.columns = _columns(view, top, bottom, mapping)
        known = {
            target for column in table.columns for target in column.targets if target != IGNORED
        }
        has_goods = bool(known & _THINGS) or _has_unsure_goods(table)
        table.is_weak = "quantity" not in known
        if has_goods and len(known) >= 2 and _is_dense(table):
            if table.is_weak and len(known) < 3:
                continue
            if best is None or _strength(table) > _strength(best) or bottom > top:
                best = table
    return best


def _begins_heading(view: View, top: int, mapping: Wishes) -> bool:
    """Whether the row holds words of columns, or groups of them, and no label with its value."""
    own = view.own(view.sheet.row(top))
    if any(has_pair(cell) or cell.value.rstrip().endswith((":", "：")) for cell in own):
        return False
    known = sum(bool(mapping.heading([cell.value]) or heading_of(cell.value)) for cell in own)
    return known >= 2 or (known >= 1 and any(view.width(cell) > 1 for cell in own))


def _has_groups(view: View, top: int) -> bool:
    """Whether words of goods stand in merged cells, so that the row may name groups of columns.

    A label beside its value, each merged over columns, looks alike but names no goods.
    """
    own = view.own(view.sheet.row(top))
    headings = [heading_of(cell.value) for cell in own]
    names_goods = any(h and (h.is_unsure or set(h.targets) & set(LINE_FACTS)) for h in headings)
    pairs = pairwise(headings)
    has_values = any(h and h.target in DOCUMENT_FACTS and after is None for h, after in pairs)
    return names_goods and not has_values and any(view.is_merged(cell) for cell in own)


def _strength(table: Table) -> tuple[bool, int]:
    return not table.is_weak, sum(bool(column.targets) for column in table.columns)


def _has_unsure_goods(table: Table) -> bool:
    return any(set(column.targets) & _THINGS for column in table.columns)


def _is_dense(table: Table) -> bool:
    """Most words of a heading are words that stand over columns."""
    known = sum(bool(column.targets) for column in table.columns)
    return known * 5 >= len(table.columns) * 2


def _continues(view: View, top: int, row_number: int, mapping: Wishes) -> bool:
    """Whether this row still belongs to the heading: under merged groups, or a second language."""
    row = view.sheet.row(row_number)
    if row is None:
        return any(merge.top == top and merge.bottom >= row_number for merge in view.sheet.merges)
    own = view.own(row)
    if not own or not _could_be_heading_part(own):
        return False
    under_group = known = 0
    for cell in own:
        above = view.heading_at(row_number - 1, cell.column)
        is_words = above is not None and isinstance(above.value, str)
        is_under = is_words and view.width(above) > 1
        under_group += is_under
        joined = [above.value, cell.value] if is_under else [cell.value]
        heading = mapping.heading([cell.value]) or _surely(cell.value) or _surely("".join(joined))
        known += heading is not None
    if under_group == len(own):
        return known > 0
    return known >= 2 and known * 2 > len(own)


def _could_be_heading_part(own: list[Cell]) -> bool:
    return all(isinstance(cell.value, str) and not looks_like_number(cell) for cell in own)


def _surely(text: str) -> Heading | None:
    heading = heading_of(text)
    return heading if heading and heading.rank < 3 else None


def _columns(view: View, top: int, bottom: int, mapping: Wishes) -> list[Column]:
    numbers = set()
    for number in range(top, bottom + 1):
        row = view.sheet.row(number)
        for cell in view.own(row) if row else ():
            numbers.update(range(cell.column, cell.column + min(view.width(cell), 30)))
    columns = []
    for number in sorted(numbers):
        texts, first = [], None
        for row_number in range(top, bottom + 1):
            cell = view.heading_at(row_number, number)
            if cell is not None and isinstance(cell.value, str) and cell is not first:
                texts.append(cell.value)
                first = cell
        if texts and not _is_repeat(view, top, bottom, number):
            columns.append(_column(number, texts, mapping))
    return columns


def _is_repeat(view: View, top: int, bottom: int, number: int) -> bool:
    """A column that is only covered by a cell merged over several, with nothing of its own."""
    cell = view.heading_at(bottom, number)
    if cell is None:
        cells = (view.heading_at(row, number) for row in range(bottom, top - 1, -1))
        cell = next((found for found in cells if found), None)
    return cell is not None and cell.column < number


def _column(number: int, texts: list[str], mapping: Wishes) -> Column:
    heading = mapping.heading(texts) or _of_texts(texts)
    column = Column(number, " ".join(_one_line(text) for text in texts))
    if heading:
        column.targets = heading.targets if heading.is_known or heading.is_unsure else (IGNORED,)
        column.is_several, column.is_unsure = heading.is_several, heading.is_unsure
        column.rank, column.unit = heading.rank, heading.unit
    return column


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_texts(texts: list[str]) -> Heading | None:
    """Of a group and the word under it: 客戶 | 編碼 is 客戶編碼, 數量 | 實發 is 實發數量."""
    if len(texts) == 1:
        return heading_of(texts[0])
    joined = (_trimmed(texts[0]) + texts[-1], texts[-1] + texts[0], "".join(texts))
    for text in joined:
        heading = heading_of(text)
        if heading and heading.rank < 3 and not heading.is_several and not heading.is_unsure:
            return heading
    last, first = heading_of(texts[-1]), heading_of(texts[0])
    if last and (not last.is_unsure or first is None or not first.is_known):
        return last
    return heading_of(joined[0]) or last or first


def _trimmed(text: str) -> str:
    for ending in ("資料", "资料", "資訊", "信息", "明細", "明细", "內容", "内容"):
        text = text.removesuffix(ending)
    return text
