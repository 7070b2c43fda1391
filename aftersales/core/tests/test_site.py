"""Without a login: is the site well, and in which language does it speak."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from aftersales.accounts.models import User
from aftersales.core import notices


def test_health_answers_without_a_login_and_tells_no_secret(client, db):
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json()["status"] in {"ok", "degraded"}
    assert answer.json()["database"] == "ok"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    for secret in (settings.SECRET_KEY, settings.DATABASE_URL, str(settings.BASE_DIR)):
        assert secret not in text


def test_health_says_when_mail_stands_still(client, leader):
    notices.send([leader], key="k", title="x", now=timezone.now(), is_urgent=True)
    assert client.get("/health/").json()["mail"] == "ok"

    leader.notices.update(mail_due_at=timezone.now() - timedelta(minutes=11))

    assert client.get("/health/").json()["mail"] == "late"
    assert client.get("/health/").json()["status"] == "degraded"


ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/health/")
print(answer.status_code, answer.content.decode())
"""


@pytest.mark.slow
def test_health_is_503_while_the_database_does_not_answer(tmp_path):
    nobody_listens = {"DATABASE_URL": "postgres://u:hidden@127.0.0.1:1/x", "VAR_DIR": str(tmp_path)}
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=os.environ | nobody_listens | {"DJANGO_SETTINGS_MODULE": "aftersales.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    status, _space, body = asked.stdout.strip().partition(" ")
    assert status == "503"
    assert json.loads(body)["status"] == "down"
    assert "hidden" not in body
    assert "127.0.0.1" not in body


@pytest.mark.parametrize("path", ["/health/", "/language/"])
def test_odd_methods_are_refused(client, db, path):
    assert client.delete(path).status_code == 405
    assert client.put(path).status_code == 405


def choose(client, language, leads_to="/accounts/login/"):
    return client.post("/language/", {"language": language, "next": leads_to})


def test_the_language_is_kept_in_a_cookie_and_the_page_speaks_it(client, db):
    answer = choose(client, "en")

    assert answer.url == "/accounts/login/"
    assert answer.cookies["language"]["httponly"]
    assert client.get("/accounts/login/")["Content-Language"] == "en"


def test_the_language_is_kept_with_the_person(client, sales_clerk):
    client.force_login(sales_clerk)

    choose(client, "zh-hans")

    assert User.objects.get(pk=sales_clerk.pk).language == "zh-hans"


@pytest.mark.parametrize("wrong", ["de", "", "../../etc"])
def test_an_unknown_language_changes_nothing(client, sales_clerk, wrong):
    client.force_login(sales_clerk)

    answer = choose(client, wrong)

    assert "language" not in answer.cookies
    assert User.objects.get(pk=sales_clerk.pk).language == ""


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""]
)
def test_the_language_form_leads_to_no_other_site(client, db, elsewhere):
    assert choose(client, "en", elsewhere).url == "/"


def test_the_language_is_a_post(client, db):
    assert client.get("/language/").status_code == 405
