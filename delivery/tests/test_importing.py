"""3.1.3 「發貨單」 out of spreadsheets become drafts: all notes of a file, or none of them."""

from datetime import date
from decimal import Decimal

import pytest

from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.models import Customer, Product
from delivery.actions.importing import ImportRefused, import_shipping_notes, refuse_by_records
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import read_shipping_notes
from delivery.models import ShippingNote
from delivery.tests.import_files import NINGBO, PUMP, SEAL, TAICHUNG, places, workbook

pytestmark = pytest.mark.clause("3.1.3")
HEAD = [
    "發貨單號",
    "客戶",
    "發貨日期",
    "料號",
    "品名",
    "規格",
    "單位",
    "數量",
    "單價",
    "金額",
    "序列號",
]
ROWS = [
    HEAD,
    ["FH-外-1", NINGBO, "2026-11-28", PUMP, "泵", "CDL", "台", 2, "8650.12345", None, "A1,A2"],
    ["FH-外-2", TAICHUNG, "2026-11-29", SEAL, "密封", "φ22", "套", 6, 213, 12, None],
    ["FH-外-1", NINGBO, "2026-11-28", SEAL, "密封", "φ22", "套", 1, 0, 0, None],
]


@pytest.fixture
def master_data(make_customer, make_product):
    make_customer(NINGBO, name_simplified="宁波海曙水务设备有限公司", address="環城西路 88 號")
    make_customer(TAICHUNG, short_name="台中精工")
    make_product(PUMP, "多級離心泵", spec="CDL32-50")
    make_product(SEAL, "機械密封")


def reading_of(*sheets, create_missing: bool = False):
    return read_shipping_notes(
        workbook(*sheets),
        "note.xlsx",
        catalogue=DatabaseCatalogue(),
        create_missing=create_missing,
    )


def test_every_note_of_the_file_becomes_a_draft(master_data, sales_clerk, now):
    reading = reading_of(ROWS)

    notes = import_shipping_notes(reading, actor=sales_clerk, now=now, source="note.xlsx")

    first, second = notes
    assert [(note.external_no, note.state, note.customer.name) for note in notes] == [
        ("FH-外-1", "draft", NINGBO),
        ("FH-外-2", "draft", TAICHUNG),
    ]
    assert (first.issuer, first.ship_on, first.address) == (
        sales_clerk,
        date(2026, 11, 28),
        "環城西路 88 號",
    )
    assert [
        (line.line_no, line.part_no, line.name, line.quantity) for line in first.lines.all()
    ] == [
        (10, PUMP, "泵", Decimal(2)),
        (20, SEAL, "密封", Decimal(1)),
    ]
    pump = first.lines.first()
    assert (pump.planned_serials, pump.unit_price) == (["A1", "A2"], Decimal("8650.1235"))
    assert second.lines.get().amount == Decimal("1278.00")


def test_the_timeline_names_the_file_and_the_row(master_data, sales_clerk, now):
    note, _other = import_shipping_notes(
        reading_of(ROWS), actor=sales_clerk, now=now, source="note.xlsx"
    )

    entry = timeline(note)[0]
    assert (entry.event, entry.data["file"], entry.data["row"]) == (
        "shippingnote.imported",
        "note.xlsx",
        2,
    )


def test_documents_tell_the_reference_of_their_drafts(master_data, sales_clerk, now):
    reading = reading_of(ROWS)

    notes = import_shipping_notes(reading, actor=sales_clerk, now=now)

    assert [document["reference"] for document in reading.as_json()["documents"]] == [
        note.reference for note in notes
    ]


def test_a_second_run_makes_no_doubles_and_names_the_first(master_data, sales_clerk, now):
    first, _second = import_shipping_notes(reading_of(ROWS), actor=sales_clerk, now=now)
    again = reading_of(ROWS)

    with pytest.raises(ImportRefused) as refusal:
        import_shipping_notes(again, actor=sales_clerk, now=now)

    assert places(refusal.value.findings) == [
        (2, "A", "already_imported"),
        (3, "A", "already_imported"),
    ]
    assert first.title in refusal.value.findings[0].message
    assert ShippingNote.objects.count() == 2
    assert again.documents == []


def test_the_preview_can_tell_it_before_anything_is_written(master_data, sales_clerk, now):
    import_shipping_notes(reading_of(ROWS), actor=sales_clerk, now=now)
    again = reading_of(ROWS)

    refuse_by_records(again, now=now)

    assert [error.code for error in again.errors] == ["already_imported"] * 2
    assert again.as_json()["documents"] == []


