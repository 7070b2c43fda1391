"""3.2.1 sales clerk, keeper and the customer's person check together against the 「成品發貨單」."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import recheck_note
from delivery.actions.pickup import Found
from delivery.models import PickupDifference
from delivery.tests.floor import line_of
from delivery.tests.pickup import all_there, away, check, differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def note(make_note, sales_clerk, now):
    return fetched(make_note, now, issuer=sales_clerk)


@pytest.mark.parametrize("recorder", ["sales_clerk", "warehouse_keeper"])
def test_the_three_and_every_line_are_kept(
    note, sales_clerk, warehouse_keeper, now, request, recorder
):
    actor = request.getfixturevalue(recorder)

    made = check(note, sales_clerk, warehouse_keeper, now, actor=actor, customer_person=" 王志明 ")

    assert (made.clerk, made.keeper, made.customer_person) == (
        sales_clerk,
        warehouse_keeper,
        "王志明",
    )
    assert (made.customer_phone, made.credential) == ("139 5743 2208", "介紹信 0312")
    assert (made.recorded_by, made.checked_at, made.attempt) == (actor, now, 1)
    assert made.is_match
    assert [(each.counted_quantity, each.differs) for each in made.lines.all()] == [
        (2, False),
        (6, False),
    ]
    note.refresh_from_db()
    assert note.state == "issued"


def test_the_trail_names_all_three_and_the_clause(note, sales_clerk, warehouse_keeper, now):
    check(note, sales_clerk, warehouse_keeper, now)

    entry = audit.timeline(note)[0]
    assert (entry.event, entry.clause) == ("shippingnote.pickup_agreed", "3.2.1")
    assert [entry.data[name] for name in ("clerk", "keeper", "customer_person")] == [
        "銷售內勤",
        "倉庫保管員",
        "王志明",
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"customer_person": " "}, "customer_person"),
        ({"customer_phone": "", "credential": " "}, "customer_phone"),
        ({"clerk": None}, "clerk"),
        ({"keeper": None}, "keeper"),
    ],
)
def test_with_one_of_the_three_left_out_it_is_refused(
    note, sales_clerk, warehouse_keeper, now, facts, field
):
    with pytest.raises(RuleViolation) as refusal:
        check(note, sales_clerk, warehouse_keeper, now, **facts)

    assert (refusal.value.field, refusal.value.clause) == (field, "3.2.1")
    assert not note.pickup_checks.exists()


def test_clerk_and_keeper_are_two_people(note, make_user, now):
    both = make_user("sales_clerk", "warehouse_keeper")

    with pytest.raises(RuleViolation, match="要是兩個人") as refusal:
        check(note, both, both, now)

    assert refusal.value.field == "keeper"


@pytest.mark.parametrize(
    ("place", "role"), [("clerk", "salesperson"), ("keeper", "shipping_clerk")]
)
def test_only_who_holds_the_post_stands_for_it(
    note, sales_clerk, warehouse_keeper, make_user, now, place, role
):
    with pytest.raises(RuleViolation, match="請選在場的") as refusal:
        check(note, sales_clerk, warehouse_keeper, now, **{place: make_user(role)})

    assert refusal.value.field == place


def test_the_deputy_of_an_absent_keeper_stands_for_him(
    note, sales_clerk, warehouse_keeper, make_user, now
):
    deputy = make_user("production", name="郭文斌")
    away(warehouse_keeper, deputy)

    made = check(note, sales_clerk, deputy, now, actor=deputy)

    assert made.keeper == deputy
    assert audit.timeline(note)[0].on_behalf_of == warehouse_keeper.name


def test_who_was_not_there_does_not_write_it_down(
    note, sales_clerk, warehouse_keeper, make_user, now
):
    with pytest.raises(RuleViolation, match="不在其中"):
        check(note, sales_clerk, warehouse_keeper, now, actor=make_user("sales_clerk"))


@pytest.mark.parametrize("role", ["sales_manager", "shipping_clerk", "leader", "salesperson"])
def test_others_do_not_check(note, sales_clerk, warehouse_keeper, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        check(note, sales_clerk, warehouse_keeper, now, actor=make_user(role))


def test_every_line_is_checked(note, sales_clerk, warehouse_keeper, now):
    found = all_there(note)
    seals = line_of(note, 20)
    del found[seals.pk]

    with pytest.raises(RuleViolation, match="第 20 行 機械密封 還沒有核對") as refusal:
        check(note, sales_clerk, warehouse_keeper, now, found=found)

    assert refusal.value.field == f"line_{seals.pk}"


@pytest.mark.parametrize("quantity", ["-1", "0.0001", "NaN", "many"])
def test_a_quantity_that_is_none_is_refused_at_its_line(
    note, sales_clerk, warehouse_keeper, now, quantity
):
    line = line_of(note, 10)

    with pytest.raises(RuleViolation) as refusal:
        check(
            note, sales_clerk, warehouse_keeper, now,
            found=all_there(note) | {line.pk: Found(quantity)},
        )  # fmt: skip

    assert refusal.value.field == f"line_{line.pk}"


def test_a_name_that_is_too_long_is_refused_at_its_field(note, sales_clerk, warehouse_keeper, now):
    with pytest.raises(ValidationError) as refusal:
        check(note, sales_clerk, warehouse_keeper, now, customer_person="王" * 61)

    assert list(refusal.value.message_dict) == ["customer_person"]


# --- a difference -----------------------------------------------------------------------------------


def test_a_difference_is_kept_in_a_sentence_and_opens_the_way_of_its_own(
    note, sales_clerk, warehouse_keeper, now
):
    difference = differ(note, sales_clerk, warehouse_keeper, now)

    assert not difference.check_made.is_match
    assert (difference.state, difference.description) == (
        "found",
        "第 10 行 多級離心泵：單上 2 台，實點 1 台，箱內少一台",
    )
    assert [each.differs for each in difference.check_made.lines.all()] == [True, False]
    assert audit.timeline(note)[0].data["differences"] == [difference.description]


@pytest.mark.parametrize(
    ("quantity", "remark"), [("3", ""), ("0", ""), ("2", "銘牌與單上型號不同")]
)
def test_too_many_none_or_the_wrong_goods_all_differ(
    note, sales_clerk, warehouse_keeper, now, quantity, remark
):
    found = all_there(note) | {line_of(note, 10).pk: Found(Decimal(quantity), remark)}

    assert not check(note, sales_clerk, warehouse_keeper, now, found=found).is_match


def test_clerk_and_manager_are_told_of_a_difference_at_once(
    note, sales_clerk, warehouse_keeper, sales_manager, now
):
    differ(note, sales_clerk, warehouse_keeper, now, actor=warehouse_keeper)

    for person in (sales_clerk, sales_manager):
        notice = Notice.objects.get(recipient=person)
        assert notice.title == f"提貨時單貨不符，請銷售內勤查明原因：{note.number}"
        assert "實點 1 台" in notice.body
        assert notice.is_urgent
        assert notice.url == f"/delivery/notes/{note.number}/pickup/"


@pytest.mark.parametrize("state", ["found", "caused", "consented", "confirmed"])
def test_there_is_no_second_check_before_the_goods_are_packed_again(
    note, sales_clerk, warehouse_keeper, sales_manager, now, state
):
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    difference = mended(difference, state, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match=f"目前「{difference.get_state_display()}」"):
        check(note, sales_clerk, warehouse_keeper, now)

    assert note.pickup_checks.count() == 1


def test_once_packed_again_the_three_check_anew_and_both_attempts_are_kept(
    note, sales_clerk, warehouse_keeper, sales_manager, now
):
    first = differ(note, sales_clerk, warehouse_keeper, now)
    mended(first, "repacked", sales_clerk, warehouse_keeper, sales_manager, now)

    check(note, sales_clerk, warehouse_keeper, now)

    assert list(note.pickup_checks.values_list("attempt", "is_match")) == [(1, False), (2, True)]


def test_after_a_match_the_three_may_check_again(note, sales_clerk, warehouse_keeper, now):
    check(note, sales_clerk, warehouse_keeper, now)

    difference = differ(note, sales_clerk, warehouse_keeper, now)

    assert difference.check_made.attempt == 2


# --- which notes, and when -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["released", "verified", "closed"])
def test_only_issued_goods_are_checked(make_note, sales_clerk, warehouse_keeper, now, state):
    note = fetched(make_note, now, state=state)

    with pytest.raises(RuleViolation, match="不能「三方核對」"):
        check(note, sales_clerk, warehouse_keeper, now)


def test_what_a_vehicle_brings_is_not_checked_by_three(
    make_note, sales_clerk, warehouse_keeper, now
):
    with pytest.raises(RuleViolation, match="不是顧客自提"):
        check(make_note(now, state="issued"), sales_clerk, warehouse_keeper, now)


def test_checks_before_a_recheck_of_all_goods_are_history(note, sales_clerk, warehouse_keeper, now):
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    later = now + timedelta(hours=2)
    recheck_note(note, actor=warehouse_keeper, now=later, reason="少裝一台，全部重點")
    type(note).objects.update(state="issued", issued_at=later)

    made = check(note, sales_clerk, warehouse_keeper, later)

    assert (made.attempt, made.is_match) == (2, True)
    assert PickupDifference.objects.get() == difference
