"""The list of shipping notes: narrowed, sorted, paged, exported, at the same cost for any number."""

import io
from datetime import date

import pytest
from django.db import connection
from openpyxl import load_workbook

from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("3.1.3")
LIST = "/delivery/notes/"


@pytest.fixture
def page(client):
    """page(user, **query): the list as this user sees it."""

    def get(user, **query):
        client.force_login(user)
        return client.get(LIST, query)

    return get


def shown(response) -> list[str]:
    return [note.title for note in response.context["page"]]


def test_the_newest_note_stands_first(page, make_note, sales_clerk, now):
    notes = [make_note(now, state="released") for _each in range(3)]

    response = page(sales_clerk)

    assert shown(response) == [note.title for note in reversed(notes)]
    assert notes[0].get_absolute_url() in response.content.decode()


@pytest.mark.parametrize(
    "words", ["寧波海曙", "宁波海曙", "FH-202611-0001", "fh-202611-0001-R2", "王志明"]
)
def test_it_is_found_by_number_and_name_in_either_script(
    page, make_note, make_customer, sales_clerk, now, words
):
    wanted = make_note(now, state="released")
    make_note(
        now,
        state="released",
        customer=make_customer("台中精工股份有限公司"),
        number="FH-202611-0077",
    )
    ShippingNote.objects.exclude(pk=wanted.pk).update(search_text="|fh-202611-0077|台中精工|")

    assert shown(page(sales_clerk, q=words)) == [wanted.title]


def test_a_customer_who_was_renamed_is_found_by_the_new_name(page, make_note, sales_clerk, now):
    note = make_note(now)
    customer = note.customer
    customer.name = "海曙智慧水務股份有限公司"
    customer.search_text = customer.folded()
    customer.save()

    assert shown(page(sales_clerk, q="智慧水务")) == [note.title]


@pytest.mark.postgresql
def test_two_characters_are_looked_up_in_the_index(make_note, now):
    make_note(now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = ShippingNote.objects.matching("寧波").order_by().explain()

    assert "shippingnote_bigrams" in plan


def test_it_is_narrowed_by_state_mode_days_and_mine(page, make_note, make_user, sales_clerk, now):
    other = make_user("sales_clerk")
    mine = make_note(now, state="released", issuer=sales_clerk)
    theirs = make_note(now, state="draft", issuer=other)
    closed = make_note(now, state="closed", issuer=other)
    ShippingNote.objects.filter(pk=closed.pk).update(
        ship_on=date(2026, 10, 1), delivery_mode="pickup", pickup_basis="contract"
    )

    assert shown(page(sales_clerk, state="open")) == [theirs.title, mine.title]
    assert shown(page(sales_clerk, state="closed")) == [closed.title]
    assert shown(page(sales_clerk, delivery_mode="pickup")) == [closed.title]
    assert shown(page(sales_clerk, mine="on")) == [mine.title]
    assert shown(page(sales_clerk, ship_on_before="2026-10-31")) == [closed.title]


def test_a_day_that_is_none_is_named_and_nothing_breaks(page, make_note, sales_clerk, now):
    make_note(now)

    response = page(sales_clerk, ship_on_after="tomorrow", state="nowhere")

    assert response.status_code == 200
    assert "filter-bar__error" in response.content.decode()


@pytest.mark.parametrize("order", ["number", "-ship_on", "customer", "state", "nonsense"])
def test_it_is_sorted_by_what_the_heads_offer(page, make_note, sales_clerk, now, order):
    notes = [make_note(now, state="released") for _each in range(2)]

    assert set(shown(page(sales_clerk, order=order))) == {note.title for note in notes}


def test_a_salesperson_sees_the_own_customers_notes_only(
    page, make_note, make_customer, salesperson, now
):
    own = make_note(now, customer=make_customer("自己的", salesperson=salesperson))
    make_note(now, customer=make_customer("別人的"))

    assert shown(page(salesperson)) == [own.title]


def test_who_has_no_part_in_deliveries_is_refused(page, service_engineer):
    assert page(service_engineer).status_code == 403


def test_the_workbook_holds_the_same_rows(client, make_note, sales_clerk, now):
    make_note(now, state="released", external_no="=cmd()")
    make_note(now)
    client.force_login(sales_clerk)

    response = client.get("/delivery/notes/export/", {"state": "released"})

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[0][0] == "發貨單號"
    assert rows[1][:5] == (
        "FH-202611-0001",
        "=cmd()",
        "已簽發",
        "C0001",
        "寧波海曙水務設備有限公司",
    )
    assert sheet.cell(2, 2).data_type == "s"


def test_queries_do_not_grow_with_the_rows(
    client, make_note, sales_clerk, now, django_assert_max_num_queries
):
    for _each in range(10):
        make_note(now)
    client.force_login(sales_clerk)

    with django_assert_max_num_queries(12):
        response = client.get(LIST)
    assert len(shown(response)) == 10


@pytest.mark.slow
def test_ten_thousand_notes_cost_the_same_queries_and_are_counted_up_to_the_cap(
    client, make_note, sales_clerk, now, django_assert_max_num_queries
):
    first = make_note(now, state="released")
    ShippingNote.objects.bulk_create(
        ShippingNote(
            number=f"FH-202610-{serial:05d}",
            state="closed",
            customer=first.customer,
            issuer=first.issuer,
            released_by=first.released_by,
            released_at=now,
            final_inspection_no="ZJ-1",
            final_inspection_on=date(2026, 10, 1),
            final_inspection_by="何雅婷",
            created_at=now,
            search_text=f"|fh-202610-{serial:05d}|",
        )
        for serial in range(10_050)
    )
    client.force_login(sales_clerk)

    for query in ({}, {"q": "海曙"}, {"state": "closed", "order": "customer"}):
        with django_assert_max_num_queries(12):
            response = client.get(LIST, query)
        assert len(shown(response)) == 25
    assert "10,000+" in response.content.decode()
