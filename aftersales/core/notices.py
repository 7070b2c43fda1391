"""Notices: outbox rows written in the business transaction, shown at the bell, mailed by a sweep.

A row is unique for recipient and key, so what runs twice tells once. A deputy named for the time
gets what the absent person gets, marked so. Quiet hours hold mail back until morning, except
where the notice is urgent (line stops, the 24 hours of 4.4).
"""

import logging
import smtplib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from aftersales.core.models import Notice

logger = logging.getLogger(__name__)

# A text, or what says it: then each person reads it in the own language.
Words = str | Callable[[], str]

QUIET_FROM, QUIET_TO = time(21, 0), time(7, 0)
MAX_ATTEMPTS = 12

# Gives the active deputies of people at a moment, by the absent one's key.
FindDeputies = Callable[[Iterable, datetime], Mapping[int, Iterable]]

_deputies_of: FindDeputies = lambda users, now: {}  # noqa: E731  (set by the accounts app)


def register_deputies(find: FindDeputies) -> None:
    """Tell how active deputies are found, of many in one query. Called in AppConfig.ready()."""
    global _deputies_of
    _deputies_of = find


def send(
    recipients: Iterable,
    *,
    key: str,
    title: Words,
    now: datetime,
    body: Words = "",
    url: str = "",
    clause: str = "",
    is_urgent: bool = False,
) -> int:
    """Put a notice into the outbox of each recipient and of their active deputies.

    Must run in the transaction of what it tells about. Returns how many rows are new; a row
    with the same key for the same recipient is left as it is. `url` is a path on this site.
    """
    recipients = list(recipients)
    if not recipients:
        return 0
    deputies = _deputies_of(recipients, now)
    wanted: dict[int, tuple[object, str]] = {}
    for recipient in recipients:
        wanted[recipient.pk] = (recipient, "")
        for deputy in deputies.get(recipient.pk, ()):
            wanted.setdefault(deputy.pk, (deputy, recipient.display_name))
    already = set(
        Notice.objects.filter(key=key, recipient__in=wanted).values_list("recipient", flat=True)
    )
    rows = [
        Notice(
            recipient=person,
            key=key,
            title=_said(title, person)[:200],
            body=_said(body, person),
            url=url,
            clause=clause,
            is_urgent=is_urgent,
            on_behalf_of=absent,
            created_at=now,
            mail_due_at=_mail_due_at(person, now, is_urgent),
        )
        for pk, (person, absent) in wanted.items()
        if pk not in already
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _said(words: Words, person) -> str:
    if not callable(words):
        return words
    with translation.override(person.language or settings.LANGUAGE_CODE):
        return words()


def _mail_due_at(person, now: datetime, is_urgent: bool) -> datetime | None:
    """When the letter may leave: at once, after the quiet hours, or never without an address."""
    if not person.email or not person.wants_mail:
        return None
    local = timezone.localtime(now)
    is_quiet = local.time() >= QUIET_FROM or local.time() < QUIET_TO
    if is_urgent or not is_quiet:
        return now
    morning = local.replace(hour=QUIET_TO.hour, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def send_due_mail(*, now: datetime, limit: int = 200) -> int:
    """Mail what is due; returns how many the server accepted.

    Each row is claimed by moving its due time forward before the mail server is asked, so two
    sweeps at the same moment send a letter once, and a sweep that is killed tries again later.
    """
    sent = 0
    connection = get_connection()
    for notice in Notice.objects.mail_due(now).select_related("recipient").order_by("pk")[:limit]:
        retry_at = now + _back_off(notice.mail_attempts)
        claimed = Notice.objects.filter(
            pk=notice.pk, mailed_at=None, mail_due_at=notice.mail_due_at
        ).update(
            mail_due_at=retry_at if notice.mail_attempts + 1 < MAX_ATTEMPTS else None,
            mail_attempts=F("mail_attempts") + 1,
        )
        if not claimed:
            continue
        try:
            _letter(notice, connection).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            logger.warning("mail for notice %s failed: %s", notice.pk, error)
            Notice.objects.filter(pk=notice.pk).update(mail_error=str(error)[:300])
        else:
            sent += 1
            Notice.objects.filter(pk=notice.pk).update(
                mailed_at=now, mail_due_at=None, mail_error=""
            )
    return sent


def _back_off(attempts: int) -> timedelta:
    """One minute, two, four … up to six hours between the tries."""
    return min(timedelta(minutes=2**attempts), timedelta(hours=6))


def _letter(notice: Notice, connection) -> EmailMessage:
    with translation.override(notice.recipient.language or settings.LANGUAGE_CODE):
        body = render_to_string(
            "emails/notice.txt",
            {"notice": notice, "address": settings.PUBLIC_BASE_URL + notice.url},
        )
    subject = " ".join(notice.title.split())  # a header has no line breaks
    return EmailMessage(subject, body, to=[notice.recipient.email], connection=connection)
