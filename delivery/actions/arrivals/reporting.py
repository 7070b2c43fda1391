"""3.2.2 on a difference or quality fault the customer contacts the salesperson, before unloading."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import PublicLink
from aftersales.core.text import half_width_words
from delivery import arrivals
from delivery.actions import doors
from delivery.actions.arrivals.locking import current_report
from delivery.actions.arrivals.telling import tell_report
from delivery.actions.dispatching import RECEIVE
from delivery.actions.locking import locked, required_text
from delivery.actions.photos import attach_photos, refuse_too_many
from delivery.models import ArrivalLine, ArrivalReport, ShippingNote, ShippingNoteLine
from delivery.receipts import Receipt, checked
from delivery.workflow import ARRIVAL_WORKFLOW, WORKFLOW, S

CLAUSE = "3.2.2"
MOST_ATTEMPTS = 20
Means = ArrivalReport.Means


@transaction.atomic
def report_arrival(
    note: ShippingNote,
    *,
    now: datetime,
    receipts: Mapping[int, Receipt],
    reporter: str,
    phone: str,
    link: PublicLink | None = None,
    actor: User | None = None,
    seen: str | None = None,
    photos=(),
) -> ArrivalReport:
    """回報到貨異常 (3.2.2): what the customer finds of every line, by the line's pk, and who calls back.

    By the customer's link, or by an `actor` of ours who writes down what was said on the phone.
    A note on the road has arrived by it. A report before this one has been corrected; what was
    decided about that is void. Salesperson, sales managers and issuer are told at once. Raises
    LinkGone, ReportChanged (see `current_report`), or RuleViolation at `line_<pk>`, `kind_<pk>`,
    `name`, `phone` or `photos`.
    """
    note = locked(note)
    if actor is None:
        doors.check(note, link, RECEIVE, now=now)
    before = current_report(note, seen)
    verb = "report" if actor else "report_by_link"
    step = ARRIVAL_WORKFLOW.apply(before or ArrivalReport(note=note), verb, actor=actor)
    lines = checked_lines(note, receipts)
    report = ArrivalReport(
        note=note,
        attempt=next_attempt(note, is_by_link=actor is None),
        means=Means.CALL if actor else Means.LINK,
        reporter=required_text(reporter, "name", _("姓名"), clause=CLAUSE),
        phone=half_width_words(required_text(phone, "phone", _("電話"), clause=CLAUSE)),
        reported_at=now,
        recorded_by=actor,
    )
    _refuse_nothing_to_tell(lines, photos, before)
    _arrive(note, actor, now)
    supersede(before)
    store(report, lines)
    _keep_photos(report, lines, photos, actor or report.reporter, now)
    _tell(report, lines, step, actor, now)
    return report


def checked_lines(
    note: ShippingNote, receipts: Mapping[int, Receipt]
) -> list[tuple[ShippingNoteLine, Receipt]]:
    """Every line with what was found of it. Raises RuleViolation where one does not add up."""
    lines = note.lines.select_related("product").prefetch_related("serials")
    return [
        (
            line,
            checked(line, receipts.get(line.pk), [each.serial_no for each in line.serials.all()]),
        )
        for line in lines
    ]


def supersede(report: ArrivalReport | None) -> None:
    """A report is told anew: it stays, and counts no more."""
    if report is not None:
        ARRIVAL_WORKFLOW.apply(report, "supersede", actor=None)
        report.save(update_fields=["state"])


def store(report: ArrivalReport, lines, decisions: Mapping[int, str] | None = None) -> None:
    """Keep a report and its lines; what it replaces has been superseded."""
    report.clean_fields(exclude=["note", "recorded_by", "decided_by"])
    report.save(force_insert=True)
    rows = [
        ArrivalLine(
            report=report,
            line=line,
            sound=receipt.sound,
            damaged=receipt.damaged,
            short=receipt.short,
            refused=receipt.refused,
            damage_kind=receipt.damage_kind,
            fates=dict(receipt.fates),
            remark=receipt.remark,
            decision=(decisions or {}).get(line.pk, ""),
        )
        for line, receipt in lines
    ]
    for row in rows:
        row.clean_fields(exclude=["report", "line"])
    ArrivalLine.objects.bulk_create(rows)


def next_attempt(note: ShippingNote, *, is_by_link: bool = False) -> int:
    """Raises RuleViolation where somebody outside goes on without end."""
    attempt = note.arrival_reports.count() + 1
    if is_by_link and attempt > MOST_ATTEMPTS:
        message = _("已回報 %(most)d 次，請打電話與業務員談定，由業務員登記")
        raise RuleViolation(message % {"most": MOST_ATTEMPTS}, clause=CLAUSE)
    return attempt


def _refuse_nothing_to_tell(lines, photos, before: ArrivalReport | None) -> None:
    """Where all is well there is nothing to report; a correction may say so."""
    if before is None and not photos and not any(receipt.is_told for _line, receipt in lines):
        message = _("每一行都完好，沒有要回報的；請直接簽收，或標出哪一行有什麼問題")
        raise RuleViolation(message, clause=CLAUSE)


def _arrive(note: ShippingNote, actor: User | None, now: datetime) -> None:
    if note.state == S.IN_TRANSIT:
        WORKFLOW.apply(note, "arrive" if actor else "arrive_by_link", actor=actor)
        note.arrived_at = now
        note.save(update_fields=["state", "arrived_at"])


def _keep_photos(report: ArrivalReport, lines, photos, actor, now: datetime) -> None:
    refuse_too_many(len(photos) + sum(len(receipt.photos) for _line, receipt in lines))
    purpose = arrivals.photo_purpose(report)
    attach_photos(report.note, photos, actor=actor, now=now, purpose=purpose)
    for line, receipt in lines:
        attach_photos(
            report.note,
            receipt.photos,
            actor=actor,
            now=now,
            purpose=arrivals.photo_purpose(report, line.line_no),
        )


def _tell(report: ArrivalReport, lines, step, actor: User | None, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):  # the customer may read the page in another language
        found = [words for line, receipt in lines if (words := arrivals.trouble(line, receipt))]
        found = found or [_("更正：每一行都完好")]
        entry = audit.record(
            report.note,
            "shippingnote.arrival_reported",
            actor=actor or _("收貨人 %(name)s") % {"name": report.reporter},
            now=now,
            step=step,
            attempt=report.attempt,
            means=report.means,
            reporter=report.reporter,
            phone=report.phone,
            differences=found,
        )
        tell_report(report, entry, found, now=now)
