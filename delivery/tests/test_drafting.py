"""3.1.3 發貨前銷售內勤開具「發貨單」: a draft is drawn up and changed; nothing else can be edited."""

from datetime import date
from decimal import Decimal

import pytest

from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import Notice
from aftersales.masterdata.models import Contact
from delivery.actions import create_note, schedule_note, update_note
from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("3.1.3")


@pytest.fixture
def pump(make_product):
    return make_product("P-100-2", "多級離心泵", spec="CDL32-50", uom="台", is_serialised=True)


@pytest.fixture
def seal(make_product):
    return make_product("S-210", "機械密封", uom="套")


@pytest.fixture
def draft(sales_clerk, make_customer, pump, seal, now):
    return create_note(
        actor=sales_clerk,
        now=now,
        customer=make_customer(),
        lines=[
            {"product": pump, "quantity": Decimal(2), "unit_price": Decimal("8650")},
            {"product": seal, "quantity": Decimal("6"), "unit_price": Decimal("146.505")},
        ],
    )


def lines_of(note):
    return [(line.line_no, line.part_no, line.quantity, line.amount) for line in note.lines.all()]


def test_a_draft_has_lines_amounts_and_no_number_yet(draft, sales_clerk):
    assert (draft.number, draft.state, draft.issuer) == ("", "draft", sales_clerk)
    assert lines_of(draft) == [
        (10, "P-100-2", Decimal("2"), Decimal("17300.00")),
        (20, "S-210", Decimal("6"), Decimal("879.03")),
    ]


def test_what_is_left_out_comes_from_the_customer(sales_clerk, salesperson, make_customer, now):
    customer = make_customer(
        address="海曙區環城西路 88 號", phone="0574-1", salesperson=salesperson
    )
    Contact.objects.create(customer=customer, name="陳志遠", phone="139 1")

    note = create_note(actor=sales_clerk, now=now, customer=customer)

    assert (note.consignee, note.phone, note.address) == ("陳志遠", "139 1", customer.address)
    assert (note.salesperson, note.issued_on) == (salesperson, date(2026, 11, 24))


def test_goods_that_go_to_another_customer_take_that_ones_address(sales_clerk, make_customer, now):
    buyer, site = make_customer("買方公司", address="甲地"), make_customer("工地", address="乙地")

    note = create_note(actor=sales_clerk, now=now, customer=buyer, ship_to=site)

    assert note.address == "乙地"


def test_the_note_is_found_in_either_script(draft):
    assert ShippingNote.objects.matching("宁波海曙").get() == draft


def test_without_a_customer_there_is_no_note(sales_clerk, now):
    with pytest.raises(RuleViolation) as refusal:
        create_note(actor=sales_clerk, now=now)

    assert (refusal.value.field, refusal.value.clause) == ("customer", "3.1.3")
    assert not ShippingNote.objects.exists()


