"""What a page shows of a reading, as plain values: a large one is kept in the table of runs."""

from itertools import islice

from aftersales.core.registers.checking import SHOWN, Reading
from aftersales.core.registers.register import Planned
from aftersales.core.spreadsheets.problems import Finding

FINDINGS = 1_000  # of each kind; manage.py import_register tells all


def preview_of(reading: Reading) -> dict:
    """Counts, the first rows that would change something, and the first findings."""
    return {
        "counts": dict(reading.counts),
        "total": reading.total,
        "missing": reading.missing,
        "rows": [_row(row) for row in reading.shown],
        "shown": SHOWN,
        "error_count": reading.error_count,
        "warning_count": reading.warning_count,
        "errors": [_finding(each) for each in islice(reading.errors, FINDINGS)],
        "warnings": [_finding(each) for each in islice(reading.warnings, FINDINGS)],
    }


def _row(row: Planned) -> dict:
    return {
        "number": row.number,
        "status": row.status,
        "name": str(row.name),
        "about": str(row.about),
        "changes": row.changes,
        "url": row.existing.get_absolute_url() if row.existing else "",
    }


def _finding(finding: Finding) -> dict:
    return finding.as_json() | {"heading": finding.heading}
