"""3.1.2 委託外部運輸: a carrier is kept, and shows whether it may carry and what it lacks since when."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions, qualification
from aftersales.masterdata.models import Carrier
from delivery.tests.partners import TODAY, agree, make_carrier, verify

pytestmark = pytest.mark.clause("3.1.2")
DAY = timedelta(days=1)


@pytest.fixture
def desk(client, sales_manager):
    client.force_login(sales_manager)
    return client


def test_a_new_carrier_cannot_be_chosen_before_it_has_its_papers(contract_office, now):
    carrier = actions.create_carrier(actor=contract_office, now=now, name="德邦物流")

    assert carrier.code == "Y0001"
    assert "沒有登記承運協議" in qualification.refusal(carrier, TODAY)
    assert not Carrier.objects.qualified(TODAY).exists()


def test_a_carrier_is_edited_and_goes_out_of_use_and_back(logistics_clerk, now):
    carrier = make_carrier()
    actions.edit_carrier(carrier, actor=logistics_clerk, now=now, version=1, phone="139")
    with pytest.raises(StaleEdit):
        actions.edit_carrier(carrier, actor=logistics_clerk, now=now, version=1, phone="138")

    actions.deactivate_carrier(carrier, actor=logistics_clerk, now=now, reason="多次受潮")
    carrier.refresh_from_db()
    assert "已停用" in qualification.refusal(carrier, TODAY)

    actions.reactivate_carrier(carrier, actor=logistics_clerk, now=now, reason="整改")
    assert Carrier.objects.qualified(TODAY).get() == carrier


@pytest.mark.parametrize("role", ["salesperson", "sales_clerk", "purchasing"])
def test_other_roles_may_not_keep_carriers(role, make_user, now):
    actor, carrier = make_user(role), make_carrier()

    for act, facts in (
        (actions.edit_carrier, {"name": "乙"}),
        (actions.deactivate_carrier, {"reason": "甲"}),
    ):
        with pytest.raises(RuleViolation, match="請找銷售部經理、物流員、合同管理室"):
            act(carrier, actor=actor, now=now, **facts)
    with pytest.raises(RuleViolation):
        actions.create_carrier(actor=actor, now=now, name="甲")


def test_what_is_missing_is_told_since_the_first_day_of_it(salesperson):
    carrier = make_carrier(agreed=None, able=None)
    agree(carrier, TODAY - 400 * DAY, TODAY - 16 * DAY)
    verify(carrier, TODAY - 400 * DAY, TODAY - 35 * DAY)

    found = qualification.standing(carrier, TODAY)

    assert found.since == TODAY - 34 * DAY
    assert found.until is None
    assert "過期 16 天" in found.lacks[0]
    assert "過期 35 天" in found.lacks[1]


def test_what_was_never_there_has_no_first_day(salesperson):
    assert qualification.standing(make_carrier(agreed=None), TODAY).since is None


def test_agreements_that_follow_on_are_one_stretch(salesperson):
    carrier = make_carrier(agreed=None, able=(TODAY, TODAY + 900 * DAY))
    agree(carrier, TODAY - 50 * DAY, TODAY + 10 * DAY)
    agree(carrier, TODAY + 11 * DAY, TODAY + 300 * DAY)
    agree(carrier, TODAY + 302 * DAY, TODAY + 600 * DAY)  # a day is missing before it

    assert qualification.standing(carrier, TODAY).until == TODAY + 300 * DAY


def test_a_termination_that_is_to_come_ends_the_stretch(salesperson):
    carrier = make_carrier()
    carrier.agreements.update(terminated_on=TODAY + 5 * DAY, termination_reason="多次受潮")

    assert qualification.standing(carrier, TODAY).until == TODAY + 4 * DAY
    assert not qualification.standing(carrier, TODAY + 5 * DAY).is_qualified


@pytest.mark.parametrize("days", [-1, 0, 1, 20, 21])
def test_rows_agree_with_the_words(salesperson, days):
    on = TODAY + days * DAY
    make_carrier(agreed=(TODAY, TODAY + 20 * DAY))
    make_carrier(able=(TODAY, TODAY + 20 * DAY))
    make_carrier(agreed=None)
    make_carrier(is_active=False)
    verify(make_carrier(), TODAY, TODAY, "not_able")

    able = {each for each in Carrier.objects.all() if qualification.standing(each, on).is_qualified}

    assert set(Carrier.objects.qualified(on)) == able


def test_the_list_is_narrowed_by_how_a_carrier_stands(desk, salesperson):
    today = timezone.localdate()
    long = (today - 9 * DAY, today + 300 * DAY)
    for name, end in (("long", 300), ("in60", 60), ("in30", 30), ("in7", 7), ("over", -1)):
        make_carrier(name, agreed=(today - 90 * DAY, today + end * DAY), able=long)
    make_carrier("none", agreed=None, able=long)
    make_carrier("out", is_active=False, today=today)

    def shown(stands, **more):
        page = desk.get(reverse("carrier_list"), {"stands": stands} | more).context["page"]
        return {carrier.name for carrier in page}

    assert shown("qualified") == {"long", "in60", "in30", "in7"}
    assert shown("60") == {"in60", "in30", "in7"}
    assert shown("30") == {"in30", "in7"}
    assert shown("7") == {"in7"}
    assert shown("expired") == {"over"}
    assert shown("not") == {"over", "none"}
    assert shown("", state="all") == {"long", "in60", "in30", "in7", "over", "none", "out"}


def test_a_page_says_in_its_head_whether_the_carrier_may_carry(desk, salesperson):
    today = timezone.localdate()
    good = make_carrier(today=today)
    bad = make_carrier("安能", agreed=(today - 99 * DAY, today - 10 * DAY), today=today)

    assert "可以承運 · 剩" in desk.get(good.get_absolute_url()).content.decode()
    page = desk.get(bad.get_absolute_url()).content.decode()
    assert "不能承運" in page
    assert f"自 {today - 9 * DAY} 起 10 天" in page


def test_a_page_names_who_may_do_what_and_offers_only_what_the_reader_may(
    client, salesperson, contract_office
):
    carrier = make_carrier(today=timezone.localdate())
    agreement, verification = (
        reverse(name, args=[carrier.pk]) for name in ("agreement_create", "verification_create")
    )

    client.force_login(salesperson)
    page = client.get(carrier.get_absolute_url()).content.decode()
    assert "銷售部經理、物流員、合同管理室" in page
    assert verification in page
    assert agreement not in page

    client.force_login(contract_office)
    page = client.get(carrier.get_absolute_url()).content.decode()
    assert agreement in page
    assert verification not in page


def test_the_list_is_exported_with_what_is_missing(desk, salesperson):
    make_carrier("德邦", agreed=None)

    response = desk.get(reverse("carrier_export"))
    heading, row = load_workbook(BytesIO(b"".join(response.streaming_content))).active.values

    assert heading[-3:] == ("今天", "缺什麼", "文件有效至")
    assert row[-3] == "不能承運"
    assert "沒有登記承運協議" in row[-2]


def test_the_list_of_notes_is_narrowed_to_what_a_carrier_carries(
    client, sales_manager, make_note, now
):
    carrier = make_carrier()
    other = make_note(now)
    note = make_note(now, carrier=carrier, carrier_agreement=carrier.agreements.get())
    client.force_login(sales_manager)

    page = client.get(reverse("shippingnote_list"), {"carrier": carrier.pk}).context["page"]

    assert list(page) == [note]
    assert other not in page
