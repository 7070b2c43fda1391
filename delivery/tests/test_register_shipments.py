"""3.2.2 What was delivered before this site is taken over from a register, as closed notes."""

from datetime import date
from decimal import Decimal

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.registers.checking import check
from aftersales.core.registers.writing import Outcome, write
from aftersales.core.tests.registers import plan_of, said, workbook
from aftersales.masterdata import actions
from aftersales.masterdata.models import Customer, Product, Unit
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine
from delivery.registers.shipments import ShipmentRegister

pytestmark = pytest.mark.clause("3.2.2")

HEADINGS = ["單號", "日期", "客戶", "料號", "數量", "單價", "序列號", "批號"]
DAY = date(2024, 3, 1)


@pytest.fixture
def house(make_customer, make_product):
    """Two customers and two products that everybody knows."""
    make_customer("寧波海曙水務", code="K0001", name_simplified="宁波海曙水务")
    make_customer("台中精工", code="K0002")
    make_product("P-1", "離心泵", warranty_months=12)
    make_product("S-1", "機械密封", uom="套")


@pytest.fixture
def run(house, sales_clerk, now):
    def run(*rows, **options) -> Outcome:
        with check(
            ShipmentRegister(), workbook(HEADINGS, *rows), "登記.xlsx", **options
        ) as reading:
            assert [finding.as_json() for finding in reading.errors] == []
            return write(reading, actor=sales_clerk, now=now, source="登記.xlsx")

    return run


def plan(*rows, **options):
    return plan_of(ShipmentRegister(), HEADINGS, *rows, **options)


def test_rows_of_one_customer_and_number_are_one_closed_note_received_in_full(run, sales_clerk):
    run(
        ["A-1", DAY, "K0001", "P-1", 2, 1200, None, "L1"],
        ["B-9", DAY, "台中精工", "S-1", 3, None, None, None],
        ["A-1", DAY, "宁波海曙水务", "S-1", 6, 0, None, None],
    )

    note = ShippingNote.objects.get(external_no="A-1")
    pump, seal = note.lines.all()
    assert ShippingNote.objects.count() == 2
    assert (note.source, note.state, note.number, note.issuer) == (
        "register", "closed", "", sales_clerk,
    )  # fmt: skip
    assert (note.issued_on, note.ship_on, note.received_on) == (DAY, DAY, DAY)
    assert (note.released_by, note.final_inspection_no) == (None, "")
    assert (pump.line_no, pump.name, pump.lot_no, pump.amount) == (10, "離心泵", "L1", 2400)
    assert (seal.line_no, seal.uom, seal.unit_price, seal.amount) == (20, "套", 0, 0)
    assert (
        pump.quantity, pump.verified_quantity, pump.loaded_quantity, pump.received_sound,
        pump.received_damaged, pump.short, pump.refused,
    ) == (2, 2, 2, 2, 0, 0, 0)  # fmt: skip


def test_one_number_at_two_customers_is_two_notes(run):
    run(
        ["A-1", DAY, "K0001", "P-1", 1, None, None, None],
        ["A-1", DAY, "K0002", "P-1", 1, None, None, None],
    )

    assert ShippingNote.objects.filter(external_no="A-1").count() == 2


def test_a_note_tells_where_it_comes_from(run):
    run(["A-1", DAY, "K0001", "P-1", 2, None, None, None])

    (entry,) = audit.timeline(ShippingNote.objects.get())
    assert (entry.event, entry.clause) == ("shippingnote.imported_register", "3.2.2")
    assert entry.data == {"file": "登記.xlsx", "lines": 1}
    assert not audit.verify().broken


@pytest.mark.clause("3.3.3")
def test_serial_numbers_become_units_under_warranty(run):
    run(["A-1", DAY, "K0001", "P-1", 3, None, "c2403-0001～0002、c2403-0009", "L1"])

    line = ShippingNoteLine.objects.get()
    units = Unit.objects.order_by("serial_no")
    assert line.planned_serials == ["C2403-0001", "C2403-0002", "C2403-0009"]
    assert [unit.serial_no for unit in units] == line.planned_serials
    assert {(unit.delivered_on, unit.warranty_until, unit.lot_no) for unit in units} == {
        (DAY, date(2025, 2, 28), "L1")
    }
    assert units[0].delivery_ref == "A-1 第 10 行"
    assert [each.unit for each in LineSerial.objects.order_by("serial_no")] == list(units)
    assert {each.fate for each in LineSerial.objects.all()} == {"sound"}
    assert [entry.event for entry in audit.timeline(units[0])] == ["unit.delivered"]


