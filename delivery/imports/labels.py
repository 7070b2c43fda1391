"""Facts outside of the table: a label and its value, in one cell, side by side or one below."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aftersales.core.spreadsheets.cells import is_blank, says_nothing
from aftersales.core.spreadsheets.grid import TEXT, Cell, Row
from aftersales.core.text import half_width, tidy, tidy_lines
from delivery.imports import lexicon
from delivery.imports.headings import Heading, label_of
from delivery.imports.modes import is_carrier_name, mode_of
from delivery.imports.several import taken_apart
from delivery.imports.view import View

_COLON = re.compile(r"[:：﹕]")
_BOUNDARY = " \t\n,，;；。|　()（）[]【】"
_LONGEST_LABEL = 16
_NOT_PROSE = re.compile(r"[^\w\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the whole note, and the cell (or the part of one) that says it."""

    target: str
    cell: Cell
    rank: int = 0


@dataclass(slots=True)
class Labelled:
    """What a zone of a sheet says: facts, labels without a value, and texts that are neither."""

    facts: list[Fact] = field(default_factory=list)
    empty: list[Fact] = field(default_factory=list)
    texts: list[Cell] = field(default_factory=list)

    def says(self, *targets: str) -> bool:
        return any(fact.target in targets for fact in self.facts)

    def best(self, target: str) -> Fact | None:
        """The surest fact; of equally sure ones the first."""
        found = [fact for fact in self.facts if fact.target == target]
        return min(found, key=lambda fact: fact.rank) if found else None


@dataclass(slots=True)
class _Pair:
    """A label and what follows it in the same cell; `heading` None for an unknown label."""

    heading: Heading | None
    value: str
    word: str = ""


def read_labels(
    view: View, rows: Iterable[Row], *, extra: dict[str, str] | None = None
) -> Labelled:
    """All facts in these rows. `extra` are labels that the user has named: plain word to target."""
    zone = _Zone(view, {row.number: row for row in rows}, extra or {})
    return zone.read()


def has_label(cell: Cell) -> bool:
    """Whether the cell is or holds a label that we know, ours or another's."""
    if not isinstance(cell.value, str):
        return False
    return label_of(cell.value) is not None or any(pair.heading for pair in _pairs(cell.value, {}))


def has_pair(cell: Cell) -> bool:
    """Whether the cell holds a label that we know together with its value."""
    return isinstance(cell.value, str) and any(
        pair.heading and pair.value for pair in _pairs(cell.value, {})
    )


class _Zone:
    def __init__(self, view: View, rows: dict[int, Row], extra: dict[str, str]):
        self._view, self._rows, self._extra = view, rows, extra
        self._out = Labelled()
        self._taken: set[tuple[int, int]] = set()
        self._is_ours = False

    def read(self) -> Labelled:
        for row in self._rows.values():
            self._read_row(row)
        self._out.texts = [
            cell for cell in self._out.texts if (cell.row, cell.column) not in self._taken
        ]
        return self._out

    def _read_row(self, row: Row) -> None:
        waiting: tuple[Heading, Cell] | None = None
        below: list[tuple[Heading, Cell]] = []
        self._is_ours = False
        for cell in _with_whole_days(self._view.own(row)):
            if (cell.row, cell.column) in self._taken:
                continue
            pairs = _pairs(cell.value, self._extra) if isinstance(cell.value, str) else []
            label = None if pairs or not isinstance(cell.value, str) else self._label(cell.value)
            if waiting and label and _is_a_value_for(waiting[0], cell):
                label = None
            if waiting and (pairs or label):
                below.append(waiting)
                waiting = None
            if pairs:
                self._keep_pairs(pairs, cell)
                last = pairs[-1]
                if last.heading and not last.value:
                    waiting = (last.heading, cell)
            elif label:
                self._note_person(cell.value, label)
                waiting = (label, cell)
            elif waiting:
                self._keep(waiting[0], cell)
                waiting = None
            else:
                self._out.texts.append(cell)
        if waiting:
            below.append(waiting)
        self._look_below(row, below)

    def _label(self, text: str) -> Heading | None:
        target = self._extra.get(lexicon.plain(text))
        return Heading((target,)) if target else label_of(text)

    def _note_person(self, word: str, heading: Heading) -> None:
        """Whoever is named last in the row, the next telephone number is theirs."""
        if lexicon.plain(word.strip(" :：")) in lexicon.our_people():
            self._is_ours = True
        elif heading.target in ("consignee", "customer"):
            self._is_ours = False

    def _keep_pairs(self, pairs: list[_Pair], cell: Cell) -> None:
        if before := _before(cell.value, pairs[0]):
            self._out.texts.append(_part(cell, before))
        for pair in pairs:
            if pair.heading:
                self._note_person(pair.word, pair.heading)
                if pair.value:
                    self._keep(pair.heading, _part(cell, pair.value))

    def _keep(self, heading: Heading, cell: Cell) -> None:
        if isinstance(cell.value, str) and cell.value.lstrip().startswith((":", "：")):
            cell = _part(cell, _value(cell.value.lstrip()[1:]))
        if says_nothing(cell):
            return
        if heading.is_several and isinstance(cell.value, str):
            for target, text in taken_apart(heading.targets, cell.value).items():
                self._out.facts.append(Fact(target, _part(cell, text), heading.rank))
            return
        target, rank = _as_label(heading)
        if target == "phone" and self._is_ours and rank > 0:
            return
        self._out.facts.append(Fact(target, cell, rank))

    def _look_below(self, row: Row, labels: list[tuple[Heading, Cell]]) -> None:
        """Labels in a row with their values in the next one, under each."""
        following = self._rows.get(row.number + 1)
        is_values = following is not None and not any(
            has_label(cell) for cell in self._view.own(following)
        )
        for heading, cell in labels:
            below = following.cells.get(cell.column) if following and is_values else None
            if below is None or is_blank(below):
                if lexicon.plain(str(cell.value)) in lexicon.note_names():
                    self._out.texts.append(cell)
                    continue
                target, rank = _as_label(heading)
                self._out.empty.append(Fact(target, cell, rank))
                continue
            self._taken.add((below.row, below.column))
            self._is_ours = False
            self._keep(heading, below)


