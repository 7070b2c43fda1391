"""2.5, 3.1.2, 3.2.2, 3.3.3: all papers that end stand in one list, what is overdue longest first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aftersales.core import work
from aftersales.masterdata.models import CarrierAgreement, ServiceScope
from delivery.tests.partners import agree, make_carrier, make_contract, verify

pytestmark = [
    pytest.mark.clause("2.5"),
    pytest.mark.clause("3.1.2"),
    pytest.mark.clause("3.2.2"),
    pytest.mark.clause("3.3.3"),
]
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def papers(sales_manager, make_customer, make_product, today):
    """One of each kind: a verification 40 days over, a review 12 days over, an agreement that
    ends in 20 days, a contract in 90."""
    make_carrier(
        "德邦",
        agreed=(today - 9 * DAY, today + 20 * DAY),
        able=(today - 99 * DAY, today - 40 * DAY),
    )
    make_contract(make_customer(), "HT-1", today=today, valid_until=today + 90 * DAY)
    ServiceScope.objects.create(
        product=make_product("P-1"), legal="a", harm="b", nature="c", requirements="d",
        feedback="e", decision="決定", decided_on=today - 99 * DAY, decided_by=sales_manager,
        review_on=today - 12 * DAY,
    )  # fmt: skip


def kinds(client, **query) -> list[str]:
    rows = client.get(reverse("expiry_list"), query).context["rows"]
    return [row.paper.kind.code for row in rows]


def test_what_is_overdue_longest_stands_first_then_what_ends_next(client, leader, papers):
    client.force_login(leader)

    assert kinds(client) == ["verification", "review", "agreement", "contract"]
    page = client.get(reverse("expiry_list")).content.decode()
    assert all(words in page for words in ("過期 1 個月", "逾期 12 天", "剩 20 天"))


def test_it_is_narrowed_by_kind_and_by_time(client, leader, papers):
    client.force_login(leader)

    assert kinds(client, kind="contract") == ["contract"]
    assert kinds(client, within="overdue") == ["verification", "review"]
    assert kinds(client, within="30") == ["verification", "review", "agreement"]
    assert kinds(client, within="7", kind="agreement") == []
    assert len(kinds(client, kind="nonsense", within="x")) == 4


def test_it_leads_to_the_renewal_only_whom_the_renewal_is_open_to(
    client, salesperson, sales_manager, papers
):
    def renewals(person):
        client.force_login(person)
        rows = client.get(reverse("expiry_list")).context["rows"]
        return [row.paper.kind.code for row in rows if row.renewal_url]

    assert renewals(salesperson) == ["verification"]
    assert renewals(sales_manager) == ["verification", "review", "agreement", "contract"]


def test_an_empty_list_says_what_would_stand_there(client, leader):
    client.force_login(leader)

    assert "沒有會到期的文件" in client.get(reverse("expiry_list")).content.decode()


def test_what_ends_within_30_days_waits_for_whoever_renews_it(
    client, salesperson, contract_office, quality_manager, sales_clerk, papers
):
    now = timezone.now()

    def waits(person):
        return [task.verb for task in work.tasks_for(person, now)]

    assert waits(salesperson) == ["重新驗證承運商"]
    assert waits(contract_office) == ["續簽承運協議"]
    assert waits(quality_manager) == ["重新評定"]
    assert waits(sales_clerk) == []


def test_a_task_is_due_at_the_end_of_the_last_day(contract_office, make_customer, today):
    make_contract(make_customer(), today=today, valid_until=today)

    task = work.tasks_for(contract_office, timezone.now())[0]

    assert timezone.localtime(task.due_at).date() == today
    assert task.due_at > timezone.now() or timezone.localtime().hour == 23


def test_what_is_renewed_does_not_wait_any_more(contract_office, salesperson, today):
    carrier = make_carrier(agreed=(today - 99 * DAY, today + 5 * DAY), today=today)
    assert work.tasks_for(contract_office, timezone.now())

    agree(carrier, today + 6 * DAY, today + 300 * DAY)

    assert work.tasks_for(contract_office, timezone.now()) == []


@pytest.fixture
def many(sales_manager, make_customer, today):
    """Makes so many carriers with their papers, some of them expired."""

    def make(number):
        for index in range(number):
            ends = today + (index % 90 - 30) * DAY
            carrier = make_carrier(f"承運商 {index}", agreed=(today - 99 * DAY, ends), today=today)
            verify(carrier, today - 50 * DAY, ends)

    return make


def count_queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["carrier_list", "expiry_list"])
def test_a_list_costs_the_same_queries_at_5_and_at_60_carriers(client, sales_manager, many, name):
    client.force_login(sales_manager)
    many(5)
    few = count_queries(client, reverse(name))

    many(55)

    assert CarrierAgreement.objects.count() == 60
    assert few == count_queries(client, reverse(name)) <= 12


@pytest.mark.parametrize("name", ["supplier_list", "contract_list", "service_scope_list"])
def test_the_other_lists_hold_the_query_count(client, leader, papers, name):
    client.force_login(leader)

    assert count_queries(client, reverse(name)) <= 12


def test_a_carriers_page_holds_the_query_count(client, sales_manager, today):
    carrier = make_carrier(today=today)
    for days in range(1, 9):
        agree(carrier, today - days * DAY, today + days * DAY)
        verify(carrier, today - days * DAY, today + days * DAY)
    client.force_login(sales_manager)

    assert count_queries(client, carrier.get_absolute_url()) <= 12