def test_a_unit_that_is_on_file_stays_as_it_is_and_belongs_to_the_line(run, sales_clerk, now):
    customer, product = Customer.objects.get(code="K0001"), Product.objects.get(part_no="P-1")
    unit = actions.create_unit(
        actor=sales_clerk, now=now, serial_no="C-1", product=product, customer=customer,
        delivered_on=date(2024, 3, 5), warranty_until=date(2030, 1, 1),
    )  # fmt: skip

    run(["A-1", DAY, "K0001", "P-1", 1, None, "C-1", None])

    unit.refresh_from_db()
    assert Unit.objects.count() == 1
    assert (unit.delivered_on, unit.warranty_until) == (date(2024, 3, 5), date(2030, 1, 1))
    assert LineSerial.objects.get().unit == unit


def test_equal_lines_are_kept_and_not_doubled_by_a_second_run(run):
    rows = [["A-1", DAY, "K0001", "P-1", 1, 9.9, None, "L1"]] * 3

    first, second = run(*rows), run(*rows)

    assert (first, second) == (Outcome(3, 0, 0), Outcome(0, 0, 3))
    assert ShippingNoteLine.objects.count() == 3


def test_a_file_that_has_grown_adds_what_is_new_to_the_same_note(run):
    old = ["A-1", DAY, "K0001", "P-1", 1, None, None, None]
    run(old)

    outcome = run(["A-1", DAY, "K0001", "S-1", 4, None, None, None], old, old)

    note = ShippingNote.objects.get()
    assert outcome == Outcome(2, 0, 1)
    assert [(line.line_no, line.part_no) for line in note.lines.all()] == [
        (10, "P-1"), (20, "S-1"), (30, "P-1"),
    ]  # fmt: skip
    assert note.version == 2
    assert [entry.data["lines"] for entry in audit.timeline(note)] == [2, 1]
    assert audit.is_intact(note)


def test_a_line_that_was_corrected_is_doubted(run):
    run(["A-1", DAY, "K0001", "P-1", 1, None, None, None])

    found = plan(["A-1", DAY, "K0001", "P-1", 2, None, None, None])

    assert said(found.warnings) == [(2, "A", "line_missing")]
    assert found.counts == {"new": 1}


def test_every_error_is_told_by_row_and_column(house):
    found = plan(
        ["A-1", DAY, "K0001", "P-1", "急", None, None, None],
        [None, DAY, "K0001", "P-1", 1, None, None, None],
        ["A-2", "昨天", "不存在公司", "X-9", 0, -5, None, None],
        ["A-3", DAY, "K0001", "P-1", 1.0005, None, "1~x", None],
        ["A-4", DAY, "K0001", "P-1", "=1+1", None, None, "L" * 61],
        ["A-5", DAY, "K0001", "P-1", 1, None, "C-1", None],
        ["A-6", DAY, "K0001", "P-1", 1, None, "C-1", None],
        ["A-5", date(2024, 3, 2), "K0001", "P-1", 1, None, None, None],
    )

    assert said(found.errors) == [
        (2, "E", "not_a_number"),
        (3, "A", "required"),
        (4, "B", "not_a_date"),
        (4, "C", "unknown_customer"),
        (4, "D", "unknown_part"),
        (4, "E", "not_positive"),
        (4, "F", "not_positive"),
        (5, "E", "out_of_range"),
        (5, "G", "serial_range"),
        (6, "E", "formula"),
        (6, "H", "too_long"),
        (8, "G", "duplicate_serial"),
        (9, "B", "mixed_document"),
    ]


def test_with_any_error_nothing_is_written(house, sales_clerk, now):
    rows = [["A-1", DAY, "K0001", "P-1", 1, None, None, None],
            ["A-2", DAY, "K0001", "P-1", "急", None, None, None]]  # fmt: skip

    with (
        check(ShipmentRegister(), workbook(HEADINGS, *rows), "登記.xlsx") as reading,
        pytest.raises(RuleViolation, match="還有 1 處錯誤"),
    ):
        write(reading, actor=sales_clerk, now=now)

    assert not ShippingNote.objects.exists()


