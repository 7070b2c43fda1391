"""3.1.2 由外單位運輸的，與承運方簽訂協議; 3.2.2 業務員驗證其運輸質量保證能力."""

from datetime import timedelta

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions import issue_note, release_note, schedule_note
from delivery.models import ShippingNote
from delivery.tests.partners import TODAY, YEAR, agree, make_carrier, verify

pytestmark = pytest.mark.clause("3.1.2")
DAY = timedelta(days=1)
PAST = TODAY - YEAR / 2


def schedule(note, actor, now, carrier, **facts):
    facts = {"ship_on": TODAY, "delivery_mode": "carrier", "carrier": carrier} | facts
    return schedule_note(note, actor=actor, now=now, **facts)


def test_the_carrier_is_bound_with_its_agreement_and_the_waybill(make_note, salesperson, now):
    carrier = make_carrier()

    note = schedule(make_note(now), salesperson, now, carrier, waybill_no=" DPK ２０２６ ")

    assert (note.carrier, note.carrier_agreement) == (carrier, carrier.agreements.get())
    assert note.waybill_no == "DPK 2026"
    entry = audit.timeline(note)[0]
    assert (entry.data["carrier"], entry.data["agreement"]) == (carrier.name, "CY01-1")


def test_of_several_agreements_the_one_that_lasts_longest_is_cited(make_note, salesperson, now):
    carrier = make_carrier()
    longer = agree(carrier, TODAY, TODAY + YEAR)

    note = schedule(make_note(now), salesperson, now, carrier)

    assert note.carrier_agreement == longer


def test_without_a_carrier_it_is_refused(make_note, salesperson, now):
    make_carrier()

    with pytest.raises(RuleViolation, match="請選承運商") as refusal:
        schedule(make_note(now), salesperson, now, None)

    assert refusal.value.field == "carrier"


def test_where_no_carrier_is_qualified_the_mode_is_refused_with_the_way_out(
    make_note, salesperson, now
):
    make_carrier(agreed=None)

    with pytest.raises(RuleViolation, match=r"沒有一家承運商.*改用公司車隊") as refusal:
        schedule(make_note(now), salesperson, now, None)

    assert refusal.value.field == "delivery_mode"


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ({"agreed": (PAST, TODAY - DAY)}, "已於 2026-11-23 到期，過期 1 天"),
        ({"able": (PAST, TODAY - DAY)}, "能力驗證已於 2026-11-23 到期，過期 1 天"),
        ({"agreed": (TODAY + DAY, TODAY + YEAR)}, "自 2026-11-25 才生效"),
        ({"agreed": None}, "沒有登記承運協議"),
        ({"able": None}, "沒有運輸質量保證能力的驗證"),
        ({"is_active": False}, "已停用"),
    ],
)
def test_a_carrier_without_valid_papers_is_refused_with_what_is_missing_since_when(
    make_note, salesperson, now, papers, sentence
):
    make_carrier("順豐速運有限公司")  # so that the mode itself is possible
    lacking = make_carrier(**papers)
    note = make_note(now)

    with pytest.raises(RuleViolation, match=sentence) as refusal:
        schedule(note, salesperson, now, lacking)

    assert (refusal.value.field, refusal.value.clause) == ("carrier", "3.1.2")
    note.refresh_from_db()
    assert (note.carrier, note.scheduled_at) == (None, None)


@pytest.mark.parametrize("paper", ["agreed", "able"])
def test_papers_that_end_today_still_hold_today_and_not_tomorrow(
    make_note, salesperson, now, paper
):
    make_carrier("順豐速運有限公司")
    carrier = make_carrier(**{paper: (PAST, TODAY)})
    note = make_note(now)

    with pytest.raises(RuleViolation, match="2026-11-25 不能承運") as refusal:
        schedule(note, salesperson, now, carrier, ship_on=TODAY + DAY)

    assert refusal.value.field == "carrier"
    assert schedule(note, salesperson, now, carrier).carrier == carrier


