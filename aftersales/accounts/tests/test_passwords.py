"""Passwords are set by their owner alone: by a letter, by a link of one use, or logged in."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from aftersales.accounts import actions, letters
from aftersales.accounts.models import User
from aftersales.core import audit, public_links
from aftersales.core.models import PublicLink
from aftersales.core.public_links import token_of

NEW = "another good password 7"
BOTH = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def shen(make_user):
    return make_user("sales_clerk", username="shen", employee_no="S0127", email="shen@example.com")


def ask(client, email):
    return client.post(reverse("password_reset"), {"email": email})


def link_in(letter) -> str:
    (address,) = re.findall(r"^http\S+$", letter.body, re.MULTILINE)
    assert address.startswith(site.PUBLIC_BASE_URL)
    return address.removeprefix(site.PUBLIC_BASE_URL)


def may_log_in(client, name, password) -> bool:
    client.logout()
    answer = client.post("/accounts/login/", {"username": name, "password": password})
    return answer.status_code == 302


def test_the_page_after_asking_is_the_same_for_any_address(client, shen):
    known, unknown = ask(client, "shen@example.com"), ask(client, "nobody@example.com")

    assert known.status_code == unknown.status_code == 302
    assert known.url == unknown.url == reverse("password_reset_done")
    assert mail.outbox == []  # the page itself sends nothing


def test_the_sweep_writes_one_letter_in_the_language_of_the_person(client, shen, now):
    ask(client, "SHEN@example.com")

    sent = [letters.send_due_letters(now=timezone.now()) for _ in range(3)]

    assert sent == [1, 0, 0]
    (letter,) = mail.outbox
    assert letter.to == ["shen@example.com"]
    assert letter.subject == "重設密碼"
    assert "4 小時內" in letter.body
    assert "S0127" in letter.body


def test_nobody_who_has_left_gets_a_letter(client, shen):
    shen.is_active = False
    shen.save()

    ask(client, "shen@example.com")

    assert letters.send_due_letters(now=timezone.now()) == 0
    assert mail.outbox == []


def test_the_letter_sets_a_new_password_once(client, shen):
    ask(client, "shen@example.com")
    letters.send_due_letters(now=timezone.now())
    address = link_in(mail.outbox[0])

    form = client.get(address, follow=True)
    answer = client.post(form.redirect_chain[-1][0], BOTH)
    again = client.get(address, follow=True)

    assert answer.url == reverse("password_reset_complete")
    assert may_log_in(client, "shen", NEW)
    assert "這個連結不能用" in again.content.decode()
    assert audit.timeline(shen)[0].event == "user.password_reset"


def test_a_weak_password_is_refused_with_the_reasons(client, shen):
    ask(client, "shen@example.com")
    letters.send_due_letters(now=timezone.now())
    form = client.get(link_in(mail.outbox[0]), follow=True)

    page = client.post(
        form.redirect_chain[-1][0], {"new_password1": "1234", "new_password2": "1234"}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["new_password2"]
    assert not may_log_in(client, "shen", "1234")


def test_setting_a_password_by_letter_lifts_the_lock(client, shen, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        client.post("/accounts/login/", {"username": "shen", "password": "wrong"})
    assert not may_log_in(client, "shen", "a good password")

    actions.change_password(shen, password=NEW, now=timezone.now(), event="user.password_reset")

    assert may_log_in(client, "shen", NEW)


def test_a_new_person_sets_the_first_password_by_the_letter(client, administrator, now):
    actions.create_user(
        actor=administrator, now=timezone.now(), roles=["production"], username="qian",
        employee_no="S0300", name="錢進", email="qian@example.com", phone="", department=None,
        level="staff", superior=None,
    )  # fmt: skip
    letters.send_due_letters(now=timezone.now())

    (letter,) = mail.outbox
    assert letter.subject == "您的帳號已開通，請設定密碼"
    page = client.get(link_in(letter))
    assert "錢進" in page.content.decode()
    assert client.post(link_in(letter), BOTH).status_code == 302
    assert may_log_in(client, "S0300", NEW)
    assert client.get(link_in(letter)).status_code == 404


def test_an_administrator_has_the_letter_written_to_one_person_only(
    client, administrator, shen, make_user
):
    make_user("production", username="same", email=shen.email)
    client.force_login(administrator)

    answer = client.post(reverse("user_invite", args=[shen.pk]), {"how": "letter"})

    assert answer.status_code == 302
    assert letters.send_due_letters(now=timezone.now()) == 1
    assert "shen" in mail.outbox[0].body
    assert audit.timeline(shen)[0].event == "user.password_letter_asked"


def test_a_letter_that_is_asked_for_twice_is_written_once(client, administrator, shen):
    client.force_login(administrator)
    page = client.get(reverse("user_detail", args=[shen.pk])).content.decode()
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', page)
    form = {"how": "letter", "form_key": key}

    sent = 0
    for _click in range(2):
        answer = client.post(reverse("user_invite", args=[shen.pk]), form)
        sent += letters.send_due_letters(now=timezone.now())

    assert answer.url == shen.get_absolute_url()
    assert sent == len(mail.outbox) == 1


def test_who_sets_a_password_with_two_clicks_reads_that_it_worked(client, shen):
    ask(client, "shen@example.com")
    letters.send_due_letters(now=timezone.now())
    form = client.get(link_in(mail.outbox[0]), follow=True)
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', form.content.decode())

    answers = [
        client.post(form.redirect_chain[-1][0], BOTH | {"form_key": key}) for _click in range(2)
    ]

    assert [answer.url for answer in answers] == [reverse("password_reset_complete")] * 2
    assert may_log_in(client, "shen", NEW)


def test_who_sets_the_first_password_with_two_clicks_reads_that_it_worked(
    client, administrator, shen
):
    link = actions.open_password_link(shen, actor=administrator, now=timezone.now())
    address = public_links.address_of(link, "password_set")
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())

    answers = [client.post(address, BOTH | {"form_key": key}) for _click in range(2)]

    assert [answer.url for answer in answers] == [reverse("password_reset_complete")] * 2


def test_without_an_address_there_is_no_letter(client, administrator, make_user):
    nobody = make_user("production", email="")
    client.force_login(administrator)

    answer = client.post(reverse("user_invite", args=[nobody.pk]), {"how": "letter"})

    assert answer.status_code == 409
    assert "請改用一次性連結" in answer.content.decode()


def test_only_the_hash_of_a_shown_link_lies_in_the_table(client, administrator, shen):
    client.force_login(administrator)

    page = client.post(reverse("user_invite", args=[shen.pk]), {"how": "link"})

    token = page.context["address"].rstrip("/").rpartition("/")[2]
    row = PublicLink.objects.get()
    assert token not in {row.nonce, row.token_hash}
    assert client.get(reverse("password_set", args=[token])).status_code == 200


@pytest.mark.parametrize("after", [timedelta(days=3), timedelta(days=30)])
def test_a_shown_link_ends_after_three_days(administrator, shen, now, after):
    link = actions.open_password_link(shen, actor=administrator, now=now)

    assert actions.set_password_by_link(link, password=NEW, now=now + after) is None


def test_a_second_shown_link_closes_the_first_and_the_person_is_told(administrator, shen, now):
    first = actions.open_password_link(shen, actor=administrator, now=now)
    second = actions.open_password_link(shen, actor=administrator, now=now)

    assert actions.set_password_by_link(first, password=NEW, now=now) is None
    assert actions.set_password_by_link(second, password=NEW, now=now) == shen
    assert shen.notices.count() == 2


def test_wrong_used_and_expired_links_are_one_and_the_same_page(client, administrator, shen, now):
    used = actions.open_password_link(shen, actor=administrator, now=timezone.now())
    actions.set_password_by_link(used, password=NEW, now=timezone.now())
    late = actions.open_password_link(shen, actor=administrator, now=now - timedelta(days=400))

    pages = [
        client.get(reverse("password_set", args=[token]))
        for token in ("no-such-token", token_of(used), token_of(late))
    ]

    assert {page.status_code for page in pages} == {404}
    assert (
        len({re.sub(rb'csrfmiddlewaretoken" value="[^"]+', b"", page.content) for page in pages})
        == 1
    )


def test_changing_it_ends_the_other_sessions_and_keeps_this_one(client, shen, make_client):
    elsewhere = make_client(shen)
    client.force_login(shen)

    answer = client.post(reverse("password_change"), {"old_password": "a good password", **BOTH})

    assert answer.url == reverse("profile")
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_changing_it_wants_the_old_one(client, shen):
    client.force_login(shen)

    page = client.post(reverse("password_change"), {"old_password": "wrong", **BOTH})

    assert "目前的密碼不對" in page.content.decode()
    assert not User.objects.get(pk=shen.pk).check_password(NEW)
