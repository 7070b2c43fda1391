"""3.2.2 途中損失由承運方按協議負責:先逐行核定損失金額."""

from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import AuditEntry
from delivery.actions.losses import assess_loss
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


def amounts(loss, broken="2800", short="160.50") -> dict:
    given = {"broken": broken, "short": short}
    return {
        row.pk: Decimal(given[row.kind]) for row in loss.lines.all() if given[row.kind] is not None
    }


def test_each_line_gets_its_amount_and_remark(loss, salesperson, now):
    broken = loss.lines.get(kind="broken")

    assess_loss(
        loss, actor=salesperson, now=now, amounts=amounts(loss), remarks={broken.pk: " 可修復 "}
    )

    loss.refresh_from_db()
    assert [(row.kind, row.amount, row.remark) for row in loss.lines.all()] == [
        ("broken", Decimal("2800.00"), "可修復"),
        ("short", Decimal("160.50"), ""),
    ]
    assert (loss.lost_amount, loss.state, loss.version) == (Decimal("2960.50"), "open", 2)


def test_it_stands_on_the_timeline(loss, sales_clerk, now):
    assess_loss(loss, actor=sales_clerk, now=now, amounts=amounts(loss))

    entry = AuditEntry.objects.get(event="transitloss.assessed")
    assert (entry.clause, entry.data["amount"]) == ("3.2.2", "2960.50")
    assert entry.data["amounts"] == [[10, "破損", "2800"], [20, "短少", "160.5"]]


def test_a_line_that_is_left_out_is_asked_for(loss, salesperson, now):
    short = loss.lines.get(kind="short")

    with pytest.raises(RuleViolation, match="第 20 行「短少」") as refusal:
        assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss, short=None))

    assert refusal.value.field == f"amount_{short.pk}"
    assert loss.lines.get(kind="broken").amount == Decimal("3200.00")


def test_nothing_lost_in_money_is_0(loss, salesperson, now):
    assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss, short="0"))

    assert loss.lines.get(kind="short").amount == 0


@pytest.mark.parametrize("given", ["-1", "0.001", "NaN", "1e14", "abc"])
def test_an_amount_is_0_or_more_with_two_places(loss, salesperson, now, given):
    row = loss.lines.get(kind="short")

    with pytest.raises(RuleViolation, match="最多 2 位小數") as refusal:
        assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss) | {row.pk: given})

    assert refusal.value.field == f"amount_{row.pk}"


def test_a_remark_has_an_end(loss, salesperson, now):
    row = loss.lines.get(kind="short")

    with pytest.raises(RuleViolation, match="最多 300 個字，現在有 301 個字"):
        assess_loss(
            loss, actor=salesperson, now=now, amounts=amounts(loss), remarks={row.pk: "長" * 301}
        )


def test_who_was_overtaken_meets_the_present_version(loss, salesperson, sales_clerk, now):
    assess_loss(loss, actor=sales_clerk, now=now, amounts=amounts(loss), version=1)

    with pytest.raises(StaleEdit) as conflict:
        assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss, "1"), version=1)

    assert conflict.value.current.lost_amount == Decimal("2960.50")
    assert loss.lines.get(kind="broken").amount == Decimal("2800.00")


def test_after_a_refusal_the_amounts_may_be_looked_at_again(loss, salesperson, now):
    at_state(loss, "rejected", now)

    assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss))

    loss.refresh_from_db()
    assert (loss.state, loss.lost_amount) == ("rejected", Decimal("2960.50"))


@pytest.mark.parametrize("state", ["claimed", "accepted", "settled", "written_off"])
def test_what_was_claimed_is_not_changed(loss, salesperson, now, state):
    at_state(loss, state, now)

    with pytest.raises(RuleViolation, match="不能「核定損失金額」"):
        assess_loss(loss, actor=salesperson, now=now, amounts=amounts(loss))


def test_the_keeper_may_not(loss, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="沒有「核定損失金額」的權限"):
        assess_loss(loss, actor=warehouse_keeper, now=now, amounts=amounts(loss))


def test_an_incident_is_assessed_too(make_note, salesperson, now):
    incident = make_loss(make_note, now, by_carrier=False)

    assess_loss(incident, actor=salesperson, now=now, amounts=amounts(incident))

    incident.refresh_from_db()
    assert incident.lost_amount == Decimal("2960.50")
