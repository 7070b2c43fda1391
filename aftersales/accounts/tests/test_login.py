"""Login by employee number or user name; in and out leave nothing behind."""

import pytest
from django.urls import reverse

PASSWORD = "a good password"
LOGIN = "/accounts/login/"


def log_in(client, name, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": name, "password": password, **extra})


@pytest.mark.parametrize("name", ["shen", "S0127", "s0127", "SHEN", " shen ", "Ｓ０１２７"])
def test_a_person_logs_in_by_either_name_however_it_is_written(client, make_user, name):
    person = make_user("sales_clerk", username="shen", employee_no="S0127")

    answer = log_in(client, name)

    assert answer.status_code == 302
    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, make_user):
    make_user("sales_clerk", username="shen")

    wrong, unknown = log_in(client, "shen", "not this one"), log_in(client, "nobody")

    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "帳號或密碼不對" in answer.content.decode()
        assert "_auth_user_id" not in client.session


def test_somebody_who_has_left_does_not_get_in(client, make_user):
    make_user("sales_clerk", username="shen", is_active=False)

    assert "帳號或密碼不對" in log_in(client, "shen").content.decode()


def test_somebody_deactivated_while_logged_in_is_out_at_the_next_click(client, sales_clerk):
    client.force_login(sales_clerk)
    assert client.get("/").status_code == 200

    sales_clerk.is_active = False
    sales_clerk.save()

    assert client.get("/").url.startswith(LOGIN)


def test_the_session_gets_a_new_key_at_login(client, make_user):
    make_user("sales_clerk", username="shen")
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key

    log_in(client, "shen")

    assert client.session.session_key != before


def test_login_leads_to_the_page_that_was_wanted_but_never_to_another_site(client, make_user):
    make_user("sales_clerk", username="shen")

    inside = log_in(client, "shen", next="/notices/")
    client.post(reverse("logout"))
    outside = log_in(client, "shen", next="https://elsewhere.example/")

    assert inside.url == "/notices/"
    assert outside.url == "/"


def test_the_language_of_the_person_is_there_after_login(client, make_user):
    make_user("sales_clerk", username="shen", language="en")

    answer = log_in(client, "shen")

    assert answer.cookies["language"].value == "en"


def test_logout_is_a_post(client, sales_clerk):
    client.force_login(sales_clerk)

    assert client.get(reverse("logout")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("logout")).url == LOGIN
    assert "_auth_user_id" not in client.session


def test_the_login_page_shows_the_clauses_the_lock_and_the_languages(client, db):
    page = client.get(LOGIN).content.decode()

    assert "發貨單由分管領導簽發後貨物才可離廠" in page
    assert "連續輸錯 5 次，鎖定 15 分鐘" in page
    for language in ("繁體中文", "简体中文", "English"):
        assert language in page


def test_a_name_too_long_or_with_a_zero_byte_is_refused_and_not_an_error(client, db):
    for name in ("x" * 5000, "a\x00b"):
        assert log_in(client, name).status_code == 200
