"""3.1.2, 3.2.2, 2.5: whoever renews a paper hears 60, 30 and 7 days before it ends, and on the day."""

from datetime import timedelta

import pytest

from aftersales.celery import app
from aftersales.core.models import Notice
from aftersales.masterdata import actions
from aftersales.masterdata.actions.warnings import level_of
from aftersales.masterdata.models import Contract, ServiceScope
from delivery.tests.partners import TODAY, agree, make_carrier, make_contract, verify

pytestmark = [
    pytest.mark.clause("2.5"),
    pytest.mark.clause("3.1.2"),
    pytest.mark.clause("3.2.2"),
    pytest.mark.clause("3.3.3"),
]
DAY = timedelta(days=1)
PAST, FAR = TODAY - 300 * DAY, TODAY + 900 * DAY


def told() -> list[tuple[str, str]]:
    """(who, title) of each notice."""
    rows = Notice.objects.order_by("pk").values_list("recipient__username", "title")
    return [(who, title) for who, title in rows]


@pytest.fixture
def assess(quality_manager, make_product):
    def make(review_on, **fields):
        return ServiceScope.objects.create(
            product=make_product(f"P-{ServiceScope.objects.count()}"), legal="a", harm="b",
            nature="c", requirements="d", feedback="e", decision="決定", decided_on=PAST,
            decided_by=quality_manager, review_on=review_on, **fields,
        )  # fmt: skip

    return make


@pytest.mark.parametrize(
    ("days", "level"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-1, 0)],
)
def test_the_tightest_level_that_is_reached_counts(days, level):
    assert level_of(days) == level


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (61, None),
        (60, "承運協議 CY01-1 剩 1 個月 30 天"),
        (30, "承運協議 CY01-1 剩 1 個月"),
        (7, "承運協議 CY01-1 剩 7 天"),
        (0, "承運協議 CY01-1 今天到期"),
        (-1, "承運協議 CY01-1 過期 1 天"),
    ],
)
def test_an_agreement_warns_those_who_keep_it_and_who_verified(
    contract_office, salesperson, now, days, title
):
    make_carrier(agreed=(PAST, TODAY + days * DAY), able=(TODAY, FAR))

    actions.warn_of_expiry(now=now)

    assert told() == ([(who, title) for who in ("contract_office", "salesperson")] if title else [])


def test_a_verification_warns_them_too(logistics_clerk, salesperson, sales_clerk, now):
    make_carrier(agreed=(PAST, FAR), able=(PAST, TODAY + 7 * DAY))

    actions.warn_of_expiry(now=now)

    assert told() == [
        ("logistics_clerk", f"能力驗證 {PAST} 合格 剩 7 天"),
        ("salesperson", f"能力驗證 {PAST} 合格 剩 7 天"),
    ]
    assert "請業務員重新驗證" in Notice.objects.first().body


def test_a_contract_warns_those_who_keep_contracts(
    contract_office, logistics_clerk, make_customer, now
):
    make_contract(make_customer(), valid_until=TODAY + 30 * DAY)

    actions.warn_of_expiry(now=now)

    assert [who for who, _title in told()] == ["contract_office"]


def test_a_review_warns_those_who_assess_and_who_decided(
    sales_manager, quality_manager, assess, now
):
    assess(TODAY)
    quality_manager.role_assignments.all().delete()  # has another post now

    actions.warn_of_expiry(now=now)

    assert told() == [
        ("sales_manager", "服務範圍評審 P-0 今天到期"),
        ("quality_manager", "服務範圍評審 P-0 今天到期"),
    ]


def test_who_has_left_hears_nothing(contract_office, salesperson, now):
    make_carrier(agreed=(PAST, TODAY), able=(PAST, FAR))
    salesperson.is_active = False
    salesperson.save()

    actions.warn_of_expiry(now=now)

    assert [who for who, _title in told()] == ["contract_office"]


