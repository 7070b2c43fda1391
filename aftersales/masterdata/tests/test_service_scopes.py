"""2.5 確定所要求的交付後活動的覆蓋範圍和程度: five headings are weighed, decided on and reviewed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aftersales.core import timeline
from aftersales.core.errors import RuleViolation
from aftersales.masterdata import actions
from aftersales.masterdata.models import ServiceScope
from delivery.tests.partners import TODAY, make_contract

pytestmark = pytest.mark.clause("2.5")
DAY = timedelta(days=1)
HEADINGS = {
    "legal": "三包規定", "harm": "停泵會中斷供水", "nature": "連續運轉，壽命 10 年",
    "requirements": "12 小時內到場", "feedback": "去年密封滲漏 2 起",
}  # fmt: skip


def facts(**changed):
    return HEADINGS | {
        "decision": "保修 18 個月，每季走訪", "decided_on": TODAY, "review_on": TODAY + 365 * DAY,
    } | changed  # fmt: skip


@pytest.fixture
def contract(make_customer):
    return make_contract(make_customer())


@pytest.fixture
def scope(contract, quality_manager, now):
    return actions.decide_scope(contract, actor=quality_manager, now=now, **facts())


def test_a_contract_and_a_product_are_assessed(scope, contract, quality_manager, now, make_product):
    product = make_product()

    other = actions.decide_scope(product, actor=quality_manager, now=now, **facts())

    assert contract.service_scopes.current().get() == scope
    assert product.service_scopes.current().get() == other
    assert scope.decided_by == quality_manager
    assert timeline.lines_of(contract)[0].note == "第 1 次評定：保修 18 個月，每季走訪"


@pytest.mark.parametrize("heading", [*HEADINGS, "decision"])
def test_all_five_headings_and_the_decision_are_written(contract, quality_manager, now, heading):
    with pytest.raises(ValidationError) as refused:
        actions.decide_scope(contract, actor=quality_manager, now=now, **facts(**{heading: ""}))

    assert heading in refused.value.message_dict
    assert not ServiceScope.objects.exists()


def test_a_new_assessment_takes_the_place_of_the_current_one_which_is_kept(
    scope, contract, sales_manager, now
):
    later = actions.decide_scope(
        contract, actor=sales_manager, now=now, supersedes=scope.pk, **facts(decision="24 個月")
    )

    scope.refresh_from_db()
    assert not scope.is_current
    assert contract.service_scopes.current().get() == later
    assert [each.assessment for each in ServiceScope.objects.numbered().order_by("pk")] == [1, 2]
    assert timeline.lines_of(scope)[0].text == "由新的評定取代"


def test_what_somebody_decided_meanwhile_is_not_overwritten_unread(
    scope, contract, sales_manager, now
):
    with pytest.raises(RuleViolation, match="剛剛已作新的評定"):
        actions.decide_scope(contract, actor=sales_manager, now=now, supersedes=0, **facts())

    assert ServiceScope.objects.get().is_current


@pytest.mark.parametrize("hours", [0, 25, 48])
@pytest.mark.clause("4.4")
def test_the_24_hours_only_become_shorter(contract, quality_manager, now, hours):
    with pytest.raises(RuleViolation, match="只能縮短 24 小時，不能延長") as refused:
        actions.decide_scope(contract, actor=quality_manager, now=now, **facts(answer_hours=hours))

    assert refused.value.field == "answer_hours"


@pytest.mark.clause("4.4")
def test_the_database_holds_the_24_hours_too(scope):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceScope.objects.update(answer_hours=25)


@pytest.mark.parametrize("hours", [1, 24])
def test_1_and_24_hours_are_within(contract, quality_manager, now, hours):
    scope = actions.decide_scope(
        contract, actor=quality_manager, now=now, **facts(answer_hours=hours)
    )

    assert scope.answer_hours == hours


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decided_on": TODAY + DAY}, "decided_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": TODAY - DAY}, "review_on"),
    ],
)
def test_it_was_decided_today_at_the_latest_and_is_reviewed_later(
    contract, quality_manager, now, changed, field
):
    with pytest.raises(RuleViolation) as refused:
        actions.decide_scope(contract, actor=quality_manager, now=now, **facts(**changed))

    assert (refused.value.clause, refused.value.field) == ("2.5", field)


def test_it_is_not_decided_before_the_one_whose_place_it_takes(
    scope, contract, quality_manager, now
):
    with pytest.raises(RuleViolation, match="不能早於這天"):
        actions.decide_scope(
            contract, actor=quality_manager, now=now, **facts(decided_on=TODAY - DAY)
        )


@pytest.mark.parametrize("role", ["sales_clerk", "contract_office", "service_headquarters"])
def test_other_roles_do_not_assess(role, make_user, contract, now):
    actor = make_user(role)

    with pytest.raises(RuleViolation, match="請找銷售部經理、質量部經理"):
        actions.decide_scope(contract, actor=actor, now=now, **facts())


@pytest.fixture
def desk(client, sales_manager):
    client.force_login(sales_manager)
    return client


def posted(**changed) -> dict:
    today = timezone.localdate()
    return facts(decided_on=today, review_on=today + 99 * DAY) | changed


def test_its_form_begins_with_the_current_one_and_makes_the_next(desk, scope, contract):
    address = reverse("contract_scope_create", args=[contract.pk])

    form = desk.get(address).context["form"]
    made = desk.post(address, posted(supersedes=scope.pk, decision="24 個月", form_key="one"))
    again = desk.post(address, posted(supersedes=scope.pk, decision="24 個月", form_key="one"))

    assert form.initial["harm"] == HEADINGS["harm"]
    assert made.url == again.url
    assert ServiceScope.objects.count() == 2
    page = desk.get(contract.get_absolute_url()).content.decode()
    assert "第 2 次評定" in page
    assert "已被取代" in page


def test_its_form_asks_for_all_five(desk, make_product):
    address = reverse("product_scope_create", args=[make_product().pk])

    response = desk.post(address, {"form_key": "one"})

    missing = {*HEADINGS, "decision", "decided_on", "review_on"}
    assert set(response.context["form"].errors) == missing


@pytest.mark.clause("4.4")
def test_its_form_says_that_the_24_hours_only_become_shorter(desk, make_product):
    address = reverse("product_scope_create", args=[make_product().pk])

    response = desk.post(address, posted(answer_hours=25))

    assert "只能縮短 24 小時" in response.context["form"].errors["answer_hours"][0]


def test_the_list_shows_what_is_due_for_review_first_and_what_is_overdue_in_words(
    desk, scope, make_product, quality_manager, now
):
    today = timezone.localdate()
    late = actions.decide_scope(make_product(), actor=quality_manager, now=now, **facts())
    ServiceScope.objects.filter(pk=late.pk).update(
        decided_on=today - 99 * DAY, review_on=today - 12 * DAY
    )

    page = desk.get(reverse("service_scope_list"))
    overdue = desk.get(reverse("service_scope_list"), {"review": "overdue"})

    assert list(page.context["page"]) == [late, scope]
    assert list(overdue.context["page"]) == [late]
    assert "逾期 12 天" in page.content.decode()


def test_the_list_hides_what_was_superseded_unless_asked(desk, scope, contract, sales_manager, now):
    later = actions.decide_scope(contract, actor=sales_manager, now=now, **facts())

    def shown(**query):
        return list(desk.get(reverse("service_scope_list"), query).context["page"])

    assert shown() == [later]
    assert shown(state="no") == [scope]
    assert shown(q="海曙") == [later]
    assert shown(subject="product") == []


def test_its_page_shows_the_headings_the_decision_and_those_before(desk, scope):
    page = desk.get(scope.get_absolute_url()).content.decode()

    assert all(text in page for text in HEADINGS.values())
    assert "保修 18 個月，每季走訪" in page
