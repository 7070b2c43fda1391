"""Whose note it is: a customer by name or code, also where both stand in one cell."""

import re
from dataclasses import dataclass
from typing import Any

from aftersales.core.spreadsheets.cells import code, prose
from aftersales.core.spreadsheets.grid import NUMBER, Cell
from delivery.imports.lookup import Catalogue

_POLITE = re.compile(r"\s*(?:台照|台鑒|台鉴|鈞鑒|钧鉴|惠存|公啟|公启|收)$")
_IN_BRACKETS = re.compile(r"(.+?)\s*[(（\[【]\s*([A-Za-z]{0,4}[-_]?\d[\w\-]*)\s*[)）\]】]")
_CODE_FIRST = re.compile(r"([A-Za-z]{0,4}[-_]?\d[\w\-]{2,})\s*[-/:：\s]\s*(\D.*[\u3400-\u9fff].*)")
_CODE_LAST = re.compile(
    r"(.*[\u3400-\u9fff][^\d]*?)\s*[-/:：\s]\s*([A-Za-z]{0,4}[-_]?\d[\w\-]{2,})"
)
_MERE_CODE = re.compile(r"[A-Za-z]{0,6}[-_]?\d[\w\-]*")


@dataclass(frozen=True, slots=True)
class Party:
    """What a note says of its customer, and what the catalogue knows of them."""

    name: str = ""
    code: str = ""
    known: Any = None

    def is_same(self, other: "Party") -> bool:
        """Two rows may say the same customer by different words."""
        if self.known is not None or other.known is not None:
            return self.known == other.known
        return (self.name and self.name == other.name) or (
            bool(self.code) and self.code == other.code
        )


def party_of(name_cell: Cell | None, code_cell: Cell | None, catalogue: Catalogue) -> Party:
    """Raises CellProblem where a cell is an unreadable formula."""
    by_code = code(code_cell) if code_cell else ""
    if name_cell is None:
        return Party(code=by_code, known=catalogue.find_customer(by_code) if by_code else None)
    name = prose(name_cell)
    if name_cell.kind == NUMBER or _MERE_CODE.fullmatch(code(name_cell)):
        mere = code(name_cell)
        return Party(code=by_code or mere, known=catalogue.find_customer(mere))
    name = _POLITE.sub("", name) or name
    known = catalogue.find_customer(name)
    if known is None and not by_code:
        name, by_code, known = _taken_apart(name, catalogue)
    if known is None and by_code:
        known = catalogue.find_customer(by_code)
    return Party(name, by_code, known)


def _taken_apart(text: str, catalogue: Catalogue) -> tuple[str, str, Any]:
    """「寧波…公司（20093317）」 and 「20093317 寧波…公司」."""
    for pattern, is_code_first in ((_IN_BRACKETS, False), (_CODE_FIRST, True), (_CODE_LAST, False)):
        found = pattern.fullmatch(text)
        if not found:
            continue
        number, name = (found[1], found[2]) if is_code_first else (found[2], found[1])
        known = catalogue.find_customer(name) or catalogue.find_customer(number)
        if known is not None or sum(char.isdigit() for char in number) >= 4:
            return name.strip(), number, known
    return text, "", None
