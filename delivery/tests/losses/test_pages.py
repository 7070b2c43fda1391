"""3.2.2 途損的清單與單據頁:在誰手上、金額、期限、依哪個協議,下一步是什麼."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from aftersales.core import reach, search
from aftersales.core.models import Attachment
from delivery.actions.losses import assess_loss, claim_loss
from delivery.actions.photos import attach_photos
from delivery.models import TransitLoss
from delivery.tests.floor import photo
from delivery.tests.losses.cases import at_state, carried, make_loss, opened, reported
from delivery.tests.partners import make_carrier

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


@pytest.fixture
def manager(client, sales_manager):
    """The browser of the sales manager."""
    client.force_login(sales_manager)
    return client


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(client, **query) -> list[str]:
    answer = client.get(reverse("transitloss_list"), query)
    return [loss.number for loss in answer.context["page"]]


# --- the list ----------------------------------------------------------------------------------


def test_the_list_shows_amount_owner_and_age(loss, manager):
    text = page(manager, "transitloss_list")

    for word in (loss.number, loss.note.number, loss.carrier.name, "3,370.00", str(loss.owner)):
        assert word in text
    assert "第 20 行 機械密封：短少 2 套" in text


def test_an_empty_list_explains_itself(manager):
    assert "簽收時有短少、受潮或損壞，系統自動登記" in page(manager, "transitloss_list")


def test_a_search_without_hits_says_what_to_do(loss, manager):
    assert "放寬條件" in page(manager, "transitloss_list", q="沒有的")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "sp-202611-0001"}, {"q": "FH-202611-0001"}, {"q": "德邦"}, {"q": "寧波海曙"},
        {"state": "open"}, {"state": "open_all"}, {"party": "carrier"}, {"month": "2026-11"},
    ],
)  # fmt: skip
def test_it_is_narrowed_by(loss, make_note, manager, now, query):
    other = make_loss(make_note, now - timedelta(days=40), by_carrier=False)
    at_state(other, "settled", now)

    assert loss.number in numbers(manager, **query)
    if "寧波海曙" not in query.values():  # both are that customer's
        assert other.number not in numbers(manager, **query)


def test_it_is_narrowed_by_carrier_and_owner(
    make_note, manager, logistics_clerk, sales_manager, now
):
    first, second = make_loss(make_note, now), make_loss(make_note, now)
    second.owner = logistics_clerk
    second.save()

    assert numbers(manager, carrier=first.carrier_id) == [first.number]
    assert numbers(manager, owner=logistics_clerk.pk) == [second.number]


def test_a_month_that_is_none_is_said(loss, manager):
    assert "請填年月，例如 2026-11" in page(manager, "transitloss_list", month="2026-13")


def test_it_is_sorted_by_what_the_head_says(make_note, manager, now):
    small, large = make_loss(make_note, now), make_loss(make_note, now)
    at_state(small, "claimed", now, claimed_amount=Decimal(10))
    at_state(large, "claimed", now, claimed_amount=Decimal(9000))

    assert numbers(manager) == [large.number, small.number]
    assert numbers(manager, order="claimed") == [small.number, large.number]
    assert numbers(manager, order="-claimed") == [large.number, small.number]


def test_a_claim_that_is_overdue_says_so(loss, make_note, manager, now):
    loss.agreement.claim_within_days = 0
    loss.agreement.save()
    TransitLoss.objects.update(opened_at=now - timedelta(days=9000))
    type(loss.note).objects.update(arrived_at=now - timedelta(days=9000))

    assert "索賠期限已過" in page(manager, "transitloss_list")


def test_the_list_costs_the_same_queries_however_many(
    make_note, manager, now, django_assert_max_num_queries
):
    for _number in range(5):
        make_loss(make_note, now)

    with django_assert_max_num_queries(12):
        page(manager, "transitloss_list")


def test_the_workbook_holds_the_same_rows(loss, make_note, manager, now):
    at_state(make_loss(make_note, now, by_carrier=False), "settled", now)

    answer = manager.get(reverse("transitloss_export"), {"state": "open"})

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["途損單號"] == loss.number
    assert row["損失"] == "第 10 行 多級離心泵：破損 1 台；第 20 行 機械密封：短少 2 套"
    assert (row["損失金額"], row["索賠金額"]) == (3370, None)
    assert row["承運協議"] == loss.agreement.number


# --- the document --------------------------------------------------------------------------------


def test_the_page_leads_to_note_agreement_and_letter(loss, manager):
    text = page(manager, "transitloss_detail", loss.number)

    for word in (
        loss.note.get_absolute_url(), loss.agreement.number, "照價賠償",
        reverse("transitloss_letter", args=[loss.number]), "泵體開裂", "3,200.00", "3,370.00",
    ):  # fmt: skip
        assert word in text


def test_the_pictures_of_a_line_stand_beside_it(loss, manager, now):
    attach_photos(loss.note, [photo("泵體.jpg")], actor="王志明", now=now, purpose="arrival_1_10")
    picture = Attachment.objects.get()

    text = page(manager, "transitloss_detail", loss.number)

    assert reverse("attachment_preview", args=[picture.pk]) in text


def test_the_steps_are_those_that_the_rules_allow(loss, manager, sales_manager, now):
    text = page(manager, "transitloss_detail", loss.number)

    for verb in ("claim", "assess", "hand_on", "write_off"):
        assert reverse(f"transitloss_{verb}", args=[loss.number]) in text
    for verb in ("accept", "reject", "settle", "resolve"):
        assert reverse(f"transitloss_{verb}", args=[loss.number]) not in text


def test_who_only_reads_sees_whose_turn_it_is(loss, client, leader):
    client.force_login(leader)

    text = page(client, "transitloss_detail", loss.number)

    assert f"下一步由 負責人 {loss.owner} 處理" in text
    assert "上傳" not in text


def test_without_amounts_the_claim_is_blocked_and_leads_to_them(make_note, manager, now):
    note = carried(make_note(now, state="signed"))
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    text = page(manager, "transitloss_detail", loss.number)

    assert "第 20 行還沒有損失金額，請先核定" in text
    assert reverse("transitloss_claim", args=[loss.number]) not in text


@pytest.mark.parametrize("state", TransitLoss.State.values)
def test_every_state_has_its_page(make_note, manager, now, state):
    loss = at_state(make_loss(make_note, now), state, now)

    text = page(manager, "transitloss_detail", loss.number)

    assert loss.get_state_display() in text


def test_the_page_costs_at_most_12_queries(loss, manager, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page(manager, "transitloss_detail", loss.number)


def test_the_page_of_the_note_leads_to_it(loss, manager):
    text = page(manager, "shippingnote_detail", loss.note.reference)

    assert loss.get_absolute_url() in text


# --- the verbs' pages ------------------------------------------------------------------------------


def test_the_amounts_are_proposed_and_stored(loss, manager):
    rows = {row.kind: row.pk for row in loss.lines.all()}
    url = reverse("transitloss_assess", args=[loss.number])
    assert 'value="3200"' in manager.get(url).content.decode()

    answer = manager.post(url, {
        "version": 1, f"amount_{rows['broken']}": "2,800.50", f"amount_{rows['short']}": "０",
        f"remark_{rows['broken']}": "可修復", f"remark_{rows['short']}": "",
    })  # fmt: skip

    assert answer.status_code == 302
    assert answer.headers["Location"] == loss.get_absolute_url()
    assert {row.kind: row.amount for row in loss.lines.all()} == {
        "broken": Decimal("2800.50"), "short": Decimal(0),
    }  # fmt: skip


def test_nothing_filled_in_is_asked_for_at_its_line(loss, manager):
    answer = manager.post(reverse("transitloss_assess", args=[loss.number]), {"version": 1})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "第 10 行「破損」的損失金額" in text
    assert "有 2 處需要更正" in text


def test_who_was_overtaken_sees_both_versions_and_may_send_again(loss, manager, salesperson, now):
    amounts = {row.pk: Decimal(7) for row in loss.lines.all()}
    sent = {"version": 1} | {f"amount_{pk}": "8" for pk in amounts}
    assess_loss(loss, actor=salesperson, now=now, amounts=amounts)
    url = reverse("transitloss_assess", args=[loss.number])

    answer = manager.post(url, sent)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "兩個版本" in text
    assert 'name="version" value="2"' in text
    again = manager.post(url, sent | {"version": 2})
    assert again.status_code == 302
    assert loss.lines.first().amount == 8


def test_a_claim_goes_from_page_to_page_until_it_is_settled(loss, manager, now):
    def send(verb: str, **facts):
        loss.refresh_from_db()
        url = reverse(f"transitloss_{verb}", args=[loss.number])
        assert manager.get(url).status_code == 200
        answer = manager.post(url, {"version": loss.version} | facts)
        assert answer.status_code == 302, answer.content.decode()
        loss.refresh_from_db()
        return loss.state

    assert send("claim") == "claimed"
    today = loss.claimed_on
    assert send("reject", reply="包裝不當", replied_on=today) == "rejected"
    assert send("claim") == "claimed"
    facts = {"agreed_amount": "3,000", "reply": "同意", "replied_on": today}
    assert send("accept", **facts) == "accepted"
    facts = {"settled_amount": "2900", "settlement_ref": "回單 0918", "reason": "扣手續費"}
    assert send("settle", **facts) == "settled"


def test_a_refusal_stands_beside_its_field(loss, manager, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)
    url = reverse("transitloss_accept", args=[loss.number])

    answer = manager.post(
        url,
        {"version": 2, "agreed_amount": "9999", "reply": "好", "replied_on": "2026-11-24"},
    )

    assert answer.status_code == 200
    assert "最多填 3370" in answer.context["form"].errors["agreed_amount"][0]


def test_a_form_sent_twice_is_done_once(loss, manager, now):
    url = reverse("transitloss_claim", args=[loss.number])
    sent = {"version": 1, "form_key": "twice"}

    first, second = manager.post(url, sent), manager.post(url, sent)

    assert first.headers["Location"] == second.headers["Location"]
    loss.refresh_from_db()
    assert (loss.state, loss.version) == ("claimed", 2)


def test_a_verb_of_the_other_kind_says_why_it_is_closed(make_note, manager, now):
    incident = make_loss(make_note, now, by_carrier=False)

    text = page(manager, "transitloss_claim", incident.number)

    assert "這是公司車隊的內部事故，沒有索賠的對象" in text
    assert "<form class" not in text.partition("<main")[2]


def test_a_verb_too_late_says_where_it_stands(loss, manager, now):
    at_state(loss, "settled", now)

    text = page(manager, "transitloss_write_off", loss.number)

    assert f"{loss.number} 目前是「已了結」，不能「核銷」" in text


def test_handing_on_offers_only_who_may_and_not_the_present_owner(
    loss, manager, logistics_clerk, warehouse_keeper
):
    text = page(manager, "transitloss_hand_on", loss.number)

    assert f'<option value="{logistics_clerk.pk}"' in text
    assert f'<option value="{warehouse_keeper.pk}"' not in text
    assert f'<option value="{loss.owner_id}"' not in text


# --- reach -------------------------------------------------------------------------------------------


def test_out_of_reach_is_not_found(loss, client, make_user):
    client.force_login(make_user("salesperson"))

    assert client.get(loss.get_absolute_url()).status_code == 404
    assert client.get(reverse("transitloss_letter", args=[loss.number])).status_code == 404
    assert numbers(client) == []


def test_the_owner_reaches_it_and_its_files(loss, client, make_user):
    owner = make_user("salesperson")
    loss.owner = owner
    loss.save()
    client.force_login(owner)

    assert client.get(loss.get_absolute_url()).status_code == 200
    assert reach.may_see(loss, owner)
    assert reach.may_add(loss, owner)


def test_who_may_not_deal_with_it_adds_no_files(loss, leader):
    assert reach.may_see(loss, leader)
    assert not reach.may_add(loss, leader)


def test_a_file_is_added_from_its_page(loss, manager):
    url = reverse("attachment_upload", args=["delivery.transitloss", loss.pk])

    manager.post(url, {"file": photo("回函.jpg")})

    kind = ContentType.objects.get_for_model(TransitLoss)
    assert Attachment.objects.get(content_type=kind, object_id=loss.pk).name == "回函.jpg"


def test_the_search_box_finds_it_and_jumps_to_its_number(loss, leader, make_user):
    assert search.jump(leader, loss.number.lower()) == loss.get_absolute_url()
    groups = {str(group.label): group for group in search.find(leader, "SP-2026")}
    assert [hit.title for hit in groups["途損"].hits] == [loss.number]
    assert search.jump(make_user("salesperson"), loss.number) == ""


def test_the_timeline_reads_in_words(loss, manager, sales_manager, now):
    claim_loss(loss, actor=sales_manager, now=now)

    text = page(manager, "transitloss_detail", loss.number)

    for word in ("登記途損", "第 10 行 多級離心泵：破損 1 台", "向承運商索賠", "3370 元"):
        assert word in text
    assert "transitloss." not in text.partition("經過")[2].partition("<aside")[0]


def test_a_carrier_in_simplified_script_is_found(make_note, manager, now):
    carrier = make_carrier("長運物流有限公司", name_simplified="长运物流有限公司")
    note = carried(make_note(now, state="signed"), carrier)
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert numbers(manager, q="长运") == [loss.number]
