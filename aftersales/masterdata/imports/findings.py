"""What is to be said about a file: by row and column, with a stable word."""

from dataclasses import dataclass


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
    heading: str = ""

    def as_json(self) -> dict:
        return {
            "row": self.row, "column": self.column, "code": self.code, "message": self.message
        }  # fmt: skip
