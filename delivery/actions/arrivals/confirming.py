"""3.2.2 after our confirmation the goods are unloaded or returned, whole or by line."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery import arrivals
from delivery.actions.arrivals.locking import CLAUSE, current_report
from delivery.actions.arrivals.telling import tell_decision
from delivery.actions.locking import locked, required_text
from delivery.models import ArrivalLine, ArrivalReport, ShippingNote
from delivery.workflow import ARRIVAL_WORKFLOW

Decision = ArrivalLine.Decision


@transaction.atomic
def confirm_arrival(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    answer: str,
    decisions: Mapping[int, str] | None = None,
    returns_all: bool = False,
    seen: str | None = None,
) -> ArrivalReport:
    """確認到貨異常 (3.2.2): for each line in trouble, by the line's pk, 卸貨收下 or 整行退回.

    Lines that are sound are unloaded unless something else is said; `returns_all` sends the whole
    load back (整車退回). `answer` is what the customer reads. Until the customer has signed the
    decision may be changed; `seen` is the stamp of what the actor decides about, so that of two
    at the same moment one wins. A deputy is marked with the absent person's name. Raises
    ReportChanged, or RuleViolation at `decision_<pk>` or `answer`.
    """
    note = locked(note)
    report = current_report(note, seen)
    if report is None:
        message = _("%(note)s 沒有回報到貨異常，沒有要確認的") % {"note": note.title}
        raise RuleViolation(message, clause=CLAUSE)
    step = ARRIVAL_WORKFLOW.apply(report, "confirm", actor=actor)
    chosen = _decisions(report, decisions or {}, returns_all)
    report.decided_by, report.decided_at = actor, now
    report.decided_for = arrivals.stands_for(note, actor) or ""
    report.answer = required_text(answer, "answer", _("給客戶的說明"), clause=CLAUSE)
    report.clean_fields(exclude=["note", "recorded_by", "decided_by"])
    report.save(update_fields=["state", "decided_by", "decided_at", "decided_for", "answer"])
    for line in report.lines.all():
        line.decision = chosen[line.line_id]
        line.save(update_fields=["decision"])
    _tell(report, step, actor, now)
    return report


def _decisions(report: ArrivalReport, said: Mapping[int, str], returns_all: bool) -> dict:
    """A decision for every line. Raises RuleViolation at `decision_<pk>` where one is missing."""
    found = {}
    for line in report.lines.all():
        usual = "" if line.has_trouble else Decision.UNLOAD
        decision = Decision.RETURN if returns_all else said.get(line.line_id) or usual
        if decision not in Decision.values:
            message = _("請決定第 %(line)d 行 %(name)s：卸貨收下，還是整行退回")
            facts = {"line": line.line.line_no, "name": line.line.name}
            raise RuleViolation(message % facts, clause=CLAUSE, field=f"decision_{line.line_id}")
        found[line.line_id] = decision
    return found


def _tell(report: ArrivalReport, step, actor: User, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        results = arrivals.outcome(report)
        outcome = [
            arrivals.ending(line.line, results[line.line_id])
            for line in report.lines.all()
            if line.has_trouble or line.decision == Decision.RETURN
        ]
        entry = audit.record(
            report.note,
            "shippingnote.arrival_confirmed",
            actor=actor,
            now=now,
            step=step,
            attempt=report.attempt,
            decided_for=report.decided_for,
            answer=report.answer,
            differences=outcome,
        )
        tell_decision(report, entry, outcome, now=now)