def test_a_wrong_line_is_named_and_nothing_is_stored(sales_clerk, make_customer, pump, seal, now):
    with pytest.raises(RuleViolation, match=r"第 2 項.*數量要大於 0") as refusal:
        create_note(
            actor=sales_clerk,
            now=now,
            customer=make_customer(),
            lines=[
                {"product": pump, "quantity": Decimal(1)},
                {"product": seal, "quantity": Decimal(0)},
            ],
        )

    assert refusal.value.field == "lines-1-quantity"
    assert not ShippingNote.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"quantity": Decimal("1.5")}, "數量要是整數"),
        ({"quantity": Decimal(1), "unit_price": Decimal("-1")}, "單價不能小於 0"),
        ({"quantity": Decimal(1), "due_on": date(1999, 12, 31)}, "2000 至 2100"),
        ({"quantity": Decimal("0.0001")}, "數量"),
        ({"quantity": Decimal(1), "planned_serials": ["x" * 81]}, "最多 80 個字"),
    ],
)
def test_a_line_that_cannot_be_is_refused(sales_clerk, make_customer, pump, now, facts, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        create_note(
            actor=sales_clerk, now=now, customer=make_customer(), lines=[{"product": pump, **facts}]
        )


def test_a_day_outside_of_the_century_is_refused(sales_clerk, make_customer, now):
    with pytest.raises(RuleViolation, match="2000 至 2100"):
        create_note(actor=sales_clerk, now=now, customer=make_customer(), ship_on=date(2101, 1, 1))


def test_equal_lines_are_both_kept_and_a_number_twice_is_given_anew(
    sales_clerk, make_customer, seal, now
):
    same = {"product": seal, "quantity": Decimal(2), "line_no": 10}

    note = create_note(actor=sales_clerk, now=now, customer=make_customer(), lines=[same, same])

    assert [line.line_no for line in note.lines.all()] == [10, 20]


def test_a_customers_number_is_used_once_and_the_refusal_names_the_other_note(
    sales_clerk, make_customer, now
):
    customer = make_customer()
    first = create_note(actor=sales_clerk, now=now, customer=customer, external_no="26-11-6-03")

    with pytest.raises(RuleViolation, match=first.title) as refusal:
        create_note(actor=sales_clerk, now=now, customer=customer, external_no="26-11-6-03")

    assert refusal.value.field == "external_no"
    assert create_note(
        actor=sales_clerk, now=now, customer=make_customer("另一家"), external_no="26-11-6-03"
    ).pk


def test_who_may_not_draft_is_refused(warehouse_keeper, make_customer, now):
    with pytest.raises(RuleViolation, match="權限"):
        create_note(actor=warehouse_keeper, now=now, customer=make_customer())


def test_an_edit_changes_facts_and_lines_in_place(draft, sales_clerk, pump, seal, now):
    first, second = draft.lines.all()

    note = update_note(
        draft,
        actor=sales_clerk,
        now=now,
        version=1,
        consignee="林工",
        lines=[
            {"pk": first.pk, "product": pump, "quantity": Decimal(3), "unit_price": Decimal(10)},
            {"product": seal, "quantity": Decimal(1)},
        ],
    )

    assert (note.version, note.consignee) == (2, "林工")
    assert lines_of(note) == [
        (10, "P-100-2", Decimal("3"), Decimal("30.00")),
        (30, "S-210", Decimal("1"), None),
    ]
    assert note.lines.first().pk == first.pk
    assert not note.lines.filter(pk=second.pk).exists()
    changes = timeline(note)[0].data
    assert changes["changes"] == {"consignee": ["", "林工"]}


def test_a_stale_edit_writes_nothing(draft, sales_clerk, now):
    update_note(draft, actor=sales_clerk, now=now, version=1, lines=[], consignee="甲")

    with pytest.raises(StaleEdit) as stale:
        update_note(draft, actor=sales_clerk, now=now, version=1, lines=[], consignee="乙")

    assert stale.value.current.consignee == "甲"
    draft.refresh_from_db()
    assert (draft.consignee, draft.version) == ("甲", 2)


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ("submitted", "退回修改"),
        ("released", "撤回並修訂"),
        ("issued", "撤回並修訂"),
        ("signed", "只有草稿可以修改"),
    ],
)
def test_only_a_draft_can_be_edited_and_the_refusal_says_what_to_do(
    make_note, sales_clerk, now, state, advice
):
    note = make_note(now, state=state)

    with pytest.raises(RuleViolation, match=advice):
        update_note(note, actor=sales_clerk, now=now, version=1, lines=[], consignee="甲")

    note.refresh_from_db()
    assert note.consignee == "王志明"
    assert note.lines.count() == 2


@pytest.mark.clause("3.1.2")
def test_the_day_that_the_warehouse_was_told_is_not_changed_by_an_edit(
    draft, sales_clerk, salesperson, now
):
    note = schedule_note(
        draft, actor=salesperson, now=now, ship_on=date(2026, 11, 26), delivery_mode="own_fleet"
    )

    with pytest.raises(RuleViolation, match="安排交付") as refusal:
        update_note(
            note, actor=sales_clerk, now=now, version=2, lines=[], ship_on=date(2026, 11, 27)
        )

    assert refusal.value.field == "ship_on"


@pytest.mark.clause("3.1.2")
def test_other_goods_after_the_arrangement_are_told_to_the_warehouse_again(
    draft, sales_clerk, salesperson, warehouse_keeper, seal, now
):
    note = schedule_note(
        draft, actor=salesperson, now=now, ship_on=date(2026, 11, 26), delivery_mode="own_fleet"
    )
    ShippingNote.objects.filter(pk=note.pk).update(acknowledged_at=now)

    note = update_note(
        note,
        actor=sales_clerk,
        now=now,
        version=2,
        lines=[{"product": seal, "quantity": Decimal(1)}],
    )

    assert note.acknowledged_at is None
    assert Notice.objects.filter(recipient=warehouse_keeper).count() == 2


def test_a_line_of_another_note_is_not_taken_over(draft, make_note, sales_clerk, pump, now):
    other = make_note(now)
    foreign = other.lines.first()

    update_note(
        draft,
        actor=sales_clerk,
        now=now,
        version=1,
        lines=[{"pk": foreign.pk, "product": pump, "quantity": Decimal(9)}],
    )

    foreign.refresh_from_db()
    assert (foreign.note_id, foreign.quantity) == (other.pk, Decimal(2))
