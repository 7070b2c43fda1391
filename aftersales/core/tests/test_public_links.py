"""Doors for people without a login: one purpose, one object, an expiry, one use."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from aftersales.core import public_links
from aftersales.core.models import PublicLink
from aftersales.core.tests.racing import race

HOURS = timedelta(hours=48)
LOAD, RECEIVE = "load", "receive"


@pytest.fixture
def note(make_note, now):
    return make_note(now)


@pytest.fixture
def link(note, now):
    return public_links.open_link(note, LOAD, now=now, lasts=HOURS)


def test_a_token_opens_its_link_for_its_purpose(link, now):
    token = public_links.token_of(link)

    assert public_links.find(token, LOAD, now=now) == link
    assert len(base64.urlsafe_b64decode(token + "==")) * 8 == 128


def test_whatever_is_wrong_gives_the_same_nothing(link, note, now):
    token = public_links.token_of(link)
    revoked = public_links.open_link(note, RECEIVE, now=now, lasts=HOURS)
    public_links.revoke(note, now=now, purpose=RECEIVE)

    answers = [
        public_links.find("no-such-token", LOAD, now=now),
        public_links.find("", LOAD, now=now),
        public_links.find(token[:-1], LOAD, now=now),
        public_links.find(token, RECEIVE, now=now),
        public_links.find(token, LOAD, now=now + HOURS),
        public_links.find(public_links.token_of(revoked), RECEIVE, now=now),
    ]

    assert answers == [None] * 6
    assert public_links.find(token, LOAD, now=now + HOURS - timedelta(seconds=1)) == link


def test_a_used_link_opens_no_more(link, now):
    assert public_links.use(link, now=now) is True
    assert public_links.use(link, now=now) is False
    assert public_links.find(public_links.token_of(link), LOAD, now=now) is None


def test_an_expired_or_revoked_link_is_not_used(link, note, now):
    assert public_links.use(link, now=now + HOURS) is False
    public_links.revoke(note, now=now)
    assert public_links.use(link, now=now) is False


def test_looking_changes_nothing(link, now):
    token = public_links.token_of(link)
    before = PublicLink.objects.values().get()

    for _ in range(3):
        public_links.find(token, LOAD, now=now)

    assert PublicLink.objects.values().get() == before


def test_one_open_link_of_a_purpose_and_a_new_one_after_it_is_closed(link, note, now):
    assert public_links.open_link(note, LOAD, now=now, lasts=HOURS) == link
    public_links.revoke(note, now=now)

    fresh = public_links.open_link(note, LOAD, now=now, lasts=HOURS)

    assert public_links.token_of(fresh) != public_links.token_of(link)
    assert public_links.current_link(note, LOAD, now=now) == fresh


def test_the_table_holds_the_hash_of_the_token_and_not_the_token(link):
    token = public_links.token_of(link)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_publiclink")
        row = [str(value) for value in cursor.fetchone()]

    assert hashlib.sha256(token.encode()).hexdigest() in row
    assert token not in "|".join(row)


def test_without_the_key_of_the_site_the_table_opens_no_door(link, settings, now):
    token = public_links.token_of(link)
    settings.SECRET_KEY = "another key" * 6

    assert public_links.token_of(link) != token
    assert public_links.find(public_links.token_of(link), LOAD, now=now) is None


def test_the_address_is_the_public_one(link, settings):
    settings.PUBLIC_BASE_URL = "https://service.example.com"

    address = public_links.address_of(link, "password_set")

    assert address.startswith("https://service.example.com/")
    assert public_links.token_of(link) in address


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_twenty_uses_at_the_same_moment_one_succeeds(make_note, now):
    link = public_links.open_link(make_note(now), LOAD, now=now, lasts=HOURS)

    outcomes = race([lambda: public_links.use(link, now=now)] * 20)

    assert sorted(outcomes) == [False] * 19 + [True]
