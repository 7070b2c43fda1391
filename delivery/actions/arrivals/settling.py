"""3.2.2 what may be signed: all sound as it is; anything else only as we have confirmed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.errors import RuleViolation
from aftersales.core.text import listed, tidy
from delivery import arrivals
from delivery.actions.arrivals.confirming import record_decision
from delivery.actions.arrivals.locking import CLAUSE, current_report
from delivery.actions.arrivals.reporting import checked_lines, next_attempt, store, supersede
from delivery.actions.locking import required_text
from delivery.actions.signatures import Signer
from delivery.models import ArrivalLine, ArrivalReport, ShippingNote
from delivery.receipts import Receipt
from delivery.workflow import ARRIVAL_WORKFLOW

State = ArrivalReport.State
UNLOAD = ArrivalLine.Decision.UNLOAD


@dataclass(frozen=True)
class PaperConfirmation:
    """Who of ours confirmed unloading or return on the telephone, when, and how it went.

    `decisions` says for each line, by its pk, whether it was unloaded or returned as a whole.
    """

    by: User | None = None
    at: datetime | None = None
    answer: str = ""
    decisions: Mapping[int, str] = field(default_factory=dict)


NOBODY_CONFIRMED = PaperConfirmation()


@dataclass(frozen=True)
class Settled:
    """What the receiver signs: the receipts by the line's pk, and the report they come from."""

    receipts: Mapping[int, Receipt]
    report: ArrivalReport | None = None


def settle_by_link(
    note: ShippingNote, receipts: Mapping[int, Receipt] | None, seen: str | None
) -> Settled:
    """What the customer signs on the phone, of a locked note.

    With a confirmed report it is what we have decided, never what the form says; `seen` is the
    stamp of that decision. Without one every line must be sound; a report that we have not
    answered yet falls by it. Raises ReportChanged, or RuleViolation at `line_<pk>`.
    """
    report = current_report(note, seen)
    if report is not None and report.state == State.CONFIRMED:
        if seen is None:
            message = _("請先看過我方的處理決定，再按決定的數量簽收")
            raise RuleViolation(message, clause=CLAUSE)
        return Settled(arrivals.outcome(report), report)
    if receipts is None:
        message = _("業務員還沒有確認第 %(attempt)d 次回報，請等確認後再簽收")
        raise RuleViolation(message % {"attempt": report.attempt if report else 0}, clause=CLAUSE)
    lines = checked_lines(note, receipts)
    for line, receipt in lines:
        if receipt.has_trouble:
            message = _("第 %(line)d 行 %(name)s 有問題：請先回報業務員，確認卸貨或退回後再簽收")
            facts = {"line": line.line_no, "name": line.name}
            raise RuleViolation(message % facts, clause=CLAUSE, field=f"line_{line.pk}")
    supersede(report)
    return Settled({line.pk: receipt for line, receipt in lines})


def settle_on_paper(
    note: ShippingNote,
    receipts: Mapping[int, Receipt],
    confirmation: PaperConfirmation,
    *,
    signer: Signer,
    signed_on: date,
    actor: User,
    now: datetime,
) -> Settled:
    """What the receiver has signed on paper, of a locked note.

    As we have confirmed it, or all sound; anything else needs to say who of ours confirmed it,
    which makes a report of it. Raises RuleViolation at `confirmed_by`, `confirmed_at`, `answer`,
    `line_<pk>` or `kind_<pk>`.
    """
    report = current_report(note, None)
    lines = checked_lines(note, receipts)
    decisions = {line.pk: confirmation.decisions.get(line.pk) or UNLOAD for line, _told in lines}
    on_paper = arrivals.decided({line.pk: told for line, told in lines}, decisions)
    confirmed = arrivals.outcome(report) if report and report.state == State.CONFIRMED else None
    if confirmed and all(told.is_same_as(confirmed[pk]) for pk, told in on_paper.items()):
        return Settled(confirmed, report)
    if confirmed is None and not any(told.has_trouble for told in on_paper.values()):
        supersede(report)
        return Settled(on_paper)
    if confirmation.by is None:
        _refuse_unconfirmed(lines, on_paper, confirmed, report)
    decided_for = _check_confirmation(note, confirmation, signed_on, now)
    supersede(report)
    told_by_paper = ArrivalReport(
        note=note,
        attempt=next_attempt(note),
        state=State.CONFIRMED,
        means=ArrivalReport.Means.PAPER,
        reporter=signer.name,
        phone=signer.phone,
        reported_at=confirmation.at,
        recorded_by=actor,
        decided_by=confirmation.by,
        decided_for=decided_for,
        decided_at=confirmation.at,
        answer=tidy(confirmation.answer),
    )
    store(told_by_paper, lines, decisions)
    record_decision(told_by_paper, actor=actor, now=now)
    return Settled(on_paper, told_by_paper)


def sign_report(report: ArrivalReport | None) -> None:
    """The receiver has signed what was confirmed."""
    if report is not None:
        ARRIVAL_WORKFLOW.apply(report, "sign", actor=None)
        report.save(update_fields=["state"])


def _refuse_unconfirmed(lines, on_paper, confirmed, report: ArrivalReport | None) -> None:
    if confirmed is None:
        line = next(line for line, _told in lines if on_paper[line.pk].has_trouble)
        message = _(
            "紙本第 %(line)d 行 %(name)s 有損壞、短少或拒收，要我方確認後才能卸貨或退回："
            "請填誰在何時、怎樣確認的"
        )
        facts = {"line": line.line_no, "name": line.name}
    else:
        line = next(
            line for line, _told in lines if not on_paper[line.pk].is_same_as(confirmed[line.pk])
        )
        message = _(
            "紙本與 %(who)s 確認的不同。確認的是 %(confirmed)s；紙本是 %(paper)s。"
            "請照確認的登記；若現場另行確認，請填誰在何時、怎樣確認的"
        )
        facts = {
            "who": report.decided_by,
            "confirmed": arrivals.ending(line, confirmed[line.pk]),
            "paper": arrivals.ending(line, on_paper[line.pk]),
        }
    raise RuleViolation(message % facts, clause=CLAUSE, field="confirmed_by")


def _check_confirmation(
    note: ShippingNote, confirmation: PaperConfirmation, signed_on: date, now: datetime
) -> str:
    """The absent person's name where a deputy confirmed. Raises RuleViolation."""
    if confirmation.at is None:
        message = _("請填我方確認卸貨或退回的時間")
        raise RuleViolation(message, clause=CLAUSE, field="confirmed_at")
    day = timezone.localdate(confirmation.at)
    left_at = note.departed_at.replace(second=0, microsecond=0)  # people say it to the minute
    if not left_at <= confirmation.at <= now or day > signed_on:
        message = _("確認在發車（%(from)s）之後、客戶簽收（%(until)s）之前，不能是 %(given)s")
        facts = {
            "from": _moment(note.departed_at),
            "until": _moment(now) if timezone.localdate(now) == signed_on else signed_on,
            "given": _moment(confirmation.at),
        }
        raise RuleViolation(message % facts, clause=CLAUSE, field="confirmed_at")
    people = arrivals.deciders(note, confirmation.at)
    if confirmation.by not in people:
        message = _("%(who)s 不負責這位客戶，不能確認卸貨或退回；可以的是 %(people)s")
        facts = {
            "who": confirmation.by.display_name,
            "people": listed(person.display_name for person in people),
        }
        raise RuleViolation(message % facts, clause=CLAUSE, field="confirmed_by")
    required_text(confirmation.answer, "answer", _("確認的經過"), clause=CLAUSE)
    return people[confirmation.by]


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
