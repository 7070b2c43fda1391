"""休假與代理 (2.4): who is away, and who gets the notices and may act, marked so."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import Leave, User
from aftersales.core import audit, notices
from aftersales.core.errors import RuleViolation
from aftersales.core.moments import span_in_words

LONGEST = timedelta(days=366)
CLAUSE = "2.4"


def looks_after(actor: User, user: User) -> bool:
    """True where the actor may register leave for this person.

    Everybody for oneself; with accounts.manage_leave for the own department and the own people;
    administrators for all.
    """
    if actor.pk == user.pk or actor.has_perm("accounts.manage_staff"):
        return True
    is_near = user.superior_id == actor.pk or (
        actor.department_id is not None and user.department_id == actor.department_id
    )
    return is_near and actor.has_perm("accounts.manage_leave")


@transaction.atomic
def create_leave(
    *,
    actor: User,
    now: datetime,
    user: User,
    deputy: User,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
) -> Leave:
    """Register a leave with its deputy (times aware).

    Raises RuleViolation where it overlaps another leave of the person, where the deputy is away
    then, and where somebody makes himself the deputy of a person whom he looks after.
    """
    if not looks_after(actor, user):
        raise RuleViolation(
            _("您只能為自己、同部門或直屬的人登記休假，請由 %(name)s 本人登記")
            % {"name": user.name},
            clause=CLAUSE,
            field="user",
        )
    # Both rows in one order, so that two leaves that name one another do not wait in a ring.
    locked = {
        person.pk: person
        for person in User.objects.select_for_update()
        .filter(pk__in=[user.pk, deputy.pk])
        .order_by("pk")
    }
    user, deputy = locked[user.pk], locked[deputy.pk]
    leave = Leave(
        user=user, deputy=deputy, starts_at=starts_at, ends_at=ends_at, reason=reason,
        created_by=actor, created_at=now,
    )  # fmt: skip
    leave.full_clean()
    _check_time(leave, now)
    _check_people(leave, actor)
    leave.save()
    audit.record(
        leave, "leave.registered", actor=actor, now=now, clause=CLAUSE,
        user=user.name, deputy=deputy.name, starts_at=starts_at, ends_at=ends_at, reason=reason,
    )  # fmt: skip
    _tell(leave, actor, now)
    return leave


@transaction.atomic
def cancel_leave(leave: Leave, *, actor: User, now: datetime, reason: str = "") -> Leave:
    """Take a leave back, also one under way: from now on the deputy acts no more."""
    leave = Leave.objects.select_for_update().select_related("user", "deputy").get(pk=leave.pk)
    if not looks_after(actor, leave.user):
        raise RuleViolation(
            _("這筆休假由 %(name)s 本人取消") % {"name": leave.user.name}, clause=CLAUSE
        )
    if leave.cancelled_at:
        raise RuleViolation(_("這筆休假已經取消了"), clause=CLAUSE)
    if leave.ends_at <= now:
        raise RuleViolation(
            _("這筆休假已在 %(days)s 結束，不能再取消") % {"days": _days(leave)}, clause=CLAUSE
        )
    leave.cancelled_at = now
    leave.save()
    audit.record(leave, "leave.cancelled", actor=actor, now=now, clause=CLAUSE, reason=reason)
    notices.send(
        {leave.user, leave.deputy} - {actor},
        key=f"leave-cancelled-{leave.pk}",
        title=lambda: (
            _("%(user)s %(days)s 的休假與代理已取消")
            % {"user": leave.user.name, "days": _days(leave)}
        ),
        url=leave.get_absolute_url(),
        clause=CLAUSE,
        now=now,
    )
    return leave


def _check_time(leave: Leave, now: datetime) -> None:
    if leave.ends_at <= now:
        raise RuleViolation(
            _("休假的結束已經過去，請填現在以後的時間"), clause=CLAUSE, field="ends_at"
        )
    if leave.ends_at - leave.starts_at > LONGEST:
        raise RuleViolation(
            _("一筆休假最長 %(days)d 天，請檢查年份，或分成幾筆") % {"days": LONGEST.days},
            clause=CLAUSE,
            field="ends_at",
        )
    other = Leave.objects.within(leave.starts_at, leave.ends_at).filter(user=leave.user).first()
    if other:
        raise RuleViolation(
            _("與 %(user)s %(days)s 的休假重疊（代理人 %(deputy)s），請改日期或先取消那一筆")
            % {"user": leave.user.name, "days": _days(other), "deputy": other.deputy.name},
            clause=CLAUSE,
            field="starts_at",
        )


def _check_people(leave: Leave, actor: User) -> None:
    if not (leave.user.is_active and leave.deputy.is_active):
        gone = leave.deputy if leave.user.is_active else leave.user
        raise RuleViolation(
            _("%(name)s 已停用，請選在職的人") % {"name": gone.name}, clause=CLAUSE, field="deputy"
        )
    if leave.deputy_id == actor.pk != leave.user_id:
        raise RuleViolation(
            _("為別人登記休假時不能指定自己為代理人，請由 %(name)s 本人指定")
            % {"name": leave.user.name},
            clause=CLAUSE,
            field="deputy",
        )
    away = Leave.objects.within(leave.starts_at, leave.ends_at).filter(user=leave.deputy).first()
    if away:
        raise RuleViolation(
            _("%(deputy)s 在 %(days)s 也休假，代理不能再轉給別人，請另選代理人")
            % {"deputy": leave.deputy.name, "days": _days(away)},
            clause=CLAUSE,
            field="deputy",
        )


def _tell(leave: Leave, actor: User, now: datetime) -> None:
    """The deputy has to know, the person too where somebody else registered it; and those whose
    own deputy goes away by this leave have to name another."""
    notices.send(
        {leave.user, leave.deputy} - {actor},
        key=f"leave-{leave.pk}",
        title=lambda: (
            _("%(days)s 由 %(deputy)s 代理 %(user)s")
            % {"user": leave.user.name, "deputy": leave.deputy.name, "days": _days(leave)}
        ),
        url=leave.get_absolute_url(),
        clause=CLAUSE,
        now=now,
    )
    for other in duties_left(leave):
        notices.send(
            [other.user],
            key=f"leave-{leave.pk}-without-{other.pk}",
            title=lambda: (
                _("您的代理人 %(deputy)s 在 %(days)s 休假，請另定代理人")
                % {"deputy": leave.user.name, "days": _days(leave)}
            ),
            url=leave.get_absolute_url(),
            clause=CLAUSE,
            now=now,
        )


def duties_left(leave: Leave) -> list[Leave]:
    """The leaves of others in which the person going away is the deputy."""
    within = Leave.objects.within(leave.starts_at, leave.ends_at)
    return list(within.filter(deputy=leave.user).select_related("user"))


def _days(leave: Leave) -> str:
    return span_in_words(leave.starts_at, leave.ends_at)
