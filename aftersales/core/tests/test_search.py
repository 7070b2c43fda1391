"""One box over everything: by number, name and serial, in either script; a number jumps."""

from datetime import date

import pytest

from aftersales.core import search
from aftersales.masterdata.models import Unit


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="submitted")


def found(client, text):
    """{kind: [titles]} of the page for these words."""
    page = client.get("/search/", {"q": text})
    return {group.label: [hit.title for hit in group.hits] for group in page.context["groups"]}


@pytest.mark.parametrize(
    "typed", ["FH-202611-0001", "fh-202611-0001", " ＦＨ-２０２６１１-０００１ "]
)
def test_a_whole_number_jumps_to_its_document(client, sales_clerk, note, typed):
    client.force_login(sales_clerk)

    assert client.get("/search/", {"q": typed}).url == note.get_absolute_url()


def test_a_number_jumps_to_the_newest_revision_and_with_r_to_the_named_one(
    client, sales_clerk, make_note, now
):
    first = make_note(now, state="withdrawn", number="FH-202611-0007")
    second = make_note(now, state="submitted", number="FH-202611-0007", revision=2)
    client.force_login(sales_clerk)

    assert client.get("/search/?q=FH-202611-0007").url == second.get_absolute_url()
    assert client.get("/search/?q=FH-202611-0007-R2").url == second.get_absolute_url()
    assert first.get_absolute_url() != second.get_absolute_url()


@pytest.mark.parametrize("typed", ["海曙水務", "海曙水务", "水務", "ＣＬ０９", "cl09"])
def test_a_customer_is_found_in_either_script_width_and_case(
    client, sales_clerk, make_customer, typed
):
    make_customer(code="CL09-17")
    client.force_login(sales_clerk)

    assert found(client, typed)["客戶"] == ["寧波海曙水務設備有限公司"]


def test_products_units_and_notes_are_found_beside_one_another(
    client, sales_clerk, make_product, make_customer, make_note, now
):
    product = make_product("CDL32-50", "多級離心泵")
    Unit.objects.create(
        serial_no="CDL-2611-0417", product=product, customer=make_customer(),
        delivered_on=date(2026, 11, 1), warranty_from=date(2026, 11, 1),
        warranty_until=date(2027, 10, 31),
    )  # fmt: skip
    note = make_note(now, external_no="CDL-OFFICE-7")
    client.force_login(sales_clerk)

    groups = found(client, "cdl")

    assert groups == {
        "發貨單": [note.title],
        "產品": ["多級離心泵"],
        "已交付設備": ["CDL-2611-0417"],
    }


def test_a_serial_number_finds_the_note_it_went_on(client, sales_clerk, make_note, now):
    note = make_note(now, state="verified")
    client.force_login(sales_clerk)

    assert found(client, f"c2611-0417-{note.pk}") == {"發貨單": [note.title]}


def test_a_kind_shows_ten_and_leads_to_the_rest(client, sales_clerk, make_customer):
    for number in range(12):
        make_customer(f"水務公司 {number}")
    client.force_login(sales_clerk)

    (group,) = client.get("/search/", {"q": "水務"}).context["groups"]

    assert len(group.hits) == search.LIMIT == 10
    assert group.more_url == "/masterdata/customers/?q=%E6%B0%B4%E5%8B%99"


def test_what_is_out_of_reach_is_not_found_and_not_jumped_to(client, salesperson, note):
    client.force_login(salesperson)  # not this customer's

    page = client.get("/search/", {"q": note.number})

    assert page.status_code == 200
    assert "發貨單" not in found(client, note.number)


@pytest.mark.parametrize("typed", ["", "   ", "|", "\x00", "%", "_", "' OR 1=1 --", "x" * 5000])
def test_odd_words_find_nothing_and_break_nothing(client, sales_clerk, note, typed):
    client.force_login(sales_clerk)

    page = client.get("/search/", {"q": typed})

    assert page.status_code == 200
    assert page.context["groups"] == []


def test_what_was_typed_is_shown_as_text(client, sales_clerk):
    client.force_login(sales_clerk)

    html = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html
