"""What became of a file, as one JSON document that is written piece by piece, or for people."""

import json
from collections.abc import Iterable, Iterator

from aftersales.core.registers.writing import Outcome
from aftersales.core.spreadsheets.problems import Finding

NOTHING = Outcome(0, 0, 0)


def as_json(
    rows: Iterable[str], outcome: Outcome, warnings: Iterable[Finding], errors: Iterable[Finding]
) -> Iterator[str]:
    """The document in pieces. `rows` are JSON already; counts and lists are always there."""
    yield '{"rows": ['
    yield from _listed(rows)
    yield "],\n"
    for name in ("created", "changed", "unchanged"):
        yield f'"{name}": {getattr(outcome, name)},\n'
    for name, findings, end in (("warnings", warnings, ",\n"), ("errors", errors, "}\n")):
        yield f'"{name}": ['
        yield from _listed(
            json.dumps(finding.as_json(), ensure_ascii=False) for finding in findings
        )
        yield f"]{end}"


def _listed(pieces: Iterable[str]) -> Iterator[str]:
    comma = "\n"
    for piece in pieces:
        yield comma + piece
        comma = ",\n"


def in_words(finding: Finding) -> str:
    """Its place, its code and its sentence: E4 [not_a_number] …"""
    place = f"{finding.column or ''}{finding.row or ''}"
    return f"{place} [{finding.code}] {finding.message}".strip()
