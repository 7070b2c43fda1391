"""3.1.2 an outside carrier without a valid agreement cannot be chosen: not by a spreadsheet either."""

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from delivery.actions.importing import ImportRefused, import_shipping_notes
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import read_shipping_notes
from delivery.models import ShippingNote
from delivery.tests.import_files import NINGBO, PUMP, places, workbook
from delivery.tests.partners import TODAY, YEAR, make_carrier

pytestmark = pytest.mark.clause("3.1.2")
DAY = timedelta(days=1)
HEAD = ["單號", "客戶", "承運商", "發貨日期", "料號", "數量"]
EXPIRED = {"agreed": (TODAY - YEAR, TODAY - DAY)}
NAME = "德邦物流股份有限公司"


@pytest.fixture(autouse=True)
def office(sales_clerk, make_customer, make_product):
    make_customer(NINGBO)
    make_product(PUMP)
    return sales_clerk


def file(carrier: str, ship_on=None, head=HEAD) -> bytes:
    return workbook([head, ["A-1", NINGBO, carrier, ship_on, PUMP, 1]])


def imported(actor, now, *rows, **facts):
    reading = read_shipping_notes(file(*rows, **facts), "a.xlsx", catalogue=DatabaseCatalogue())
    return import_shipping_notes(reading, actor=actor, now=now)


def refused(actor, now, *rows, **facts):
    with pytest.raises(ImportRefused) as refusal:
        imported(actor, now, *rows, **facts)
    assert not ShippingNote.objects.exists()
    return refusal.value.findings


def test_a_carrier_whose_agreement_ended_yesterday_is_an_error_at_its_cell(office, now):
    make_carrier(NAME, **EXPIRED)

    found = refused(office, now, NAME)

    assert places(found) == [(2, "C", "carrier_not_qualified")]
    assert "已於 2026-11-23 到期，過期 1 天" in found[0].message


@pytest.mark.parametrize("written", ["德邦", "cy01", "德邦物流股份有限公司 ", "德 邦"])
def test_it_is_known_by_short_name_and_code_too_however_it_is_written(office, now, written):
    make_carrier(NAME, short_name="德邦", **EXPIRED)

    assert [error.code for error in refused(office, now, written)] == ["carrier_not_qualified"]


def test_one_without_a_verification_is_an_error_too(office, now):
    make_carrier(NAME, able=None)

    assert "沒有運輸質量保證能力的驗證" in refused(office, now, NAME)[0].message


def test_a_label_above_the_table_is_named_as_the_place(office, now):
    make_carrier(NAME, **EXPIRED)
    rows = [["承運商", NAME], [], ["單號", "客戶", "料號", "數量"], ["A-1", NINGBO, PUMP, 1]]
    reading = read_shipping_notes(workbook(rows), "a.xlsx", catalogue=DatabaseCatalogue())

    with pytest.raises(ImportRefused) as refusal:
        import_shipping_notes(reading, actor=office, now=now)

    assert places(refusal.value.findings) == [(1, "B", "carrier_not_qualified")]


def test_the_day_of_shipping_counts_where_the_paper_names_one(office, now):
    make_carrier(NAME, agreed=(TODAY - YEAR, TODAY + 2 * DAY))

    found = refused(office, now, NAME, "2026-11-27")

    assert "2026-11-27 不能承運" in found[0].message
    assert imported(office, now, NAME, "2026-11-26")[0].carrier_name == NAME


def test_a_qualified_carrier_stays_a_word_of_the_draft_until_it_is_arranged(office, now):
    make_carrier(NAME)

    note = imported(office, now, NAME)[0]

    assert (note.carrier_name, note.carrier, note.delivery_mode) == (NAME, None, "carrier")


def test_a_carrier_that_nobody_knows_stays_a_word_of_the_draft(office, now):
    make_carrier(NAME, **EXPIRED)

    note = imported(office, now, "德邦快遞")[0]

    assert (note.carrier_name, note.carrier) == ("德邦快遞", None)


def test_where_the_customer_fetches_the_goods_no_carrier_is_asked_for(office, now):
    make_carrier("自提", **EXPIRED)

    assert imported(office, now, "自提")[0].delivery_mode == "pickup"


def test_it_is_told_beside_a_number_that_is_here_already(office, now):
    imported(office, now, "德邦快遞")
    make_carrier(NAME, **EXPIRED)
    reading = read_shipping_notes(file(NAME), "a.xlsx", catalogue=DatabaseCatalogue())

    with pytest.raises(ImportRefused) as refusal:
        import_shipping_notes(reading, actor=office, now=now)

    assert [error.code for error in refusal.value.findings] == [
        "already_imported",
        "carrier_not_qualified",
    ]


@pytest.mark.parametrize("options", [["--dry-run"], []])
def test_the_command_tells_it_in_json_and_writes_nothing(tmp_path, options):
    yesterday = timezone.localdate() - DAY
    make_carrier(NAME, agreed=(yesterday - YEAR, yesterday), able=(yesterday, yesterday + YEAR))
    path = tmp_path / "note.xlsx"
    path.write_bytes(file(NAME))
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_shipping_notes", str(path), "--json", *options, stdout=out)

    told = json.loads(out.getvalue())
    assert end.value.code == 1
    assert told["documents"] == []
    assert [(e["row"], e["column"], e["code"]) for e in told["errors"]] == [
        (2, "C", "carrier_not_qualified")
    ]
    assert not ShippingNote.objects.exists()


def test_the_browser_shows_it_beside_the_cell_and_offers_no_confirmation(client, office):
    yesterday = timezone.localdate() - DAY
    make_carrier(NAME, agreed=(yesterday - YEAR, yesterday), able=(yesterday, yesterday + YEAR))
    client.force_login(office)
    upload = SimpleUploadedFile("note.xlsx", file(NAME))
    url = client.post("/delivery/import/", {"file": upload}).url

    page = client.get(url).content.decode()
    client.post(url, {"form_key": "forged-1"})

    assert re.search(rf"C2.*{NAME} 在 {timezone.localdate()} 不能承運", page, re.DOTALL)
    assert "確認匯入" not in page
    assert not ShippingNote.objects.exists()
