"""Which of several columns is meant, and what an unsure one means: judged by what is in them."""

import re
from collections.abc import Sequence

from aftersales.core.spreadsheets.cells import is_blank, looks_like_number
from aftersales.core.spreadsheets.grid import FORMULA, Cell, Row
from aftersales.core.spreadsheets.total_words import total_word
from aftersales.core.text import fold, half_width, tidy
from delivery.imports.headings import IGNORED
from delivery.imports.several import is_code
from delivery.imports.tables import Column, Table
from delivery.imports.view import View

INDEX = "index"
_SAMPLE = 60
_PACKAGES = ("箱", "包", "袋", "托", "件", "ctn", "ctns")
_MANY = ("line_remark",)
_SMALL = re.compile(r"\(?(\d{1,4})[.、)]?")
# A column of this kind says little by itself, so it is looked at after the others.
_LATE = ("line_remark", "serial_nos")


def settle(view: View, table: Table, rows: Sequence[Row]) -> None:
    """Give every column of the table one meaning; `rows` are those under the heading."""
    rows = _goods(view, table, rows)[:_SAMPLE]
    for column in table.columns:
        column.targets = tuple(
            "line_remark" if target == "remark" else target for target in column.targets
        )
    _drop_doubles(view, table, rows)
    unsure = [column for column in table.columns if column.is_unsure]
    for column in sorted(unsure, key=lambda column: column.targets[0] in _LATE):
        taken = {
            target
            for other in table.columns
            if not other.is_unsure
            for target in other.targets
            if other is not column
        }
        values = _values(view, column, rows)
        column.targets = (_meaning(column, values, taken),)
        column.is_unsure = False
    _drop_doubles(view, table, rows)


def _goods(view: View, table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """Rows with a number where a quantity may stand: footers would tell a false tale."""
    places = [column.number for column in table.columns if "quantity" in column.targets]
    found = [
        row
        for row in rows[: _SAMPLE * 2]
        if any(looks_like_number(row.cells.get(place)) for place in places)
        and not any(isinstance(cell.value, str) and total_word(cell.value) for cell in row)
    ]
    return found or rows


def _values(view: View, column: Column, rows: Sequence[Row]) -> list[Cell]:
    cells = (view.at(row, column.number) for row in rows)
    return [cell for cell in cells if cell is not None and not is_blank(cell)]


def _meaning(column: Column, values: list[Cell], taken: set[str]) -> str:
    options = column.targets
    is_count = _are_small(values)
    if is_count and options[:2] == (INDEX, "part_no") and "part_no" not in taken:
        # Without another column of part numbers 1001, 1002 … are no count of rows.
        is_count = "序" in fold(column.text) or small_number(values[0]) in (-1, 0, 1, 10)
    if INDEX in options and (is_count or not values):
        is_serial = options[0] == "serial_nos" and not values
        return "serial_nos" if is_serial and "serial_nos" not in taken else INDEX
    are_codes = _share(values, lambda cell: is_code(_text(cell)))
    free = [option for option in options if option != INDEX and option not in taken]
    if "序" in fold(column.text) and "serial_nos" in free:
        return "serial_nos"
    if "part_no" in free and are_codes > 0.6:
        return "part_no"
    if INDEX in options and "external_no" in free and are_codes > 0.6:
        return "external_no" if _repeats(values) or "serial_nos" not in free else "serial_nos"
    if INDEX in options:
        free = [option for option in free if option != "name" or are_codes < 0.5]
        if are_codes <= 0.6:
            free = [option for option in free if option not in ("part_no", "serial_nos")]
    elif "part_no" in options and "name" in free:
        return "name"
    return free[0] if free else IGNORED


def _repeats(values: list[Cell]) -> bool:
    """The number of a note stands in all its lines, a serial number in one."""
    return len({_text(cell) for cell in values}) < len(values)


def _are_small(values: list[Cell]) -> bool:
    """1, 2, 3 … or 10, 20, 30 …: a count of rows."""
    numbers = [small_number(cell) for cell in values]
    known = [number for number in numbers if number is not None]
    if not values or len(known) < 0.7 * len(values):
        return False
    figures = [number for number in known if number >= 0]
    return len(set(figures)) == len(figures) or figures == sorted(figures) or min(figures) <= 1


def small_number(cell: Cell) -> int | None:
    """A counting number up to four digits; -1 for a formula that may well give one."""
    value = cell.value
    if cell.kind == FORMULA and value is None:
        return -1
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 0 <= value <= 9999 else None
    found = _SMALL.fullmatch(half_width(tidy(str(value)))) if isinstance(value, str) else None
    return int(found[1]) if found else None


def _text(cell: Cell) -> str:
    return half_width(tidy(str(cell.value)))


def _share(values: list[Cell], test) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _drop_doubles(view: View, table: Table, rows: Sequence[Row]) -> None:
    """Of columns with the same meaning the surest that holds something stays."""
    for target in {target for column in table.columns for target in column.targets}:
        doubles = [
            column
            for column in table.columns
            if column.targets == (target,) and not column.is_unsure
        ]
        if target in (IGNORED, INDEX, *_MANY) or len(doubles) < 2:
            continue

        def worth(column: Column, target=target) -> tuple[bool, int, int]:
            values = _values(view, column, rows)
            if target == "quantity":
                values = [cell for cell in values if looks_like_number(cell)]
            is_packages = target == "quantity" and column.unit in _PACKAGES
            return (not values, column.rank + 3 * is_packages, column.number)

        best = min(doubles, key=worth)
        for column in doubles:
            if column is not best:
                is_other_day = target == "ship_on" and not table.column("issued_on")
                column.targets = ("issued_on",) if is_other_day else (IGNORED,)
