"""Letters with which a password is set: asked for by a mark at the person, written by a sweep.

The page that takes the wish neither writes nor sends, so it answers an unknown address in the
same time. No token lies in a table: it is made when the letter is written.
"""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from aftersales.accounts.actions.passwords import LINK_LASTS, PURPOSE
from aftersales.accounts.models import User
from aftersales.core import public_links

logger = logging.getLogger(__name__)
TRY_AGAIN_AFTER = timedelta(minutes=5)


def send_due_letters(*, now: datetime, limit: int = 100) -> int:
    """Write to everybody who waits for a password letter; returns how many were accepted.

    A person is claimed by moving the mark forward, so two sweeps write once, and what the mail
    server refuses for the moment is tried again.
    """
    sent = 0
    for user in User.objects.password_mail_due(now).order_by("pk")[:limit]:
        mark = User.objects.filter(pk=user.pk, password_mail_due_at=user.password_mail_due_at)
        if not mark.update(password_mail_due_at=now + TRY_AGAIN_AFTER):
            continue
        try:
            _letter(user, now).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            logger.warning("password letter for user %s failed: %s", user.pk, error)
            if not _is_final(error):
                continue
        else:
            sent += 1
        User.objects.filter(pk=user.pk).update(password_mail_due_at=None)
    return sent


def _is_final(error: Exception) -> bool:
    """A refusal that will be the same tomorrow, such as an address that is not there."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return False


def _letter(user: User, now: datetime) -> EmailMessage:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        if user.has_usable_password():
            subject, template = _("重設密碼"), "emails/password_reset.txt"
            uid = urlsafe_base64_encode(force_bytes(user.pk))
            token = default_token_generator.make_token(user)
            path = reverse("password_reset_confirm", args=[uid, token])
            hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        else:
            subject, template = _("您的帳號已開通，請設定密碼"), "emails/password_set.txt"
            with transaction.atomic():
                locked = User.objects.select_for_update().get(pk=user.pk)
                link = public_links.open_link(locked, PURPOSE, now=now, lasts=LINK_LASTS)
            path = reverse("password_set", args=[public_links.token_of(link)])
            hours = int(LINK_LASTS.total_seconds() // 3600)
        address = settings.PUBLIC_BASE_URL + path
        body = render_to_string(template, {"user": user, "address": address, "hours": hours})
    return EmailMessage(subject, body, to=[user.email])