def test_a_machine_leaves_once(run, house):
    run(["A-1", DAY, "K0001", "P-1", 1, None, "C-1", None])

    again = plan(["A-2", DAY, "K0001", "P-1", 1, None, "C-1", None])

    assert said(again.errors) == [(2, "G", "duplicate_serial")]
    assert "A-1" in again.errors[0].message


def test_a_machine_on_file_at_another_customer_is_told(house, sales_clerk, now):
    actions.create_unit(
        actor=sales_clerk, now=now, serial_no="C-1", delivered_on=DAY,
        product=Product.objects.get(part_no="P-1"), customer=Customer.objects.get(code="K0002"),
    )  # fmt: skip

    found = plan(["A-1", DAY, "K0001", "P-1", 1, None, "C-1", None])

    assert said(found.errors) == [(2, "G", "duplicate_serial")]
    assert "台中精工" in found.errors[0].message


def test_fewer_serial_numbers_than_pieces_are_doubted(house):
    found = plan(["A-1", DAY, "K0001", "P-1", 3, None, "C-1", None])

    assert said(found.warnings) == [(2, "G", "serial_count")]
    assert not found.errors


@pytest.mark.clause("3.1.3")
def test_the_number_of_a_note_that_was_written_here_is_not_taken_twice(house, make_note, now):
    note = make_note(now, customer=Customer.objects.get(code="K0001"), external_no="A-1")

    found = plan(["A-1", DAY, "K0001", "P-1", 1, None, None, None])

    assert said(found.errors) == [(2, "A", "already_imported")]
    assert note.title in found.errors[0].message


def test_what_nobody_knows_is_created_where_that_is_wanted(run):
    outcome = run(
        ["A-1", DAY, "溫州塘下泵閥廠", "N-7", 2, None, None, None],
        ["A-2", DAY, "温州塘下泵阀厂", "n-7", 1, None, None, None],
        create_missing=True,
    )

    customer, product = (
        Customer.objects.get(name="溫州塘下泵閥廠"),
        Product.objects.get(part_no="N-7"),
    )
    assert outcome == Outcome(2, 0, 0)
    assert (customer.code, product.name) == ("K0003", "N-7")
    assert {note.customer for note in ShippingNote.objects.all()} == {customer}
    assert {line.product for line in ShippingNoteLine.objects.all()} == {product}
    assert [entry.event for entry in audit.timeline(customer)] == ["customer.created"]


def test_what_would_be_created_is_told_before(house):
    row = ["A-1", DAY, "溫州塘下泵閥廠", "N-7", 2, None, None, None]

    assert plan(row, create_missing=True).missing == {"客戶": 1, "產品": 1}
    assert not Customer.objects.filter(name="溫州塘下泵閥廠").exists()


def test_a_new_part_takes_its_name_and_family_from_the_register(house, sales_clerk, now):
    file = workbook([*HEADINGS, "品名", "產品族"],
                    ["A-1", DAY, "K0001", "N-7", "2台", None, None, None, "導葉", "鑄件"])  # fmt: skip

    with check(ShipmentRegister(), file, "登記.xlsx", create_missing=True) as reading:
        write(reading, actor=sales_clerk, now=now)

    product = Product.objects.get(part_no="N-7")
    assert (product.name, product.family) == ("導葉", "鑄件")
    assert ShippingNoteLine.objects.get().quantity == Decimal(2)


def test_somebody_without_the_permission_takes_nothing_over(house, warehouse_keeper, now):
    file = workbook(HEADINGS, ["A-1", DAY, "K0001", "P-1", 1, None, None, None])

    with (
        check(ShipmentRegister(), file, "登記.xlsx") as reading,
        pytest.raises(RuleViolation, match="權限"),
    ):
        write(reading, actor=warehouse_keeper, now=now)

    assert not ShippingNote.objects.exists()


def test_what_somebody_took_over_after_the_check_is_not_taken_twice(house, sales_clerk, now):
    file = workbook(HEADINGS, *[["A-1", DAY, "K0001", "P-1", 1, None, None, None]] * 2)

    with (
        check(ShipmentRegister(), file, "登記.xlsx") as mine,
        check(ShipmentRegister(), file, "登記.xlsx") as theirs,
    ):
        write(theirs, actor=sales_clerk, now=now)
        outcome = write(mine, actor=sales_clerk, now=now)

    assert outcome == Outcome(0, 0, 2)
    assert ShippingNoteLine.objects.count() == 2
