"""3.1.3 「發貨單」: whatever the layout, what was written is what is read."""

import pytest

from delivery.imports.reading import read_shipping_notes
from delivery.tests.import_files import CATALOGUE, workbook
from delivery.tests.random_layouts import Writer

pytestmark = pytest.mark.clause("3.1.3")


def told(document: dict) -> dict:
    """The document without what a layout may add: line numbers."""
    lines = [{key: line[key] for key in line if key != "line_no"} for line in document["lines"]]
    return {**document, "lines": lines}


@pytest.mark.parametrize("seed", range(120))
def test_notes_in_a_layout_drawn_by_lot_read_as_they_were_written(seed):
    writer = Writer(seed)
    data = workbook(*writer.sheets, merges=tuple(writer.merges))

    reading = read_shipping_notes(data, "note.xlsx", catalogue=CATALOGUE)

    assert [error.as_json() for error in reading.errors] == []
    assert [told(document) for document in reading.as_json()["documents"]] == writer.notes
    assert [warning.as_json() for warning in reading.warnings] == []