def test_an_agreement_that_ends_the_day_before_shipping_is_refused(make_note, salesperson, now):
    make_carrier("順豐速運有限公司")
    carrier = make_carrier(agreed=(PAST, TODAY + 2 * DAY))

    with pytest.raises(RuleViolation, match="已於 2026-11-26 到期，過期 1 天"):
        schedule(make_note(now), salesperson, now, carrier, ship_on=TODAY + 3 * DAY)


def test_papers_that_begin_before_the_day_of_shipping_are_enough(make_note, salesperson, now):
    carrier = make_carrier(agreed=(TODAY + DAY, TODAY + YEAR))

    note = schedule(make_note(now), salesperson, now, carrier, ship_on=TODAY + DAY)

    assert note.carrier == carrier


@pytest.mark.clause("3.2.2")
def test_a_verification_that_found_it_not_able_outweighs_an_older_one(make_note, salesperson, now):
    make_carrier("順豐速運有限公司")
    carrier = make_carrier()
    verify(carrier, TODAY - DAY, TODAY + YEAR, verdict="not_able")

    with pytest.raises(RuleViolation, match="2026-11-23 的能力驗證結論為不合格"):
        schedule(make_note(now), salesperson, now, carrier)


@pytest.mark.parametrize(("ends", "is_refused"), [(0, True), (1, False)])
def test_an_agreement_ended_early_binds_until_the_day_before(
    make_note, salesperson, now, ends, is_refused
):
    make_carrier("順豐速運有限公司")
    carrier = make_carrier()
    carrier.agreements.update(terminated_on=TODAY + ends * DAY, termination_reason="多次受潮")
    note = make_note(now)

    if is_refused:
        with pytest.raises(RuleViolation, match="已於 2026-11-24 提前終止"):
            schedule(note, salesperson, now, carrier)
    else:
        assert schedule(note, salesperson, now, carrier).carrier == carrier


def test_another_mode_takes_the_carrier_off_again(make_note, salesperson, now):
    note = schedule(make_note(now), salesperson, now, make_carrier(), waybill_no="DPK1")

    note = schedule(note, salesperson, now, make_carrier("x"), delivery_mode="own_fleet")

    assert (note.carrier, note.carrier_agreement, note.waybill_no) == (None, None, "")


# --- between arranging and leaving the papers may end ----------------------------------------------


def test_a_note_is_not_released_where_the_agreement_was_ended_meanwhile(
    make_note, salesperson, leader, now
):
    note = make_note(now, state="submitted")
    note = schedule(note, salesperson, now, make_carrier())
    note.carrier.agreements.update(terminated_on=TODAY, termination_reason="多次受潮")

    with pytest.raises(RuleViolation, match="提前終止"):
        release_note(note, actor=leader, now=now, version=note.version)


def test_goods_do_not_leave_with_a_carrier_whose_papers_ended_meanwhile(
    make_note, salesperson, shipping_clerk, now
):
    carrier = make_carrier(able=(PAST, TODAY + DAY))
    note = schedule(make_note(now, state="submitted"), salesperson, now, carrier)
    ShippingNote.objects.update(
        state="verified", released_by=shipping_clerk, released_at=now,
        vehicle_no="浙J 8K216", driver_name="周建軍",
    )  # fmt: skip

    with pytest.raises(RuleViolation, match="能力驗證已於 2026-11-25 到期"):
        issue_note(note, actor=shipping_clerk, now=now + 2 * DAY)

    assert issue_note(note, actor=shipping_clerk, now=now + DAY).state == "issued"


def test_the_goods_leave_under_the_agreement_that_holds_on_that_day(
    make_note, salesperson, shipping_clerk, now
):
    carrier = make_carrier(agreed=(PAST, TODAY))
    note = schedule(make_note(now, state="submitted"), salesperson, now, carrier)
    ShippingNote.objects.update(
        state="verified", released_by=shipping_clerk, released_at=now,
        vehicle_no="浙J 8K216", driver_name="周建軍",
    )  # fmt: skip
    following = agree(carrier, TODAY + DAY, TODAY + YEAR)

    note = issue_note(note, actor=shipping_clerk, now=now + 2 * DAY)

    assert note.carrier_agreement == following
