"""One name guessed from many addresses has to wait, but its person does not at a known desk."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import F
from django.utils import timezone

from aftersales.accounts import actions, tasks

PASSWORD = "a good password"
DESK, NEW_PLACE = "10.1.1.20", "198.51.100.7"


@pytest.fixture(autouse=True)
def _lock_is_on(settings):
    settings.AXES_ENABLED = True


@pytest.fixture
def shen(make_user):
    return make_user("sales_clerk", username="Shen", employee_no="S0127")


def log_in(client, name="shen", password=PASSWORD, address=DESK):
    facts = {"username": name, "password": password}
    answer = client.post("/accounts/login/", facts, REMOTE_ADDR=address)
    client.logout()
    return answer


def guess(client, times, name="shen", start=0):
    """As many wrong tries, each from an address of its own."""
    return [log_in(client, name, "wrong", f"203.0.113.{start + number}") for number in range(times)]


def minutes_pass(minutes):
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_the_twentieth_wrong_try_from_anywhere_makes_the_name_wait_and_says_so(client, shen):
    answers = guess(client, 20)

    assert [answer.status_code for answer in answers] == [200] * 19 + [429]
    page = answers[-1].content.decode()
    assert "一小時內在各處輸錯密碼 20 次" in page
    assert "15 分鐘" in page
    assert "鎖定到 <b>" in page
    assert log_in(client, address=NEW_PLACE).status_code == 429


def test_nineteen_wrong_tries_do_not(client, shen):
    guess(client, 19)

    assert log_in(client, address=NEW_PLACE).status_code == 302


def test_twenty_in_more_than_an_hour_do_not(client, shen):
    guess(client, 10)
    minutes_pass(61)
    guess(client, 10, start=100)

    assert log_in(client, address=NEW_PLACE).status_code == 302


def test_at_a_desk_of_the_last_thirty_days_the_person_goes_on(client, shen):
    log_in(client)
    minutes_pass(29 * 24 * 60)
    guess(client, 20)

    assert log_in(client).status_code == 302
    assert log_in(client, address=NEW_PLACE).status_code == 429


def test_a_desk_not_used_for_thirty_days_waits_as_well(client, shen):
    log_in(client)
    minutes_pass(30 * 24 * 60)
    guess(client, 20)

    assert log_in(client).status_code == 429


def test_what_is_mistyped_at_the_own_desk_does_not_count(client, shen):
    log_in(client)
    for _wait in range(5):
        for _try in range(4):
            log_in(client, password="wrong")
        AccessAttempt.objects.all().delete()

    assert AccessFailureLog.objects.count() == 20
    assert log_in(client, address=NEW_PLACE).status_code == 302


def test_a_colleague_s_desk_is_not_the_own(client, shen, make_user):
    make_user("sales_clerk", username="lin")
    log_in(client, "lin")
    guess(client, 20)

    assert log_in(client).status_code == 429
    assert log_in(client, "lin").status_code == 302


def test_it_ends_after_a_quarter_of_an_hour_however_often_it_is_tried(client, shen):
    guess(client, 20)
    minutes_pass(14)
    assert {answer.status_code for answer in guess(client, 5, start=100)} == {429}

    minutes_pass(1)

    assert log_in(client, address=NEW_PLACE).status_code == 302


def test_one_more_wrong_try_in_the_hour_makes_it_wait_again(client, shen):
    guess(client, 20)
    minutes_pass(16)

    answers = guess(client, 2, start=100)

    assert [answer.status_code for answer in answers] == [429, 429]
    assert AccessFailureLog.objects.count() == 21


def test_writing_the_name_differently_is_no_way_around_it(client, shen):
    for number, name in enumerate(["shen", "S0127", " SHEN ", "Ｓhen"] * 5):
        log_in(client, name, "wrong", f"203.0.113.{number}")

    assert log_in(client, "s0127", address=NEW_PLACE).status_code == 429


def test_a_name_that_nobody_has_answers_the_same(client, shen):
    answers = guess(client, 20, name="nobody")

    assert [answer.status_code for answer in answers] == [200] * 19 + [429]


def test_a_new_password_lifts_it(client, shen):
    guess(client, 20)

    actions.change_password(
        shen, password="another good password 7", now=timezone.now(), event="user.password_reset"
    )

    assert log_in(client, password="another good password 7", address=NEW_PLACE).status_code == 302


def test_old_tries_and_logins_are_forgotten(client, shen):
    log_in(client)
    guess(client, 2)
    assert tasks.forget_logins() == 0

    minutes_pass(76)
    assert tasks.forget_logins() == 2

    minutes_pass(30 * 24 * 60)
    assert tasks.forget_logins() == 1
    assert not AccessLog.objects.exists()
