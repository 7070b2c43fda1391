"""Assessments of what service follows a delivery: law, harm, nature, wishes, feedback (2.5)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions import rows
from aftersales.masterdata.models import Contract, Product, ServiceScope
from aftersales.masterdata.models.service_scopes import LONGEST_ANSWER_HOURS

FIELDS = (
    "legal", "harm", "nature", "requirements", "feedback", "decision", "warranty_months",
    "answer_hours", "arrival_hours", "decided_on", "review_on",
)  # fmt: skip
PERMISSION = "masterdata.decide_scope"
CLAUSE = "2.5"


@transaction.atomic
def decide_scope(
    subject: Contract | Product,
    *,
    actor,
    now: datetime,
    decided_on: date,
    review_on: date,
    supersedes: int | None = None,
    **facts,
) -> ServiceScope:
    """評定交付後服務的範圍 (2.5) of a contract or a product; the current assessment becomes history.

    `facts` are FIELDS; who decides is the actor. `supersedes` is the key of the assessment that
    the actor has read, 0 for none: where somebody else decided meanwhile it is refused. Raises
    RuleViolation or ValidationError.
    """
    rows.check_permission(actor, PERMISSION)
    subject = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    current = subject.service_scopes.current().select_for_update().first()
    _check_current(current, supersedes)
    _check_days(current, decided_on, review_on, now)
    _check_answer(facts.get("answer_hours"))
    if current:
        current.is_current = False
        current.save(update_fields=["is_current"])
        audit.record(current, "servicescope.superseded", actor=actor, now=now, clause=CLAUSE)
    which = {"contract" if isinstance(subject, Contract) else "product": subject}
    scope = ServiceScope(
        decided_on=decided_on, decided_by=actor, review_on=review_on, **which, **facts
    )
    rows.store(scope, event="servicescope.decided", actor=actor, now=now, clause=CLAUSE)
    number = subject.service_scopes.count()
    audit.record(
        subject, "servicescope.decided", actor=actor, now=now, clause=CLAUSE, number=number,
        decision=scope.decision,
    )  # fmt: skip
    return scope


def _check_current(current: ServiceScope | None, seen: int | None) -> None:
    if seen is None or seen == (current.pk if current else 0):
        return
    if current is None:
        message = _("這份評定已不是現行的，請重新整理頁面")
        raise RuleViolation(message, clause=CLAUSE)
    message = _("%(who)s 剛剛已作新的評定（%(on)s），請先看過，再決定是否重新評定")
    facts = {"who": current.decided_by, "on": current.decided_on}
    raise RuleViolation(message % facts, clause=CLAUSE)


def _check_days(
    current: ServiceScope | None, decided_on: date, review_on: date, now: datetime
) -> None:
    rows.check_not_future(ServiceScope, "decided_on", decided_on, now=now, clause=CLAUSE)
    if current and decided_on < current.decided_on:
        message = _("現行的評定是 %(on)s 作的，評定日期不能早於這天")
        facts = {"on": current.decided_on}
        raise RuleViolation(message % facts, clause=CLAUSE, field="decided_on")
    today = timezone.localdate(now)
    if review_on <= today:
        message = _("下次評審日要晚於今天（%(today)s），不能是 %(given)s")
        facts = {"today": today, "given": review_on}
        raise RuleViolation(message % facts, clause=CLAUSE, field="review_on")


def _check_answer(hours: int | None) -> None:
    if hours is not None and not 1 <= hours <= LONGEST_ANSWER_HOURS:
        message = _("答復時限只能縮短 24 小時，不能延長：請填 1 至 24（2.5、4.4）")
        raise RuleViolation(message, clause=CLAUSE, field="answer_hours")
