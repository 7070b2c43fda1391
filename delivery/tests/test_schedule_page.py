"""3.1.2 and 3.2.1 the page on which a delivery is arranged: what it offers and what it refuses."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.actions import schedule_note
from delivery.tests.partners import YEAR, agree, make_carrier, make_contract

pytestmark = pytest.mark.clause("3.1.2")
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def page(client, make_note, sales_manager, now):
    """page() is the form of a draft, page(**facts) the answer to it, page.note the draft."""
    client.force_login(sales_manager)
    note = make_note(now)

    def ask(**facts):
        url = note.get_absolute_url() + "schedule/"
        if not facts:
            return client.get(url).content.decode()
        facts = {"ship_on": timezone.localdate().isoformat()} | facts
        response = client.post(url, facts)
        note.refresh_from_db()
        return response.content.decode() if response.status_code == 200 else response.url

    ask.note = note
    return ask


def option(page: str, carrier) -> str:
    """The control of a carrier and the words beside it."""
    found = re.search(
        rf'<input[^>]*name="carrier" value="{carrier.pk}".*?</label>', page, re.DOTALL
    )
    return found[0]


def test_a_carrier_is_offered_with_the_papers_that_bind_it(page, today):
    carrier = make_carrier(today=today)

    words = option(page(), carrier)

    assert "disabled" not in words
    assert f"協議 CY01-1，至 {today + YEAR / 2}" in words


def test_one_whose_agreement_ended_yesterday_is_closed_and_says_so(page, today):
    carrier = make_carrier(agreed=(today - YEAR, today - DAY), today=today)

    words = option(page(), carrier)

    assert "disabled" in words
    assert "不能選：承運協議 CY01-1 已於" in words
    assert "過期 1 天" in words


@pytest.mark.parametrize("paper", ["agreed", "able"])
def test_a_forged_choice_is_refused_with_what_is_missing_since_when(page, today, paper):
    make_carrier("順豐速運有限公司", today=today)
    carrier = make_carrier(today=today, **{paper: (today - YEAR, today - DAY)})

    answer = page(delivery_mode="carrier", carrier=carrier.pk)

    assert f"{carrier.name} 在 {today} 不能承運" in answer
    assert f"已於 {today - DAY} 到期，過期 1 天" in answer
    assert (page.note.carrier, page.note.scheduled_at) == (None, None)


def test_a_carrier_that_is_no_longer_used_is_not_offered_and_a_forged_one_is_refused(page, today):
    make_carrier("順豐速運有限公司", today=today)
    carrier = make_carrier(today=today, is_active=False)

    assert carrier.name not in page()
    page(delivery_mode="carrier", carrier=carrier.pk)
    assert page.note.scheduled_at is None


def test_the_carriers_are_shown_as_they_stand_on_the_day_that_was_asked_for(page, today):
    coming = make_carrier(agreed=(today + 5 * DAY, today + YEAR), today=today)

    answer = page(delivery_mode="carrier", ship_on=(today + 5 * DAY).isoformat())

    assert "disabled" in option(page(), coming)
    assert "disabled" not in option(answer, coming)
    assert "請選承運商" in answer


def test_the_carrier_and_its_agreement_are_kept_and_shown_on_the_note(page, client, today):
    carrier = make_carrier(today=today)

    page(
        delivery_mode="carrier",
        carrier=carrier.pk,
        waybill_no="DPK2611",
        delivery_mode_reason="路遠",
    )

    shown = client.get(page.note.get_absolute_url()).content.decode()
    assert page.note.carrier_agreement == carrier.agreements.get()
    assert all(word in shown for word in (carrier.name, "CY01-1", "DPK2611", "路遠"))


def test_without_any_carrier_the_page_says_so_and_the_answer_names_the_way_out(page):
    assert "主檔裡還沒有承運商" in page()
    assert "改用公司車隊" in page(delivery_mode="carrier")


def test_a_qualified_carrier_of_the_name_on_the_paper_is_chosen_beforehand(page, today):
    other, named = make_carrier("順豐速運有限公司", today=today), make_carrier(today=today)
    page.note.carrier_name = "德邦物流股份有限公司"
    page.note.save()

    shown = page()

    assert "checked" in option(shown, named)
    assert "checked" not in option(shown, other)


def test_one_that_lacks_papers_is_not_chosen_beforehand(page, today):
    named = make_carrier(today=today, able=None)
    page.note.carrier_name = named.name
    page.note.save()

    assert "checked" not in option(page(), named)


def test_an_agreement_that_ends_today_serves_today(page, today):
    carrier = make_carrier(today=today, agreed=(today - DAY, today))
    agree(carrier, today - YEAR, today - 2 * DAY)

    assert "disabled" not in option(page(), carrier)
    assert page(delivery_mode="carrier", carrier=carrier.pk) == page.note.get_absolute_url()


# --- pick-up ----------------------------------------------------------------------------------------


@pytest.mark.clause("3.2.1")
def test_a_pickup_without_its_basis_is_refused_beside_the_field(page):
    answer = page(delivery_mode="pickup")

    assert "請選自提的依據" in answer
    assert page.note.scheduled_at is None


@pytest.mark.clause("3.2.1")
def test_a_pickup_by_agreement_keeps_its_words_and_the_note_shows_them(page, client):
    words = "王志明週三上午派車來提"

    answer = page(delivery_mode="pickup", pickup_basis="agreement", pickup_basis_text=words)

    assert answer == page.note.get_absolute_url()
    shown = client.get(answer).content.decode()
    assert "雙方商定" in shown
    assert words in shown


@pytest.mark.clause("3.2.1")
def test_only_contracts_of_the_customer_are_offered(page, make_customer, today):
    own = make_contract(page.note.customer, today=today)
    other = make_contract(make_customer("台中精工股份有限公司"), "HT-2026-099", today=today)

    shown = page()
    answer = page(delivery_mode="pickup", pickup_basis="contract", contract=other.pk)

    assert own.number in shown
    assert other.number not in shown
    assert page.note.scheduled_at is None
    assert "field--error" in answer


@pytest.mark.clause("3.2.1")
def test_a_pickup_by_contract_leads_to_the_contract_from_the_note(page, client, today):
    contract = make_contract(page.note.customer, today=today)

    answer = page(delivery_mode="pickup", pickup_basis="contract", contract=contract.pk)

    shown = client.get(answer).content.decode()
    assert "合同約定" in shown
    assert contract.number in shown


def test_who_signs_the_note_sees_by_which_agreement_it_is_carried(
    client, make_note, salesperson, leader, now, today
):
    carrier = make_carrier(today=today)
    schedule_note(
        make_note(now, state="submitted"), actor=salesperson, now=timezone.now(), ship_on=today,
        delivery_mode="carrier", carrier=carrier,
    )  # fmt: skip
    client.force_login(leader)

    shown = client.get("/delivery/release/").content.decode()

    assert f"委託外部運輸：{carrier.name}，協議 CY01-1" in shown


@pytest.mark.clause("3.2.1")
def test_the_timeline_tells_the_basis_of_a_pickup(page, client, today):
    contract = make_contract(page.note.customer, today=today)

    answer = page(delivery_mode="pickup", pickup_basis="contract", contract=contract.pk)

    assert f"顧客自提　合同約定　{contract.number}" in client.get(answer).content.decode()
