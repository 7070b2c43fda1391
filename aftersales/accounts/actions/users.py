"""People of the company: who they are, which roles they hold, whether they are still here (2)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from aftersales.accounts.models import Leave, RoleAssignment, User
from aftersales.accounts.roles import ROLES
from aftersales.core import audit, changes, public_links
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.moments import span_in_words

FACTS = (
    "username", "employee_no", "name", "email", "phone", "department", "level", "superior",
)  # fmt: skip


@transaction.atomic
def create_user(*, actor, now: datetime, roles: Iterable[str] = (), **facts) -> User:
    """A new person (FACTS) with roles, who sets a password by the letter or by a shown link."""
    user = User(created_at=now, **facts)
    user.set_unusable_password()
    _check_names(user)
    user.password_mail_due_at = now if user.email else None
    user.full_clean()
    user.save()
    given = _give_roles(user, roles)
    audit.record(user, "user.created", actor=actor, now=now, roles=given)
    return user


@transaction.atomic
def edit_user(
    user: User, *, actor, now: datetime, version: int, roles: Iterable[str] = (), **facts
) -> User:
    """Change a person's facts (FACTS) and roles.

    Raises StaleEdit; RuleViolation where the last administrator would be none, and where the
    superiors would go round in a ring.
    """
    roles = list(roles)
    _lock_administrators()
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.version != version:
        raise StaleEdit(user)
    before = User.objects.get(pk=user.pk)
    for field in FACTS:
        setattr(user, field, facts[field])
    _check_names(user)
    _check_superior(user)
    if "administrator" not in roles and not _another_administrator(user, before):
        raise RuleViolation(
            _("%(name)s 是唯一的系統管理員，請先把這個角色也給另一個人") % {"name": user.name},
            field="roles",
        )
    user.version += 1
    user.full_clean()
    user.save()
    changed = changes.between(before, user, FACTS)
    old = before.role_labels
    _give_roles(user, roles)
    if old != (new := User.objects.get(pk=user.pk).role_labels):
        changed[_("角色")] = [old, new]
    audit.record(user, "user.edited", actor=actor, now=now, changes=changed)
    return user


@transaction.atomic
def deactivate_user(user: User, *, actor, now: datetime, reason: str) -> User:
    """Somebody has left: no login any more, the records stay. Nobody is ever deleted.

    Raises RuleViolation for oneself, for the last administrator and for a deputy in office.
    """
    _lock_administrators()
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise RuleViolation(_("%(name)s 已經停用") % {"name": user.name})
    if user.pk == actor.pk:
        raise RuleViolation(_("不能停用自己，請由另一位系統管理員停用"))
    if not _another_administrator(user, user):
        raise RuleViolation(
            _("%(name)s 是唯一的系統管理員，請先把這個角色也給另一個人") % {"name": user.name}
        )
    duty = Leave.objects.not_over(now).filter(deputy=user).select_related("user").first()
    if duty:
        raise RuleViolation(
            _("%(name)s 是 %(absent)s %(days)s 的代理人，請先取消該筆休假並改由別人代理")
            % {
                "name": user.name,
                "absent": duty.user.name,
                "days": span_in_words(duty.starts_at, duty.ends_at),
            },
            clause="2.4",
        )
    user.is_active, user.password_mail_due_at = False, None
    user.version += 1
    user.save()
    public_links.revoke(user, now=now)
    audit.record(user, "user.deactivated", actor=actor, now=now, reason=reason)
    return user


@transaction.atomic
def reactivate_user(user: User, *, actor, now: datetime, reason: str = "") -> User:
    """Somebody is back, with the roles held before."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise RuleViolation(_("%(name)s 沒有停用") % {"name": user.name})
    user.is_active = True
    user.version += 1
    user.save()
    audit.record(user, "user.reactivated", actor=actor, now=now, reason=reason)
    return user


def _give_roles(user: User, roles: Iterable[str]) -> list[str]:
    """Let the user hold exactly these roles; returns their codes in the table's order."""
    wanted = [code for code in ROLES if code in set(roles)]
    user.role_assignments.exclude(role__in=wanted).delete()
    held = set(user.role_assignments.values_list("role", flat=True))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=code) for code in wanted if code not in held
    )
    return wanted


def _lock_administrators() -> None:
    """One change of people at a time: administrators who remove each other wait here."""
    list(RoleAssignment.objects.select_for_update().filter(role="administrator").order_by("pk"))


def _another_administrator(user: User, before: User) -> bool:
    """False where this person is an administrator at work and nobody else is."""
    if not before.is_active or "administrator" not in before.role_codes:
        return True
    return User.objects.with_role("administrator").exclude(pk=user.pk).exists()


def _check_names(user: User) -> None:
    """A login name is one person's, whether it is the user name or the employee number."""
    for field in ("username", "employee_no"):
        name = getattr(user, field)
        same = Q(username__iexact=name) | Q(employee_no__iexact=name)
        if other := User.objects.filter(same).exclude(pk=user.pk).first():
            raise RuleViolation(
                _("「%(name)s」已經是 %(other)s（%(no)s）的帳號或工號，請換一個")
                % {"name": name, "other": other.name, "no": other.employee_no},
                field=field,
            )


def _check_superior(user: User) -> None:
    """The line of superiors, up which an overdue matter climbs (2.4), has an end."""
    seen, above = {user.pk}, user.superior_id
    while above:
        if above in seen:
            raise RuleViolation(
                _("%(superior)s 的上級一路往上又回到 %(name)s，請另選直屬上級")
                % {"superior": user.superior.name, "name": user.name},
                clause="2.4",
                field="superior",
            )
        seen.add(above)
        # Read anew: the lock on the administrators lets one edit of people go at a time.
        above = User.objects.filter(pk=above).values_list("superior", flat=True).first()
