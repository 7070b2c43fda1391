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
from aftersales.core.models import AuditEntry
from aftersales.core.workflow import Transition
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
    step = ARRIVAL_WORKFLOW.apply(report or ArrivalReport(note=note), "confirm", actor=actor)
    chosen = _decisions(report, decisions or {}, returns_all)
    report.decided_by, report.decided_at = actor, now
    report.decided_for = arrivals.stands_for(note, actor) or ""
    report.answer = required_text(answer, "answer", _("給客戶的說明"), clause=CLAUSE)
    report.clean_fields(exclude=["note", "recorded_by", "decided_by"])
    report.save(update_fields=["state", "decided_by", "decided_at", "decided_for", "answer"])
    for line in report.lines.all():
        line.decision = chosen[line.line_id]
        line.save(update_fields=["decision"])
    entry, outcome = record_decision(report, actor=actor, now=now, step=step)
    tell_decision(report, entry, outcome, now=now)
    return report


def _decisions(report: ArrivalReport, said: Mapping[int, str], returns_all: bool) -> dict:
    """A decision for every line. Raises RuleViolation at `decision_<pk>` where one is missing."""
    found = {}
    for line in report.lines.all():
        usual = "" if line.has_trouble else Decision.UNLOAD
        decision = Decision.RETURN if returns_all else said.get(line.line_id) or usual
        if decision not in Decision.values:
            message = arrivals.undecided(line)
            raise RuleViolation(message, clause=CLAUSE, field=f"decision_{line.line_id}")
        found[line.line_id] = decision
    return found


def record_decision(
    report: ArrivalReport, *, actor: User, now: datetime, step: Transition | None = None
) -> tuple[AuditEntry, list[str]]:
    """Put our decision on the note's trail; gives the entry and what becomes of each line."""
    with override(settings.LANGUAGE_CODE):
        results = arrivals.outcome(report)
        outcome = [
            arrivals.ending(each.line, results[each.line_id])
            for each in report.lines.select_related("line")
            if each.has_trouble or each.decision == Decision.RETURN
        ]
        entry = audit.record(
            report.note,
            "shippingnote.arrival_confirmed",
            actor=actor,
            now=now,
            step=step,
            clause=CLAUSE,
            on_behalf_of=report.decided_for if actor == report.decided_by else "",
            attempt=report.attempt,
            means=report.means,
            decided_by=report.decided_by.display_name,
            decided_for=report.decided_for,
            decided_at=report.decided_at,
            answer=report.answer,
            differences=outcome,
        )
    return entry, outcome
