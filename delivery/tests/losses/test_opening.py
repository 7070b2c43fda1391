"""3.2.2 貨物在途中短缺、受潮或損壞,由承運方按協議負責;公司車隊的,登記內部事故."""

from decimal import Decimal

import pytest

from aftersales.core.models import AuditEntry, Notice
from delivery.models import TransitLoss
from delivery.tests.losses.cases import carried, make_loss, opened, priced, reported

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


def test_with_a_carrier_it_is_a_claim_that_cites_the_agreement_of_the_note(make_note, now):
    note = carried(make_note(now, state="signed"))

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert (loss.number, loss.state, loss.party) == ("SP-202611-0001", "open", "carrier")
    assert (loss.carrier, loss.agreement) == (note.carrier, note.carrier_agreement)


def test_with_the_own_fleet_it_is_an_incident(make_note, now):
    note = make_note(now, state="signed")

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert (loss.party, loss.carrier, loss.agreement) == ("own_fleet", None, None)


def test_each_line_and_kind_is_kept_with_its_serial_numbers_and_its_price(make_note, now):
    loss = make_loss(make_note, now)

    rows = [
        (row.line.line_no, row.kind, row.quantity, row.amount, row.remark)
        for row in loss.lines.all()
    ]
    assert rows == [
        (10, "broken", Decimal(1), Decimal("3200.00"), "泵體開裂"),
        (20, "short", Decimal(2), Decimal("170.00"), ""),
    ]
    assert loss.lines.get(kind="broken").serial_nos == [f"C2611-0418-{loss.note_id}"]


def test_damp_and_short_of_one_line_are_two_rows(make_note, now):
    note = make_note(now, state="signed")
    facts = {"sound": "2", "damaged": "3", "damage_kind": "damp", "short": "1"}

    loss = opened(note, reported(note, now, l20=facts), now)

    assert set(loss.lines.values_list("kind", "quantity")) == {("damp", 3), ("short", 1)}


def test_a_line_without_a_price_leaves_the_amount_open(make_note, now):
    note = make_note(now, state="signed")

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert loss.lines.get().amount is None
    assert loss.lost_amount is None


def test_half_a_cent_is_rounded_up(make_note, now):
    note = priced(make_note(now, state="signed"), "0", "0.0025")

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert loss.lines.get().amount == Decimal("0.01")


def test_what_was_refused_for_quality_is_no_loss_on_the_way(make_note, now):
    note = make_note(now, state="signed")

    loss = opened(note, reported(note, now, l20={"sound": "4", "refused": "2"}), now)

    assert loss is None
    assert not TransitLoss.objects.exists()


def test_a_note_has_one_loss_however_often_it_is_opened(make_note, now):
    first = make_loss(make_note, now)
    report = first.note.arrival_reports.get()

    again = opened(first.note, report, now)

    assert again == first
    assert TransitLoss.objects.count() == 1
    assert AuditEntry.objects.filter(event="transitloss.opened").count() == 2


def test_the_owner_is_the_salesperson_who_still_works_here(make_note, make_user, now):
    note = make_note(now, state="signed")
    gone, seller = make_user("salesperson", is_active=False), make_user("salesperson")
    note.salesperson, note.customer.salesperson = gone, seller
    note.customer.save()
    note.save()

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert loss.owner == seller


def test_where_all_have_left_a_sales_manager_owns_it(make_note, sales_manager, now):
    note = make_note(now, state="signed")
    note.issuer.is_active = False
    note.issuer.save()

    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert loss.owner == sales_manager


def test_it_stands_on_the_timeline_of_the_note_and_of_the_loss(make_note, now):
    loss = make_loss(make_note, now)

    entries = AuditEntry.objects.filter(event="transitloss.opened").order_by("pk")
    assert [(each.subject, each.clause, each.actor_name) for each in entries] == [
        (loss.note, "3.2.2", "系統"),
        (loss, "3.2.2", "系統"),
    ]
    assert entries[0].data["number"] == loss.number
    assert "第 20 行 機械密封：短少 2 套" in entries[0].data["lost"]


def test_owner_manager_and_logistics_are_told_once(make_note, sales_manager, logistics_clerk, now):
    loss = make_loss(make_note, now)

    told = Notice.objects.filter(key__startswith="transitloss.opened")
    assert {each.recipient for each in told} == {loss.owner, sales_manager, logistics_clerk}
    assert {each.url for each in told} == {f"/delivery/losses/{loss.number}/"}
    assert told[0].title == "途損待索賠：SP-202611-0001"
    assert "第 10 行 多級離心泵：破損 1 台" in told[0].body
