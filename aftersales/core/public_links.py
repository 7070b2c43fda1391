"""Doors for people without a login: a driver who signs, a customer who receives.

A token is 128 bits, made from a random nonce with SECRET_KEY; only its hash is stored. It has
one purpose, one object, an expiry and, for signatures, one use. A wrong, used or expired one
answers with one and the same page. GET changes nothing.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from aftersales.core.models import PublicLink


def open_link(subject, purpose: str, *, now: datetime, lasts: timedelta) -> PublicLink:
    """The open link of this purpose to the subject, made where there is none.

    Called under the lock of the subject's row, so that there is one. `lasts` counts from `now`.
    """
    link = _links(subject).filter(purpose=purpose).filter(_is_open(now)).order_by("-pk").first()
    if link:
        return link
    nonce = secrets.token_hex(16)
    return PublicLink.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        purpose=purpose,
        nonce=nonce,
        token_hash=_hash(_token(nonce)),
        created_at=now,
        expires_at=now + lasts,
    )


def current_link(subject, purpose: str, *, now: datetime) -> PublicLink | None:
    """The open link of this purpose, for showing and printing."""
    return _links(subject).filter(purpose=purpose).filter(_is_open(now)).order_by("-pk").first()


def find(token: str, purpose: str, *, now: datetime) -> PublicLink | None:
    """The link that this token opens now for this purpose, or None whatever is wrong."""
    links = PublicLink.objects.filter(token_hash=_hash(token), purpose=purpose)
    return links.filter(_is_open(now)).first()


def known(token: str, purpose: str) -> PublicLink | None:
    """The link of this token, used and closed ones too: to tell what a paper belongs to."""
    return PublicLink.objects.filter(token_hash=_hash(token), purpose=purpose).first()


def use(link: PublicLink, *, now: datetime) -> bool:
    """Use up a link: True for exactly one caller, also when two come at the same moment."""
    return bool(PublicLink.objects.filter(pk=link.pk).filter(_is_open(now)).update(used_at=now))


def revoke(subject, *, now: datetime, purpose: str | None = None) -> int:
    """Close all open links to the subject (of one purpose); returns how many."""
    links = _links(subject).filter(_is_open(now))
    if purpose:
        links = links.filter(purpose=purpose)
    return links.update(revoked_at=now)


def token_of(link: PublicLink) -> str:
    return _token(link.nonce)


def address_of(link: PublicLink, url_name: str) -> str:
    """The full address, with PUBLIC_BASE_URL since drivers and customers stand outside."""
    return settings.PUBLIC_BASE_URL + reverse(url_name, args=[token_of(link)])


def _links(subject):
    return PublicLink.objects.filter(
        content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
    )


def _is_open(now: datetime) -> Q:
    return Q(used_at=None, revoked_at=None, expires_at__gt=now)


def _token(nonce: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), nonce.encode(), hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