def test_running_twice_changes_nothing(contract_office, salesperson, now):
    make_carrier(agreed=(PAST, TODAY + 7 * DAY), able=(PAST, TODAY + 7 * DAY))

    assert actions.warn_of_expiry(now=now) == 4
    assert actions.warn_of_expiry(now=now) == 0
    assert actions.warn_of_expiry(now=now + DAY) == 0
    assert Notice.objects.count() == 4


def test_each_level_warns_once_on_the_way_to_the_end(contract_office, now):
    make_carrier(agreed=(PAST, TODAY + 70 * DAY), able=None)

    sent = {
        day: number for day in range(90) if (number := actions.warn_of_expiry(now=now + day * DAY))
    }

    assert list(sent) == [10, 40, 63, 70]


def test_after_two_months_without_the_worker_only_the_tightest_is_told(
    contract_office, make_customer, now
):
    make_contract(make_customer(), valid_until=TODAY + 25 * DAY)
    make_carrier(agreed=(PAST, TODAY + 65 * DAY), able=None)

    actions.warn_of_expiry(now=now + 60 * DAY)

    assert [title for _who, title in told()] == [
        "合同 HT-2026-088 過期 1 個月 4 天",
        "承運協議 CY01-1 剩 5 天",
    ]


def test_a_paper_that_is_prolonged_warns_anew(contract_office, make_customer, now):
    contract = make_contract(make_customer(), valid_until=TODAY + 7 * DAY)
    actions.warn_of_expiry(now=now)

    Contract.objects.filter(pk=contract.pk).update(valid_until=TODAY + 372 * DAY)
    assert actions.warn_of_expiry(now=now) == 0
    assert actions.warn_of_expiry(now=now + 365 * DAY) == 1


def test_what_a_newer_paper_has_replaced_warns_nobody(contract_office, salesperson, assess, now):
    carrier = make_carrier(agreed=(PAST, TODAY + 5 * DAY), able=(PAST, TODAY + 5 * DAY))
    agree(carrier, TODAY + 6 * DAY, FAR)  # follows on without a gap
    verify(carrier, TODAY, FAR)
    assess(TODAY, is_current=False)

    assert actions.warn_of_expiry(now=now) == 0


def test_a_new_agreement_that_leaves_a_gap_does_not_replace_the_old(contract_office, now):
    carrier = make_carrier(agreed=(PAST, TODAY + 5 * DAY), able=None)
    agree(carrier, TODAY + 7 * DAY, FAR)

    assert actions.warn_of_expiry(now=now) == 1


def test_a_terminated_agreement_ends_the_day_before_and_replaces_nothing(contract_office, now):
    carrier = make_carrier(agreed=(PAST, TODAY + 5 * DAY), able=None)
    agree(carrier, TODAY - DAY, FAR, terminated_on=TODAY + 2 * DAY, termination_reason="多次受潮")

    actions.warn_of_expiry(now=now)

    assert [title for _who, title in told()] == ["承運協議 CY01-1 剩 5 天"]


def test_a_verdict_of_not_able_and_a_carrier_out_of_use_warn_nobody(
    contract_office, salesperson, now
):
    verify(make_carrier(agreed=None, able=(PAST, TODAY)), TODAY, TODAY, "not_able")
    make_carrier(agreed=(PAST, TODAY), able=(PAST, TODAY), is_active=False)

    assert actions.warn_of_expiry(now=now) == 0


def test_a_contract_that_ended_long_ago_warns_nobody(contract_office, make_customer, now):
    customer = make_customer()
    make_contract(customer, "A", valid_from=PAST, valid_until=TODAY - 60 * DAY)
    make_contract(customer, "B", valid_from=PAST, valid_until=TODAY - 61 * DAY)

    actions.warn_of_expiry(now=now)

    assert [title for _who, title in told()] == ["合同 A 過期 1 個月 30 天"]


def test_the_sweep_runs_every_morning_at_eight():
    entry = app.conf.beat_schedule["warn-of-expiry"]

    assert entry["task"] == "masterdata.warn_of_expiry"
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({8}, {0})
    assert app.conf.timezone == "Asia/Shanghai"
