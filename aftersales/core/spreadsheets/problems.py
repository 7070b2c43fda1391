"""What is to be said about a file: by sheet, row and column, with a stable word."""

from dataclasses import dataclass, replace

from aftersales.core.spreadsheets.grid import Cell, column_letter


class CellProblem(Exception):
    """A cell that cannot be read as what its column holds; `code` as in Finding."""

    def __init__(self, code: str, message):
        super().__init__(str(message))
        self.code, self.message = code, str(message)


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning or an error. `row` and `column` (a letter) are the sheet's own, None where not
    applicable; `heading` is the column's fact in words."""

    row: int | None
    column: str | None
    code: str
    message: str
    sheet: str | None = None
    sheet_number: int = 0
    heading: str = ""

    @property
    def place(self) -> tuple[int, int, int, str]:
        """For sorting: those of a whole file or row come before those of a cell."""
        return (self.sheet_number, self.row or 0, len(self.column or ""), self.column or "")

    def without_sheet(self) -> "Finding":
        """The same, for a file with one sheet of notes, where naming it says nothing."""
        return replace(self, sheet=None)

    def as_json(self) -> dict:
        data = {"row": self.row, "column": self.column, "code": self.code, "message": self.message}
        return data | ({"sheet": self.sheet} if self.sheet else {})


class Findings:
    """Warnings and errors of one file, each once, in the order of their places."""

    def __init__(self) -> None:
        self._warnings: dict[tuple, Finding] = {}
        self._errors: dict[tuple, Finding] = {}

    def error(self, sheet, row: int | None, column: int | None, code: str, message) -> None:
        self._keep(self._errors, sheet, row, column, code, message)

    def warn(self, sheet, row: int | None, column: int | None, code: str, message) -> None:
        self._keep(self._warnings, sheet, row, column, code, message)

    def problem(self, sheet, cell: Cell, problem: CellProblem) -> None:
        self.error(sheet, cell.row, cell.column, problem.code, problem.message)

    @staticmethod
    def _keep(kept: dict, sheet, row, column, code, message) -> None:
        number, title = (sheet.number, sheet.title) if sheet else (0, None)
        letter = column_letter(column) if column else None
        finding = Finding(row, letter, code, str(message), title or None, number)
        kept.setdefault((number, row, letter, code), finding)

    @property
    def warnings(self) -> list[Finding]:
        return sorted(self._warnings.values(), key=lambda finding: finding.place)

    @property
    def errors(self) -> list[Finding]:
        return sorted(self._errors.values(), key=lambda finding: finding.place)
