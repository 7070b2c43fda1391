"""3.2.2 業務員應對承運方的運輸質量保證能力進行驗證: the last verdict counts, until it expires."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aftersales.core import timeline
from aftersales.core.errors import RuleViolation
from aftersales.masterdata import actions, qualification
from aftersales.masterdata.models import Carrier, CarrierVerification
from delivery.tests.partners import TODAY, make_carrier

pytestmark = pytest.mark.clause("3.2.2")
DAY = timedelta(days=1)
EVIDENCE = "廂式車 12 輛，防雨篷布與緩衝墊齊全，貨物保險每車 50 萬元"


def facts(**changed):
    return {
        "verdict": "able", "evidence": EVIDENCE, "verified_on": TODAY,
        "expires_on": TODAY + 365 * DAY,
    } | changed  # fmt: skip


def test_the_salesperson_verifies_and_the_carrier_may_carry(salesperson, now):
    carrier = make_carrier(able=None)

    verification = actions.create_verification(carrier, actor=salesperson, now=now, **facts())

    assert verification.verified_by == salesperson
    assert Carrier.objects.qualified(TODAY).get() == carrier
    assert timeline.lines_of(carrier)[0].note == f"合格，有效至 {TODAY + 365 * DAY}"


def test_a_verdict_of_not_able_ends_an_older_one_of_able_at_once(salesperson, now):
    carrier = make_carrier(able=(TODAY, TODAY + 300 * DAY))
    assert Carrier.objects.qualified(TODAY).exists()

    actions.create_verification(
        carrier, actor=salesperson, now=now, **facts(verdict="not_able", expires_on=None)
    )

    assert not Carrier.objects.qualified(TODAY).exists()
    assert qualification.standing(carrier, TODAY).since == TODAY
    assert "不合格" in qualification.refusal(carrier, TODAY)
    assert timeline.lines_of(carrier)[0].note == "不合格"


def test_a_later_one_of_able_makes_it_good_again(salesperson, now):
    carrier = make_carrier(able=None)
    for verdict in ("not_able", "able"):
        actions.create_verification(carrier, actor=salesperson, now=now, **facts(verdict=verdict))

    assert Carrier.objects.qualified(TODAY).get() == carrier


def test_it_does_not_lie_in_the_future(salesperson, now):
    with pytest.raises(RuleViolation, match="驗證日期最晚是今天") as refused:
        actions.create_verification(
            make_carrier(), actor=salesperson, now=now, **facts(verified_on=TODAY + DAY)
        )

    assert (refused.value.clause, refused.value.field) == ("3.2.2", "verified_on")


@pytest.mark.parametrize("expires_on", [None, TODAY - DAY])
def test_able_says_until_when(salesperson, now, expires_on):
    carrier = make_carrier(able=None)

    with pytest.raises(RuleViolation, match="有效至"):
        actions.create_verification(
            carrier, actor=salesperson, now=now,
            **facts(verified_on=TODAY - 9 * DAY, expires_on=expires_on),
        )  # fmt: skip

    assert not CarrierVerification.objects.exists()


def test_it_rests_on_evidence(salesperson, now):
    with pytest.raises(ValidationError) as refused:
        actions.create_verification(
            make_carrier(), actor=salesperson, now=now, **facts(evidence="")
        )

    assert "evidence" in refused.value.message_dict


@pytest.mark.parametrize("role", ["logistics_clerk", "contract_office", "sales_clerk"])
def test_other_roles_do_not_verify(role, make_user, now):
    actor = make_user(role)

    with pytest.raises(RuleViolation, match="請找業務員、銷售部經理"):
        actions.create_verification(make_carrier(), actor=actor, now=now, **facts())


def test_its_page_asks_leads_back_and_shows_it_with_who_and_until_when(client, salesperson):
    today = timezone.localdate()
    carrier = make_carrier(able=None, today=today)
    address = reverse("verification_create", args=[carrier.pk])
    client.force_login(salesperson)

    empty = client.post(address, {"form_key": "one"})
    made = client.post(
        address,
        facts(verified_on=today, expires_on=today + 90 * DAY) | {"form_key": "two"},
    )
    page = client.get(carrier.get_absolute_url()).content.decode()

    assert set(empty.context["form"].errors) == {"verdict", "verified_on", "evidence"}
    assert made.url.endswith(f"#verification-{CarrierVerification.objects.get().pk}")
    assert EVIDENCE in page
    assert salesperson.name in page
    assert "可以承運" in page


def test_what_a_newer_one_took_the_place_of_says_so(client, salesperson, now):
    carrier = make_carrier()
    actions.create_verification(carrier, actor=salesperson, now=now, **facts())
    client.force_login(salesperson)

    page = client.get(carrier.get_absolute_url()).content.decode()

    assert page.count("已有新的驗證") == 1
