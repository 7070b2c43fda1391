"""Workbooks for the tests of the import, made on the spot from rows of values."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from delivery.imports.lookup import MemoryCatalogue
from delivery.imports.reading import Reading, read_shipping_notes

SAMPLES = Path(__file__).parent / "samples"
NINGBO, TAICHUNG, SUZHOU = (
    "寧波海曙水務設備有限公司",
    "台中精工股份有限公司",
    "蘇州吳江給排水工程有限公司",
)
PUMP, MOTOR, SEAL, GASKET = "P-100-2", "M-055-1", "S-210", "G-001"
CATALOGUE = MemoryCatalogue(
    customers=[("C001", NINGBO, "寧波海曙"), ("C002", TAICHUNG, "台中精工"), ("C003", SUZHOU)],
    products=[
        (PUMP, "多級離心泵", "CDL32-50"),
        (MOTOR, "電機", "YE4-160M 7.5kW"),
        (SEAL, "機械密封", "φ22 SiC/SiC"),
        (GASKET, "墊片", "DN50 EPDM"),
    ],
)


def workbook(*sheets: Any, merges: tuple[str, ...] = (), formats: dict | None = None) -> bytes:
    """A workbook; each sheet is its rows, or a pair of title and rows. None is an empty cell."""
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        title, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        page = book.create_sheet(title)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    page.cell(row, column, value)
        if number == 1:
            for area in merges:
                page.merge_cells(area)
            for place, number_format in (formats or {}).items():
                page[place].number_format = number_format
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(
    *sheets: Any, merges: tuple[str, ...] = (), formats: dict | None = None, **options
) -> Reading:
    """Read such a workbook against the catalogue above."""
    data = workbook(*sheets, merges=merges, formats=formats)
    return read_shipping_notes(data, "note.xlsx", catalogue=CATALOGUE, **options)


def documents(*sheets: Any, **options) -> list[dict]:
    """The documents of such a workbook, which must be read without any error."""
    reading = read(*sheets, **options)
    assert [finding.as_json() for finding in reading.errors] == []
    return reading.as_json()["documents"]


def places(findings) -> list[tuple]:
    return [(finding.row, finding.column, finding.code) for finding in findings]


def goods(document: dict) -> list[tuple[str, str]]:
    """Part number and quantity of each line."""
    return [(line["part_no"], line["quantity"]) for line in document["lines"]]