def test_another_customer_may_use_the_same_number(master_data, sales_clerk, now):
    import_shipping_notes(reading_of(ROWS), actor=sales_clerk, now=now)
    other = reading_of([HEAD, ["FH-外-1", TAICHUNG, None, SEAL, "密封", None, "套", 1]])

    notes = import_shipping_notes(other, actor=sales_clerk, now=now)

    assert [note.customer.name for note in notes] == [TAICHUNG]


def test_a_cancelled_note_may_be_imported_again(master_data, sales_clerk, now):
    import_shipping_notes(reading_of(ROWS), actor=sales_clerk, now=now)
    ShippingNote.objects.update(state="cancelled")

    notes = import_shipping_notes(reading_of(ROWS), actor=sales_clerk, now=now)

    assert len(notes) == 2


def test_new_customers_and_products_are_created_once_where_that_is_wanted(sales_clerk, now, db):
    rows = [
        ["發貨單號", "客戶代號", "料號", "品名", "規格", "單位", "數量"],
        ["Z-1", "20093317", "1400007796", "潛水泵", "WQ15", "台", 1],
        ["Z-2", "20093317", "1400007796", "潛水泵", "WQ15", "台", 2],
    ]

    notes = import_shipping_notes(
        reading_of(rows, create_missing=True), actor=sales_clerk, now=now, create_missing=True
    )

    customer, product = Customer.objects.get(), Product.objects.get()
    assert (customer.code, customer.name) == ("20093317", "20093317")
    assert (product.part_no, product.name, product.spec, product.uom) == (
        "1400007796",
        "潛水泵",
        "WQ15",
        "台",
    )
    assert [note.customer for note in notes] == [customer, customer]


def test_a_new_customer_without_code_gets_one(sales_clerk, now, make_product):
    make_product(PUMP)
    rows = [["單號", "客戶", "料號", "數量"], ["Z-1", "全新水務有限公司", PUMP, 1]]

    note = import_shipping_notes(
        reading_of(rows, create_missing=True), actor=sales_clerk, now=now, create_missing=True
    )[0]

    assert note.customer.name == "全新水務有限公司"
    assert note.customer.code


def test_nothing_is_created_unless_that_was_wanted_at_the_import_too(master_data, sales_clerk, now):
    rows = [["單號", "客戶", "料號", "品名", "數量"], ["Z-1", "不認識的公司", PUMP, "泵", 1]]
    reading = reading_of(rows, create_missing=True)

    with pytest.raises(ImportRefused, match="不在客戶主檔"):
        import_shipping_notes(reading, actor=sales_clerk, now=now)

    assert not ShippingNote.objects.exists()


def test_what_a_rule_of_the_draft_refuses_is_told_by_its_row_and_nothing_is_kept(
    master_data, make_product, sales_clerk, now
):
    make_product("M-1", "逐台編號的馬達", is_serialised=True)
    rows = [*ROWS, ["FH-外-3", NINGBO, None, "M-1", "馬達", None, "台", 1.5]]

    with pytest.raises(ImportRefused) as refusal:
        import_shipping_notes(reading_of(rows), actor=sales_clerk, now=now)

    assert places(refusal.value.findings) == [(5, None, "refused")]
    assert not ShippingNote.objects.exists()


def test_a_file_with_errors_is_refused_as_a_whole(master_data, sales_clerk, now):
    reading = reading_of([*ROWS, ["FH-外-4", NINGBO, None, PUMP, "泵", None, "台", "三"]])

    with pytest.raises(ImportRefused) as refusal:
        import_shipping_notes(reading, actor=sales_clerk, now=now)

    assert places(refusal.value.findings) == [(5, "H", "not_a_number")]
    assert not ShippingNote.objects.exists()


def test_only_those_who_may_import_do(master_data, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="權限"):
        import_shipping_notes(reading_of(ROWS), actor=warehouse_keeper, now=now)

    assert not ShippingNote.objects.exists()


@pytest.mark.parametrize(
    "stated",
    [
        "宁波海曙水务设备有限公司",
        "寧波海曙水務設備有限公司 ",
        "台中精工",
        "臺中精工",
        "C0001",
        "ｃ０００１",
    ],
)
def test_a_customer_is_found_by_name_in_either_script_short_name_or_code(master_data, stated):
    assert DatabaseCatalogue().find_customer(stated) is not None


def test_a_short_name_that_two_customers_share_finds_neither(master_data, make_customer):
    make_customer("台中精工二廠", short_name="台中精工")

    assert DatabaseCatalogue().find_customer("台中精工") is None


def test_a_part_is_found_whatever_its_width_and_dashes(master_data):
    assert DatabaseCatalogue().find_part("ｐ－100–2").part_no == PUMP
    assert DatabaseCatalogue().find_part("多級離心泵") is None
