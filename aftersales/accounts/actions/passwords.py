"""Passwords are set by their owner alone: by a letter, by a shown link of one use, or logged in."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts import name_lock
from aftersales.accounts.models import User
from aftersales.core import audit, notices, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import PublicLink

PURPOSE = "set_password"
LINK_LASTS = timedelta(days=3)


def ask_for_password_letter(*, email: str, now: datetime) -> int:
    """Put those who have this address down for the letter; the sweep writes it.

    Takes as long for an address that nobody has, so that the page tells nothing by its time.
    """
    return User.objects.active().filter(email__iexact=email).update(password_mail_due_at=now)


@transaction.atomic
def send_password_letter(user: User, *, actor, now: datetime) -> User:
    """Put one person down for the letter, by whoever looks after the people."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not (user.is_active and user.email):
        raise RuleViolation(
            _("%(name)s 已停用或沒有電子郵件，請改用一次性連結") % {"name": user.name}
        )
    user.password_mail_due_at = now
    user.save(update_fields=["password_mail_due_at"])
    audit.record(user, "user.password_letter_asked", actor=actor, now=now)
    return user


@transaction.atomic
def open_password_link(user: User, *, actor, now: datetime) -> PublicLink:
    """A link of one use for three days, to be handed over by whoever looks after the people.

    Raises RuleViolation for somebody who has left. The person is told, unless it is new.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise RuleViolation(_("%(name)s 已停用，請先恢復") % {"name": user.name})
    public_links.revoke(user, now=now, purpose=PURPOSE)
    link = public_links.open_link(user, PURPOSE, now=now, lasts=LINK_LASTS)
    audit.record(user, "user.password_link_opened", actor=actor, now=now)
    if user.has_usable_password():
        notices.send(
            [user],
            key=f"password-link-{link.pk}",
            title=lambda: _("%(name)s 為您產生了重設密碼的連結") % {"name": actor.display_name},
            body=lambda: _("如果不是您要求的，請告訴系統管理員。"),
            now=now,
            is_urgent=True,
        )
    return link


@transaction.atomic
def set_password_by_link(link: PublicLink, *, password: str, now: datetime) -> User | None:
    """Use up the link and set the password; None where somebody else was faster."""
    if not public_links.use(link, now=now):
        return None
    return _set_password(link.subject, password, event="user.password_set", now=now)


@transaction.atomic
def change_password(user: User, *, password: str, now: datetime, event: str) -> User:
    """A new password from the person itself; `event` says by which way."""
    return _set_password(user, password, event=event, now=now)


def _set_password(user: User, password: str, *, event: str, now: datetime) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.password_mail_due_at = None
    user.save(update_fields=["password", "password_mail_due_at"])
    public_links.revoke(user, now=now, purpose=PURPOSE)
    name_lock.lift(user.username.lower())
    audit.record(user, event, actor=user, now=now)
    return user
