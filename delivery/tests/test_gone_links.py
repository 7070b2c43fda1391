"""3.2.2 whatever is wrong with a link, the answer is one same page."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftersales.core import public_links
from aftersales.core.models import PublicLink
from delivery.actions import recheck_note
from delivery.models import ShippingNote
from delivery.tests.floor import (
    customer_says,
    driver_says,
    load_link,
    load_url,
    receive_link,
    receive_url,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def moment():
    """Pages tell the time themselves; links are opened at the real one."""
    return timezone.now()


@pytest.fixture
def issued(make_note, moment):
    return make_note(moment, state="issued")


@pytest.fixture
def in_transit(make_note, moment, salesperson):
    return make_note(moment, state="in_transit", salesperson=salesperson)


def used(client, issued, in_transit, moment):
    urls = load_url(issued, moment), receive_url(in_transit, moment)
    client.post(urls[0], driver_says(issued))
    client.post(urls[1], customer_says(in_transit))
    return urls


def expired(client, issued, in_transit, moment):
    urls = load_url(issued, moment), receive_url(in_transit, moment)
    PublicLink.objects.update(expires_at=moment - timedelta(seconds=1))
    return urls


def revoked(client, issued, in_transit, moment):
    urls = load_url(issued, moment), receive_url(in_transit, moment)
    PublicLink.objects.update(revoked_at=moment)
    return urls


def unknown(client, issued, in_transit, moment):
    return reverse("public_load", args=["A" * 22]), reverse("public_receive", args=["A" * 22])


def of_the_other_purpose(client, issued, in_transit, moment):
    load = public_links.token_of(load_link(issued, moment))
    receive = public_links.token_of(receive_link(in_transit, moment))
    return reverse("public_load", args=[receive]), reverse("public_receive", args=[load])


def of_a_note_elsewhere(client, issued, in_transit, moment):
    urls = load_url(issued, moment), receive_url(in_transit, moment)
    ShippingNote.objects.filter(pk=issued.pk).update(state="withdrawn")
    ShippingNote.objects.filter(pk=in_transit.pk).update(state="signed")
    return urls


@pytest.mark.parametrize(
    "links", [used, expired, revoked, unknown, of_the_other_purpose, of_a_note_elsewhere]
)
def test_whatever_is_wrong_the_answer_is_one_same_page(client, issued, in_transit, moment, links):
    urls = links(client, issued, in_transit, moment)
    said = driver_says(issued), customer_says(in_transit)
    stranger = Client()

    answers = [stranger.get(url) for url in urls]
    answers += [
        stranger.post(url, facts | {"form_key": "another"})
        for url, facts in zip(urls, said, strict=True)
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "這個連結打不開" in answers[0].content.decode()


def test_back_and_resend_after_signing_is_the_same_page_too(client, issued, moment):
    url = load_url(issued, moment)
    client.post(url, driver_says(issued))

    back = client.get(url)
    resend = client.post(url, driver_says(issued, form_key="fresh"))

    assert (back.status_code, resend.status_code) == (404, 404)
    assert back.content == resend.content


def test_a_recheck_closes_the_drivers_page(client, issued, moment, warehouse_keeper):
    url = load_url(issued, moment)

    recheck_note(issued, actor=warehouse_keeper, now=moment, reason="換托盤")

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["public_load_done", "public_receive_done"])
def test_a_done_page_opens_only_by_our_own_seal(client, in_transit, moment, name):
    link = receive_link(in_transit, moment)
    forged = signing.dumps(link.pk, key="another key", salt="delivery.public.load")
    of_an_open_link = signing.dumps(link.pk, salt="delivery.public.receive")

    for seal in ("x", forged, of_an_open_link):
        assert client.get(reverse(name, args=[seal])).status_code == 404


def test_the_drivers_done_page_ends_with_the_customers_signature(client, issued, moment):
    done = client.post(load_url(issued, moment), driver_says(issued)).url
    assert client.get(done).status_code == 200

    client.post(receive_url(issued, timezone.now()), customer_says(issued))

    assert client.get(done).status_code == 404
