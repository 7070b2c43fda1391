"""A list of notes without their lines (單頭), whose lines stand in another table (單身)."""

from dataclasses import dataclass, field

from aftersales.core.spreadsheets.cells import says_nothing
from aftersales.core.spreadsheets.grid import Cell, Row, Sheet
from aftersales.core.text import fold, tidy
from delivery.imports.headings import heading_of
from delivery.imports.view import View
from delivery.imports.vocabulary import DOCUMENT_FACTS

_WHOSE = frozenset(("customer", "customer_code"))
_LOOK_AT = 60


@dataclass(slots=True)
class Listed:
    """What a list says of one note, and the sheet it stands in."""

    sheet: Sheet
    facts: dict[str, Cell] = field(default_factory=dict)


def notes_listed(view: View) -> dict[str, Listed]:
    """Folded number to facts, of the first list of notes in the sheet; empty where none is."""
    rows = view.sheet.rows
    for at, row in enumerate(rows[:_LOOK_AT]):
        columns = _columns(view, row)
        if columns:
            return _read(view, columns, rows[at + 1 :])
    return {}


def _columns(view: View, row: Row) -> dict[int, str]:
    """Column to fact, if the row is the heading of a list of notes and of nothing else."""
    own = view.own(row)
    if not all(isinstance(cell.value, str) for cell in own):
        return {}
    found = {cell.column: heading_of(cell.value) for cell in own}
    columns = {
        number: heading.target
        for number, heading in found.items()
        if heading and heading.is_known and not heading.is_several and not heading.is_unsure
    }
    targets = set(columns.values())
    is_list = "external_no" in targets and targets & _WHOSE and targets <= set(DOCUMENT_FACTS)
    return columns if is_list and len(columns) * 2 > len(own) else {}


def _read(view: View, columns: dict[int, str], rows: list[Row]) -> dict[str, Listed]:
    listed: dict[str, Listed] = {}
    for row in rows:
        facts = {
            target: cell
            for number, target in reversed(columns.items())
            if not says_nothing(cell := view.at(row, number))
        }
        number = facts.get("external_no")
        if number is None or not _WHOSE & set(facts):
            break
        listed.setdefault(fold(tidy(str(number.value))), Listed(view.sheet, facts))
    return listed
