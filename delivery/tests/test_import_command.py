"""3.1.3 manage.py import_shipping_notes: for those who run the site."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from delivery.models import ShippingNote
from delivery.tests.import_files import NINGBO, PUMP, SAMPLES, workbook

pytestmark = pytest.mark.clause("3.1.3")


def run(*arguments) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_shipping_notes", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def office(sales_clerk, make_customer, make_product):
    make_customer(NINGBO)
    make_product(PUMP)
    return sales_clerk


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "note.xlsx"
        path.write_bytes(workbook(list(rows)))
        return str(path)

    return write


def test_the_drafts_are_made_and_told_in_json(office):
    code, out, err = run(
        str(SAMPLES / "shipping_note_branch_office.xlsx"), "--create-missing", "--json"
    )

    told = json.loads(out)
    note = ShippingNote.objects.get()
    assert (code, err) == (0, "")
    assert told["errors"] == []
    assert told["documents"][0]["external_no"] == note.external_no == "26-11-6-03"
    assert told["documents"][0]["reference"] == note.reference
    assert note.issuer == office


def test_with_errors_it_ends_with_one_and_writes_nothing(office):
    code, out, _err = run(str(SAMPLES / "shipping_note_broken.xlsx"), "--json")

    told = json.loads(out)
    assert code == 1
    assert told["documents"] == []
    assert {error["code"] for error in told["errors"]} >= {"not_a_number", "formula", "required"}
    assert not ShippingNote.objects.exists()


def test_a_dry_run_writes_nothing_and_needs_nobody(db, make_customer, make_product, file):
    make_customer(NINGBO)
    make_product(PUMP)
    path = file(["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, 1])

    code, out, _err = run(path, "--dry-run", "--json")

    assert code == 0
    assert json.loads(out)["documents"][0]["external_no"] == "A-1"
    assert not ShippingNote.objects.exists()


def test_a_second_run_is_refused(office, file):
    path = file(["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, 1])

    assert run(path, "--json")[0] == 0
    code, out, _err = run(path, "--json")

    assert code == 1
    assert [error["code"] for error in json.loads(out)["errors"]] == ["already_imported"]
    assert ShippingNote.objects.count() == 1


def test_a_mapping_says_which_column_holds_what(office, file, tmp_path):
    path = file(["甲", "乙", "丙", "丁"], ["A-1", NINGBO, PUMP, 1])
    mapping = tmp_path / "mapping.json"
    mapping.write_text(
        json.dumps({"external_no": "甲", "customer": "乙", "part_no": "丙", "quantity": "丁"}),
        encoding="utf-8",
    )

    code, _out, err = run(path, "--mapping", str(mapping))

    assert (code, err) == (0, "")
    assert ShippingNote.objects.get().lines.get().part_no == PUMP


def test_people_read_findings_on_standard_error(office, file):
    path = file(["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, "三"])

    code, _out, err = run(path)

    assert code == 1
    assert "D2 [not_a_number]" in err


@pytest.mark.parametrize(
    "mapping",
    ["", "[]", '{"color": "顏色"}', '{"part_no": 3}'],
    ids=["empty", "list", "name", "number"],
)
def test_a_wrong_mapping_is_wrong_use(office, file, tmp_path, mapping):
    path = file(["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, 1])
    wrong = tmp_path / "mapping.json"
    wrong.write_text(mapping, encoding="utf-8")

    code, out, _err = run(path, "--mapping", str(wrong), "--json")

    assert (code, out) == (2, "")
    assert not ShippingNote.objects.exists()


def test_a_missing_file_and_an_unknown_user_are_wrong_use(office, file):
    path = file(["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, 1])

    assert run("nowhere.xlsx", "--json")[0] == 2
    assert run(path, "--user", "nobody", "--json")[0] == 2
    assert not ShippingNote.objects.exists()
