"""3.1.3 發貨前，由銷售內勤開具「發貨單」: files that offices really send."""

import json

import pytest

from delivery.imports.lookup import MemoryCatalogue
from delivery.imports.reading import read_shipping_notes
from delivery.tests.import_files import SAMPLES

MASTER = json.loads((SAMPLES / "master_data.json").read_text(encoding="utf-8"))
CATALOGUE = MemoryCatalogue(
    customers=[(f"C{number}", name) for number, name in enumerate(MASTER["customers"], start=1)],
    products=[tuple(product) for product in MASTER["products"]],
)
pytestmark = pytest.mark.clause("3.1.3")


def holds(expected, found) -> bool:
    """Whether `found` says at least what is expected; lists have the same length."""
    if isinstance(expected, dict):
        return all(key in found and holds(value, found[key]) for key, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(holds, expected, found))
    return expected == found


def read_sample(name: str, *, create_missing: bool) -> tuple[dict, dict]:
    file = next(path for path in SAMPLES.glob(f"{name}.xls*"))
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    wanted = {key: expected[key] for key in ("documents", "warnings", "errors")}
    reading = read_shipping_notes(
        file, file.name, catalogue=CATALOGUE, create_missing=create_missing
    )
    return wanted, json.loads(json.dumps(reading.as_json()))


@pytest.mark.parametrize(
    "name",
    [
        "shipping_note_plain",
        "shipping_notes_many",
        "shipping_note_branch_office",
        "not_a_workbook",
    ],
)
def test_a_real_file_reads_as_its_writer_meant_it(name):
    wanted, found = read_sample(name, create_missing=True)

    assert holds(wanted, found), found


def test_all_errors_of_a_broken_file_are_told_at_once_and_no_others():
    wanted, found = read_sample("shipping_note_broken", create_missing=False)

    assert found["documents"] == []
    assert [{key: e[key] for key in ("row", "column", "code")} for e in found["errors"]] == wanted[
        "errors"
    ]


def test_every_finding_says_in_words_what_to_do():
    _wanted, found = read_sample("shipping_note_broken", create_missing=False)

    assert all(len(error["message"]) > 8 for error in found["errors"])


def test_html_named_xls_is_told_what_it_is_and_how_to_save_it():
    _wanted, found = read_sample("not_a_workbook", create_missing=True)

    assert "HTML" in found["errors"][0]["message"]
    assert ".xlsx" in found["errors"][0]["message"]
