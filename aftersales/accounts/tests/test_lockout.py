"""Five wrong tries lock one name at one address for 15 minutes, and nobody else."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import RequestFactory

from aftersales.accounts.lockout import client_address

PASSWORD = "a good password"
DESK, OTHER_DESK = "10.1.1.20", "10.1.1.21"


@pytest.fixture(autouse=True)
def _lock_is_on(settings):
    settings.AXES_ENABLED = True


@pytest.fixture
def shen(make_user):
    return make_user("sales_clerk", username="shen", employee_no="S0127")


def log_in(client, name, password=PASSWORD, address=DESK, **headers):
    facts = {"username": name, "password": password}
    return client.post("/accounts/login/", facts, REMOTE_ADDR=address, **headers)


def guess(client, times, name="shen", **where):
    return [log_in(client, name, "wrong", **where) for _ in range(times)]


def minutes_pass(minutes):
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_the_fifth_wrong_try_locks_and_the_page_says_until_when(client, shen):
    answers = guess(client, 5)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    page = answers[-1].content.decode()
    assert "連續輸錯 5 次" in page
    assert "15 分鐘" in page
    assert "鎖定到 <b>" in page


def test_four_wrong_tries_do_not_lock(client, shen):
    guess(client, 4)

    assert log_in(client, "shen").status_code == 302


def test_the_right_password_is_refused_while_locked_and_fine_afterwards(client, shen):
    guess(client, 5)
    assert log_in(client, "shen").status_code == 429

    minutes_pass(14)
    assert log_in(client, "shen").status_code == 429

    minutes_pass(1)
    assert log_in(client, "shen").status_code == 302


def test_trying_while_locked_does_not_make_the_lock_longer(client, shen):
    guess(client, 5)
    minutes_pass(14)
    guess(client, 3)

    minutes_pass(1)

    assert log_in(client, "shen").status_code == 302


def test_another_person_at_the_same_address_logs_in_fine(client, shen, make_user):
    make_user("sales_clerk", username="lin")
    guess(client, 6)

    assert log_in(client, "lin").status_code == 302


def test_the_same_person_logs_in_fine_from_another_desk(client, shen):
    guess(client, 6)

    assert log_in(client, "shen", address=OTHER_DESK).status_code == 302


def test_writing_the_name_differently_is_no_way_around_the_lock(client, shen):
    names = ["shen", "S0127", " SHEN ", "s0127", "Ｓhen"]
    for name in names:
        log_in(client, name, "wrong")

    assert all(log_in(client, name).status_code == 429 for name in names)
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"shen"}


def test_another_browser_is_no_way_around_the_lock(client, shen):
    for number in range(5):
        guess(client, 1, HTTP_USER_AGENT=f"browser {number}")

    assert log_in(client, "shen", HTTP_USER_AGENT="one more").status_code == 429


def test_a_success_forgets_the_wrong_tries(client, shen):
    guess(client, 4)
    log_in(client, "S0127")
    client.logout()

    answers = guess(client, 4)

    assert [answer.status_code for answer in answers] == [200] * 4


def test_no_password_is_kept_with_the_tries(client, shen):
    log_in(client, "shen", "my real passphrase")

    attempt = AccessAttempt.objects.get()
    assert "my real passphrase" not in attempt.post_data


def address_of(settings, proxies, remote, forwarded=None):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_a_forwarded_address_is_believed_only_as_far_as_our_own_proxies(settings):
    said = "6.6.6.6, 203.0.113.7, 10.0.0.2"

    assert address_of(settings, 0, "10.0.0.1", said) == "10.0.0.1"
    assert address_of(settings, 1, "10.0.0.1", said) == "10.0.0.2"
    assert address_of(settings, 2, "10.0.0.1", said) == "203.0.113.7"
    assert address_of(settings, 2, "10.0.0.1") == "10.0.0.1"


def test_an_invented_forwarded_address_does_not_open_a_second_five(client, shen, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        guess(client, 1, HTTP_X_FORWARDED_FOR=f"9.9.9.{number}, 203.0.113.7")

    locked = log_in(client, "shen", HTTP_X_FORWARDED_FOR="9.9.9.99, 203.0.113.7")

    assert locked.status_code == 429


def test_behind_our_proxy_two_desks_are_still_two_addresses(client, shen, settings):
    settings.TRUSTED_PROXIES = 1
    guess(client, 5, HTTP_X_FORWARDED_FOR="203.0.113.7")

    elsewhere = log_in(client, "shen", HTTP_X_FORWARDED_FOR="203.0.113.8")

    assert elsewhere.status_code == 302


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("::ffff:10.1.1.20", "10.1.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]:51000", "2001:db8:1:2::"),
        ("10.1.1.20:51000", "10.1.1.20"),
        ("", None),
        ("nonsense", None),
    ],
)
def test_an_address_is_made_comparable(settings, seen, counted):
    assert address_of(settings, 0, seen) == counted
