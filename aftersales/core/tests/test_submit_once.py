"""Double click, Back and resend make one; a refused form may be sent again."""

from functools import partial

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from aftersales.core.errors import RuleViolation
from aftersales.core.models import Counter, Submission
from aftersales.core.pages import submit_once
from aftersales.core.tests.racing import race


@submit_once
def create(request):
    """A view that stores a row and leads to it, unless the form says no."""
    wish = request.POST.get("wish", "")
    row = Counter.objects.create(prefix="T", period=str(Counter.objects.count() + 1))
    if wish == "invalid":
        return HttpResponse("有 1 處需要更正")
    if wish == "refused":
        raise RuleViolation("不可以")
    return redirect(f"/made/{row.period}/")


def post(user, key, path="/create/", **form):
    request = RequestFactory().post(path, {"form_key": key, **form} if key else form)
    request.user = user
    return create(request)


def test_a_form_sent_twice_is_done_once_and_leads_to_the_same_place(sales_clerk):
    answers = [post(sales_clerk, "key") for _ in range(3)]

    assert Counter.objects.count() == 1
    assert [answer.url for answer in answers] == ["/made/1/"] * 3


def test_another_form_is_done_again(sales_clerk):
    post(sales_clerk, "one")
    post(sales_clerk, "two")

    assert Counter.objects.count() == 2


def test_an_invalid_form_stores_nothing_and_may_be_sent_again(sales_clerk):
    invalid = post(sales_clerk, "key", wish="invalid")
    assert invalid.status_code == 200
    assert not Counter.objects.exists()
    assert not Submission.objects.exists()

    assert post(sales_clerk, "key").url == "/made/1/"


def test_a_refusal_that_no_form_caught_stores_nothing(sales_clerk):
    with pytest.raises(RuleViolation):
        post(sales_clerk, "key", wish="refused")

    assert not Counter.objects.exists()
    assert not Submission.objects.exists()


def test_the_key_of_somebody_else_leads_nowhere_of_theirs(sales_clerk, leader):
    post(sales_clerk, "key")

    answer = post(leader, "key")

    assert answer.url == "/create/"
    assert Counter.objects.count() == 1


def test_a_post_without_a_key_passes(sales_clerk):
    for _ in range(2):
        post(sales_clerk, "")

    assert Counter.objects.count() == 2


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one(make_user):
    user = make_user("sales_clerk")
    for turn in range(5):
        answers = race([partial(post, user, f"key{turn}")] * 4)

        assert len({answer.url for answer in answers}) == 1

    assert Counter.objects.count() == 5
