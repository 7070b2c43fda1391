"""3.2.2 途損的每一步有自己的頁:問什麼、拒絕什麼、送兩次怎樣."""

from decimal import Decimal

import pytest
from django.urls import reverse

from delivery.actions.losses import assess_loss, claim_loss
from delivery.tests.losses.cases import at_state, make_loss, page

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


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
