"""Workbooks for tests of registers, and what a reading of them says."""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

from aftersales.core.registers.checking import check
from aftersales.core.registers.register import Planned, Register
from aftersales.core.spreadsheets.problems import Finding


@dataclass(frozen=True)
class Plan:
    """What a file would do, when the reading of it is over."""

    rows: list[Planned]
    warnings: list[Finding]
    errors: list[Finding]
    counts: Counter
    missing: dict[str, int]


def workbook(*rows) -> bytes:
    book, buffer = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def plan_of(register: Register, *rows, **options) -> Plan:
    """Read and judge a workbook of these rows; nothing is written."""
    with check(register, workbook(*rows), "list.xlsx", **options) as reading:
        return Plan(
            reading.shown, list(reading.warnings), list(reading.errors), reading.counts,
            reading.missing,
        )  # fmt: skip


def said(findings) -> list[tuple]:
    return [(each.row, each.column, each.code) for each in findings]
