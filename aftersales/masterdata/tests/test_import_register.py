"""manage.py import_register: registers of other systems, told in JSON by row and column."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aftersales.core.tests.registers import workbook
from aftersales.masterdata.models import Contact, Customer, Product, Supplier, Unit
from delivery.models import ShippingNote

COUNTS = ("created", "changed", "unchanged")


@pytest.fixture
def file(tmp_path):
    """file(*rows): the path of a workbook."""

    def write(*rows, name: str = "register.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(workbook(*rows))
        return str(path)

    return write


@pytest.fixture
def mapping(tmp_path):
    def write(**headings: str) -> str:
        path = tmp_path / "mapping.json"
        path.write_text(json.dumps(headings), encoding="utf-8")
        return str(path)

    return write


def run(*arguments) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_register", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


def told(*arguments) -> tuple[int, dict]:
    """Exit code, and the one JSON document that is on standard output."""
    code, out, _err = run(*arguments, "--json")
    return code, json.loads(out)


def counts(document: dict) -> tuple:
    return tuple(document[name] for name in COUNTS)


def test_customers_by_a_mapping(sales_clerk, file, mapping):
    path = file(
        ["客編", "公司", "簡", "區", "住址", "窗口", "電話"],
        ["A01", "寧波海曙水務", "海曙", "浙江", "環城西路 88 號", "王志明", 5742208.0],
        [1002, "台中精工", None, None, None, None, None],
    )
    wanted = mapping(
        code="客編", name="公司", short_name="簡", region="區", address="住址", contact="窗口",
        phone="電話",
    )  # fmt: skip

    code, document = told("customers", path, "--mapping", wanted)

    assert code == 0
    assert document["rows"] == [
        {"code": "A01", "name": "寧波海曙水務", "short_name": "海曙", "region": "浙江",
         "address": "環城西路 88 號", "contact": "王志明", "phone": "5742208"},
        {"code": "1002", "name": "台中精工"},
    ]  # fmt: skip
    assert (counts(document), document["warnings"], document["errors"]) == ((2, 0, 0), [], [])
    assert Contact.objects.get().customer == Customer.objects.get(code="A01")


def test_products_with_a_supplier_that_nobody_knows(sales_clerk, file, mapping):
    path = file(
        ["料", "名", "規", "族", "單", "廠", "保"],
        ["P-1", "泵", "DN50", "泵類", "台", "某閥門廠", 18],
    )
    wanted = mapping(
        part_no="料", name="名", spec="規", family="族", uom="單", supplier="廠",
        warranty_months="保",
    )  # fmt: skip

    refused, without = told("products", path, "--mapping", wanted)
    code, document = told("products", path, "--mapping", wanted, "--create-missing")

    product = Product.objects.select_related("supplier").get()
    assert (refused, without["rows"], counts(without)) == (1, [], (0, 0, 0))
    assert [(each["row"], each["column"], each["code"]) for each in without["errors"]] == [
        (2, "F", "unknown_supplier")
    ]
    assert (code, counts(document)) == (0, (1, 0, 0))
    assert document["rows"][0]["warranty_months"] == 18
    assert (product.supplier.name, product.origin) == ("某閥門廠", "bought_in")
    assert Supplier.objects.count() == 1


def test_units_find_their_product_and_customer(sales_clerk, file, make_customer, make_product):
    make_customer("台中精工", code="K0001")
    make_product("P-1", warranty_months=12)
    path = file(
        ["序列號", "料號", "客戶", "交付日期", "保修迄"],
        ["C-1", "P-1", "台中精工", date(2024, 3, 1), None],
        ["C-2", "P-1", "K0001", "2024/3/1", "2030-01-01"],
    )

    code, document = told("units", path)

    assert (code, counts(document)) == (0, (2, 0, 0))
    assert document["rows"][1] == {
        "serial_no": "C-2", "part_no": "P-1", "customer": "K0001", "delivered_on": "2024-03-01",
        "warranty_until": "2030-01-01",
    }  # fmt: skip
    assert [unit.warranty_until for unit in Unit.objects.order_by("serial_no")] == [
        date(2025, 2, 28), date(2030, 1, 1),
    ]  # fmt: skip


def test_units_create_what_nobody_knows_where_that_is_wanted(sales_clerk, file):
    path = file(
        ["序列號", "料號", "客戶", "交付日期"],
        ["C-1", "N-7", "溫州塘下泵閥廠", date(2024, 3, 1)],
        ["C-2", "N-7", "温州塘下泵阀厂", date(2024, 3, 1)],
    )

    code, document = told("units", path, "--create-missing")

    assert (code, counts(document)) == (0, (2, 0, 0))
    assert Customer.objects.get().code == "K0001"
    assert Product.objects.get().name == "N-7"


@pytest.mark.clause("3.2.2")
def test_shipments_become_closed_notes_and_are_told_row_by_row(sales_clerk, file):
    headings = ["單號", "日期", "客戶", "料號", "品名", "產品族", "數量", "單價", "序列號", "批號"]
    row = ["A-1", date(2024, 3, 1), "台中精工", "P-1", "泵", "泵類", 2.5, 1290.0, None, "L1"]
    path = file(headings, row, row)

    code, document = told("shipments", path, "--create-missing")
    again, second = told("shipments", path)

    assert (code, counts(document)) == (0, (2, 0, 0))
    assert document["rows"][0] == document["rows"][1] == {
        "external_no": "A-1", "date": "2024-03-01", "customer": "台中精工", "part_no": "P-1",
        "name": "泵", "family": "泵類", "quantity": "2.5", "unit_price": "1290", "lot_no": "L1",
    }  # fmt: skip
    assert (again, counts(second)) == (0, (0, 0, 2))
    assert ShippingNote.objects.get().lines.count() == 2


def test_a_second_run_changes_only_what_differs(sales_clerk, file):
    told("products", file(["料號", "品名"], ["P-1", "泵"], ["P-2", "閥"]))

    code, document = told("products", file(["料號", "品名"], ["P-1", "水泵"], ["P-2", "閥"]))

    assert (code, counts(document)) == (0, (0, 1, 1))
    assert Product.objects.get(part_no="P-1").name == "水泵"


def test_with_errors_it_ends_with_one_and_writes_nothing(sales_clerk, file):
    path = file(
        ["料號", "品名", "保修月數"], ["P-1", "泵", "很久"], [None, "閥", 12], ["P-3", "墊", 12]
    )

    code, document = told("products", path)

    assert (code, document["rows"], counts(document)) == (1, [], (0, 0, 0))
    assert [(each["row"], each["column"], each["code"]) for each in document["errors"]] == [
        (2, "C", "not_a_number"), (3, "A", "required"),
    ]  # fmt: skip
    assert all(each["message"] for each in document["errors"])
    assert not Product.objects.exists()


def test_a_heading_that_is_not_there_is_told(sales_clerk, file, mapping):
    path = file(["料號", "品名"], ["P-1", "泵"])

    code, document = told("products", path, "--mapping", mapping(part_no="料號", name="叫什麼"))

    assert code == 1
    assert [(each["code"], each["column"]) for each in document["errors"]] == [
        ("unknown_header", None)
    ]
    assert "叫什麼" in document["errors"][0]["message"]


def test_what_is_no_workbook_is_told(sales_clerk, tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")

    code, document = told("products", str(path))

    assert (code, document["rows"], counts(document)) == (1, [], (0, 0, 0))
    assert [each["code"] for each in document["errors"]] == ["not_a_workbook"]


def test_a_dry_run_tells_what_would_be_and_needs_nobody(db, file):
    code, document = told("products", file(["料號", "品名"], ["P-1", "泵"]), "--dry-run")

    assert (code, counts(document)) == (0, (1, 0, 0))
    assert document["rows"] == [{"part_no": "P-1", "name": "泵"}]
    assert not Product.objects.exists()


def test_people_read_counts_and_findings(sales_clerk, file):
    good = run("products", file(["料號", "品名"], ["P-1", "泵"], ["合計", "1 種"]))
    bad = run("products", file(["料號", "品名", "保修月數"], ["P-2", "泵", "很久"]))

    assert good[0] == 0
    assert "新增 1 筆" in good[1]
    assert "A3 [ignored_row]" in good[2]
    assert (bad[0], bad[1]) == (1, "")
    assert "C2 [not_a_number]" in bad[2]


def test_somebody_without_the_permission_is_refused_in_words(warehouse_keeper, file):
    path = file(["料號", "品名"], ["P-1", "泵"])

    code, document = told("products", path, "--user", "warehouse_keeper")

    assert (code, [each["code"] for each in document["errors"]]) == (1, ["refused"])
    assert not Product.objects.exists()


def test_wrong_use_ends_with_two(sales_clerk, file, mapping, tmp_path):
    path = file(["料號", "品名"], ["P-1", "泵"])
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")

    assert run("colours", path, "--json")[:2] == (2, "")
    assert run("products", "nowhere.xlsx", "--json")[:2] == (2, "")
    assert run("products", path, "--user", "nobody", "--json")[:2] == (2, "")
    assert run("products", path, "--mapping", mapping(colour="料號"), "--json")[:2] == (2, "")
    assert run("products", path, "--mapping", str(tmp_path / "list.json"), "--json")[:2] == (2, "")
    assert run("products", path, "--mapping", "nowhere.json", "--json")[:2] == (2, "")
    assert not Product.objects.exists()


def test_nobody_who_may_do_it_is_wrong_use(db, file):
    code, out, err = run("products", file(["料號", "品名"], ["P-1", "泵"]), "--json")

    assert (code, out) == (2, "")
    assert "--user" in err
