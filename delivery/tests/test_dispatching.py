"""3.2.2 供方送貨：指定車輛與司機，出庫放行後司機點數簽收."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from aftersales.core import audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import assign_vehicle, issue_note, renew_link
from delivery.models import ShippingNote
from delivery.tests.pickup import fetched

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def clerk(shipping_clerk):
    return shipping_clerk


def test_vehicle_and_driver_are_assigned_tidied(make_note, logistics_clerk, now):
    note = assign_vehicle(
        make_note(now, state="released"),
        actor=logistics_clerk,
        now=now,
        vehicle_no=" 浙j 8k216",
        driver_name=" 周建軍 ",
        driver_phone="１３８ 0676 2150",
    )

    assert (note.vehicle_no, note.driver_name) == ("浙J 8K216", "周建軍")
    assert note.driver_phone == "138 0676 2150"
    assert note.state == "released"


def test_another_vehicle_replaces_the_first_and_both_stand_in_the_audit(make_note, clerk, now):
    note = make_note(now, state="verified")

    assign_vehicle(note, actor=clerk, now=now, vehicle_no="浙B 12345", driver_name="李強")

    entry = audit.timeline(note)[0]
    assert entry.data["vehicle_no"] == "浙B 12345"
    assert entry.data["before"] == ["浙J 8K216", "周建軍"]


@pytest.mark.parametrize("field", ["vehicle_no", "driver_name"])
def test_vehicle_and_driver_are_both_needed(make_note, clerk, now, field):
    facts = {"vehicle_no": "浙J 8K216", "driver_name": "周建軍", field: " "}

    with pytest.raises(RuleViolation) as refusal:
        assign_vehicle(make_note(now, state="verified"), actor=clerk, now=now, **facts)

    assert refusal.value.field == field


def test_a_number_plate_that_is_too_long_is_refused_at_its_field(make_note, clerk, now):
    note = make_note(now, state="verified")

    with pytest.raises(ValidationError) as refusal:
        assign_vehicle(note, actor=clerk, now=now, vehicle_no="浙" * 21, driver_name="周建軍")

    assert list(refusal.value.message_dict) == ["vehicle_no"]


def test_a_note_on_its_way_keeps_its_vehicle(make_note, clerk, now):
    with pytest.raises(RuleViolation, match="目前是「運送中」"):
        assign_vehicle(
            make_note(now, state="in_transit"),
            actor=clerk,
            now=now,
            vehicle_no="浙B 1",
            driver_name="李強",
        )


def test_goods_issue_posts_the_local_day_and_opens_the_drivers_link(make_note, clerk):
    midnight_in_shanghai = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    note = make_note(midnight_in_shanghai, state="verified")

    note = issue_note(note, actor=clerk, now=midnight_in_shanghai)

    assert (note.state, note.posted_on) == ("issued", date(2026, 11, 25))
    assert (note.issued_at, note.issued_by) == (midnight_in_shanghai, clerk)
    link = public_links.current_link(note, "load", now=midnight_in_shanghai)
    assert link.expires_at == midnight_in_shanghai + timedelta(hours=24)


def test_goods_issue_tells_the_keepers(make_note, clerk, warehouse_keeper, now):
    note = issue_note(make_note(now, state="verified"), actor=clerk, now=now)

    assert Notice.objects.filter(
        recipient=warehouse_keeper, title=f"出庫放行，請裝車：{note.number}"
    ).exists()


def test_no_goods_issue_without_a_vehicle(make_note, clerk, now):
    note = make_note(now, state="verified")
    ShippingNote.objects.update(vehicle_no="")

    with pytest.raises(RuleViolation, match="請先指定車號與司機"):
        issue_note(note, actor=clerk, now=now)


@pytest.mark.parametrize("state", ["released", "verifying", "adjusting", "issued"])
def test_only_a_verified_note_is_issued(make_note, clerk, now, state):
    with pytest.raises(RuleViolation, match="不能「出庫放行」"):
        issue_note(make_note(now, state=state), actor=clerk, now=now)


def test_a_keeper_may_not_issue(make_note, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="沒有「出庫放行」的權限"):
        issue_note(make_note(now, state="verified"), actor=warehouse_keeper, now=now)


def test_a_fresh_link_closes_the_old_one(make_note, clerk, now):
    note = issue_note(make_note(now, state="verified"), actor=clerk, now=now)
    old = public_links.token_of(public_links.current_link(note, "load", now=now))

    fresh = renew_link(note, actor=clerk, now=now, purpose="load")

    assert public_links.token_of(fresh) != old
    assert public_links.find(old, "load", now=now) is None
    assert public_links.find(public_links.token_of(fresh), "load", now=now) == fresh


def test_the_customers_link_is_renewed_by_who_records_receipts(make_note, sales_clerk, now):
    note = make_note(now, state="in_transit")

    link = renew_link(note, actor=sales_clerk, now=now, purpose="receive")

    assert link.expires_at == now + timedelta(days=30)


def test_a_link_is_renewed_only_at_its_step_and_by_its_people(make_note, clerk, leader, now):
    note = make_note(now, state="verified")

    with pytest.raises(RuleViolation, match="沒有司機簽收連結可以重新產生"):
        renew_link(note, actor=clerk, now=now, purpose="load")

    note = issue_note(note, actor=clerk, now=now)
    with pytest.raises(RuleViolation, match="不能重新產生司機簽收連結"):
        renew_link(note, actor=leader, now=now, purpose="load")


# --- goods that the customer fetches (3.2.1) ---------------------------------------------------------


@pytest.mark.clause("3.2.1")
def test_goods_that_the_customer_fetches_need_no_vehicle_and_open_no_link(make_note, clerk, now):
    note = issue_note(fetched(make_note, now, state="verified"), actor=clerk, now=now)

    assert (note.state, note.vehicle_no) == ("issued", "")
    assert public_links.current_link(note, "load", now=now) is None


@pytest.mark.clause("3.2.1")
def test_clerks_and_keepers_are_asked_to_check_with_the_customer(
    make_note, clerk, sales_clerk, warehouse_keeper, now
):
    note = issue_note(fetched(make_note, now, state="verified"), actor=clerk, now=now)

    for person in (sales_clerk, warehouse_keeper):
        notice = Notice.objects.get(recipient=person)
        assert notice.title == f"顧客自提，請三方核對：{note.number}"
        assert notice.url == f"/delivery/notes/{note.number}/pickup/"


@pytest.mark.clause("3.2.1")
def test_a_pickup_has_neither_vehicle_nor_drivers_link(make_note, clerk, now):
    note = fetched(make_note, now, state="verified")

    with pytest.raises(RuleViolation, match="由顧客自提，不經司機運送"):
        assign_vehicle(note, actor=clerk, now=now, vehicle_no="浙B 1", driver_name="李強")

    note = issue_note(note, actor=clerk, now=now)
    with pytest.raises(RuleViolation, match="由顧客自提，沒有司機簽收連結"):
        renew_link(note, actor=clerk, now=now, purpose="load")