def _with_whole_days(cells: list[Cell]) -> list[Cell]:
    """2026 | 年 | 11 | 月 | 6 | 日, each in a cell of its own, as one cell."""
    words = [tidy(str(cell.value)) for cell in cells]
    whole: list[Cell] = []
    at = 0
    while at < len(cells):
        if words[at + 1 : at + 6 : 2] == ["年", "月", "日"]:
            whole.append(_part(cells[at], "".join(words[at : at + 6])))
            at += 6
        else:
            whole.append(cells[at])
            at += 1
    return whole


def _as_label(heading: Heading) -> tuple[str, int]:
    if heading.is_unsure:
        is_number = "external_no" in heading.targets
        return ("external_no", 3) if is_number else ("ignored", 0)
    if heading.target == "due_on" and heading.rank:
        # 交貨日期 over a column is the day promised, beside a label the day of shipping.
        return "ship_on", 1
    if heading.target == "remark" and heading.rank:
        return "ignored", 0  # 說明：紅字必填 tells how to fill the paper in
    return heading.target, heading.rank


def _is_a_value_for(heading: Heading, cell: Cell) -> bool:
    """物流 behind 交付方式 is its value, although it could be a label."""
    if heading.target not in ("delivery_mode", "carrier"):
        return False
    return mode_of(cell.value) is not None or is_carrier_name(cell.value)


def _part(cell: Cell, text: str) -> Cell:
    return Cell(cell.row, cell.column, text, TEXT)


def _pairs(text: str, extra: dict[str, str]) -> list[_Pair]:
    """「客戶：甲公司  電話：0574…」 as pairs; [] where no colon stands behind a label."""
    text = half_width_colons(tidy_lines(text))
    colons = [found.start() for found in _COLON.finditer(text) if not _inside_value(text, found)]
    if not colons:
        return []
    labels = []
    begin = 0
    for at in colons:
        start, heading = _label_before(text, begin, at, extra)
        if start is not None:
            labels.append((start, at, heading))
            begin = at + 1
    if not labels or not any(heading for _start, _at, heading in labels):
        return []
    ends = [start for start, _at, _heading in labels[1:]] + [len(text)]
    return [
        _Pair(heading, _value(text[at + 1 : end]), text[start:at])
        for (start, at, heading), end in zip(labels, ends, strict=True)
    ]


def _before(text: str, first: _Pair) -> str:
    """What stands in the cell before the first label: often a title."""
    return _value(half_width_colons(tidy_lines(text)).partition(first.word)[0])


def half_width_colons(text: str) -> str:
    return text.replace("：", ":").replace("﹕", ":")


def _value(text: str) -> str:
    return tidy_lines(text).strip(" _;；,，|")


def _inside_value(text: str, found: re.Match) -> bool:
    """The colon of a time of day, a ratio or an address of the web."""
    before, after = text[: found.start()], text[found.end() :]
    if before[-1:].isdigit() and after[:1].isdigit() and len(after) < 3:
        return True
    return bool(re.search(r"\d$", before) and re.match(r"\d\d(?!\d)", after)) or after[:2] == "//"


def _label_before(
    text: str, begin: int, at: int, extra: dict[str, str]
) -> tuple[int | None, Heading | None]:
    """Where the label begins that ends at the colon, and what it says.

    The longest known word wins; an unknown word counts as a label when it is short and stands
    apart, so that it ends the value before it.
    """
    low = max(begin, at - _LONGEST_LABEL * 2)
    for start in range(low, at):
        piece = text[start:at]
        is_apart = start == begin or text[start - 1] in _BOUNDARY
        if piece[0] in _BOUNDARY or (not is_apart and (piece[0].isascii() or len(piece) < 2)):
            continue
        if "\n" in piece or any(char.isdigit() for char in piece[:-1]):
            continue
        heading = label_of(piece)
        if target := extra.get(lexicon.plain(piece)):
            heading = Heading((target,))
        if heading:
            return start, heading
    start = max(text.rfind(sign, begin, at) for sign in _BOUNDARY) + 1
    start = max(start, begin)
    word = tidy(half_width(text[start:at]))
    if (
        0 < len(word) <= 10
        and not any(char.isdigit() for char in word)
        and _NOT_PROSE.sub("", word)
    ):
        return start, None
    return None, None
