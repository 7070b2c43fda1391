"""3.2.2 what is reported of a delivery on arrival, who may decide about it, and what comes of that.

Reads only. A note has at most one current report; those before it have been reported anew.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from aftersales.accounts.models import Leave, User
from aftersales.core import attachments
from aftersales.core.models import Attachment
from delivery.models import ArrivalLine, ArrivalReport, DamageKind, ShippingNote, ShippingNoteLine
from delivery.quantities import plain
from delivery.receipts import FATES, Fate, Receipt

CONFIRM = "delivery.confirm_arrival"
Decision = ArrivalLine.Decision


def current(note: ShippingNote) -> ArrivalReport | None:
    """The report that counts, with its lines; None where nothing has been reported."""
    reports = note.arrival_reports.current().select_related("decided_by", "recorded_by")
    return reports.prefetch_related("lines__line__serials").first()


@dataclass(frozen=True)
class Attempt:
    """A report as the document page shows it: what was told, and what was decided about it."""

    report: ArrivalReport
    told: list[str]
    endings: list[str]


def attempts(note: ShippingNote) -> list[Attempt]:
    """The reports of a note that waits at the customer's, the last one first; one query.

    Reads the note's lines as they are prefetched. What was reported of a note that is signed
    stands on its timeline.
    """
    if note.state != note.State.DELIVERED:
        return []
    rows = ArrivalLine.objects.filter(report__note=note).order_by("-report__attempt", "line_id")
    rows = rows.select_related("report__decided_by", "report__recorded_by")
    grouped = groupby(rows, key=lambda row: row.report)
    lines = {line.pk: line for line in note.lines.all()}
    return [_attempt(report, list(arrived), lines) for report, arrived in grouped]


def _attempt(
    report: ArrivalReport, arrived: list[ArrivalLine], lines: Mapping[int, ShippingNoteLine]
) -> Attempt:
    told, endings = [], []
    for each in arrived:
        line, receipt = lines[each.line_id], Receipt.of(each)
        told.append(trouble(line, receipt))
        if report.decided_at and (each.has_trouble or each.decision == Decision.RETURN):
            endings.append(ending(line, _decided(receipt, each.decision)))
    return Attempt(report, [*filter(None, told)] or [_("每一行都完好")], endings)


def stamp(report: ArrivalReport | None) -> str:
    """Says which report in which form somebody has before the eyes; empty for none.

    It goes along in the forms of customer and salesperson, so that nobody signs or decides what
    has changed meanwhile.
    """
    if report is None:
        return ""
    facts = [report.state, report.decided_at, report.decided_by_id, report.answer]
    facts += sorted((line.line_id, line.decision) for line in report.lines.all())
    return f"{report.attempt}-{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}"


def found(report: ArrivalReport) -> dict[int, Receipt]:
    """What was reported of each line, by the line's pk."""
    return {line.line_id: Receipt.of(line) for line in report.lines.all()}


def outcome(report: ArrivalReport) -> dict[int, Receipt]:
    """What the customer signs of each line, by its pk, as we have decided."""
    return decided(found(report), {line.line_id: line.decision for line in report.lines.all()})


def decided(receipts: Mapping[int, Receipt], decisions: Mapping[int, str]) -> dict[int, Receipt]:
    """Of a returned line all that came goes back; of the others what was refused."""
    return {pk: _decided(receipt, decisions.get(pk, "")) for pk, receipt in receipts.items()}


def _decided(receipt: Receipt, decision: str) -> Receipt:
    return receipt.returned() if decision == Decision.RETURN else receipt


def trouble(line: ShippingNoteLine, receipt: Receipt) -> str:
    """What is wrong with a line, in one sentence; empty where nothing is."""
    kind = DamageKind(receipt.damage_kind).label if receipt.damage_kind else _("損壞")
    parts = {kind: receipt.damaged, _("短少"): receipt.short, _("質量拒收"): receipt.refused}
    numbers = "、".join(
        f"{word} {plain(number)} {line.uom}" for word, number in parts.items() if number
    )
    if not numbers and not receipt.remark:
        return ""
    facts = {"line": line.line_no, "name": line.name, "numbers": numbers or _("數量無差異")}
    text = _("第 %(line)d 行 %(name)s：%(numbers)s") % facts
    return f"{text}，{receipt.remark}" if receipt.remark else text


def undecided(arrived: ArrivalLine) -> str:
    """What is asked where a line in trouble has no decision."""
    facts = {"line": arrived.line.line_no, "name": arrived.line.name}
    return _("請決定第 %(line)d 行 %(name)s：卸貨收下，還是整行退回") % facts


def ending(line: ShippingNoteLine, receipt: Receipt) -> str:
    """What becomes of a line, in one sentence: what stays, what goes back, what is missing."""
    numbers = "、".join(
        f"{word} {plain(getattr(receipt, name))} {line.uom}"
        for name, word in endings().items()
        if getattr(receipt, name)
    )
    facts = {"line": line.line_no, "name": line.name, "numbers": numbers}
    return _("第 %(line)d 行 %(name)s：%(numbers)s") % facts


def endings() -> dict[str, str]:
    """What the four quantities are called once it is decided: refused or sent back is 退回."""
    return {str(fate): str(label) for fate, label in FATES} | {str(Fate.REFUSED): _("退回")}


def photo_purpose(report: ArrivalReport, line_no: int | None = None) -> str:
    """Under which purpose the pictures of a report, or of one line of it, hang on the note."""
    return f"arrival_{report.attempt}" + (f"_{line_no}" if line_no else "")


def photos(note: ShippingNote) -> dict[int, list[Attachment]]:
    """All pictures of the note's reports by line number; those of the whole load under 0."""
    found: dict[int, list[Attachment]] = {}
    for each in attachments.of(note):
        word, _attempt, line_no = (*each.purpose.split("_"), "", "")[:3]
        if word == "arrival":
            found.setdefault(int(line_no) if line_no.isdecimal() else 0, []).append(each)
    return found


# --- who decides: the salesperson of the customer, or the sales manager ----------------------------


def responsible(note: ShippingNote) -> QuerySet[User]:
    """Whose decision it is: the salesperson of note or customer, and the sales managers (2.1)."""
    own = {note.salesperson_id, note.customer.salesperson_id} - {None}
    people = User.objects.with_permission(CONFIRM)
    managers = User.objects.with_role("sales_manager").values("pk")
    return people.filter(Q(pk__in=own) | Q(pk__in=managers)).distinct()


def deciders(note: ShippingNote, at: datetime) -> dict[User, str]:
    """Who could decide at a moment, with the name of the absent person whose deputy it is."""
    people = {person: "" for person in responsible(note)}
    for person in list(people):
        for deputy in Leave.objects.deputies_of(person, at):
            people.setdefault(deputy, person.display_name)
    return people


def stands_for(note: ShippingNote, user: User) -> str | None:
    """The absent person's name in whose place the user decides; empty for oneself, None: not at all."""
    principals = [person for person in user.absent_principals if _decides(note, person)]
    if _decides(note, user):
        return ""
    return principals[0].display_name if principals else None


def _decides(note: ShippingNote, person: User) -> bool:
    if CONFIRM not in person.own_permissions:
        return False
    is_own = person.pk in (note.salesperson_id, note.customer.salesperson_id)
    return is_own or "sales_manager" in person.role_codes


def waiting_for(user: User) -> QuerySet[ArrivalReport]:
    """The reports that wait for this user's decision, the oldest first."""
    people = [user, *user.absent_principals]
    people = [person for person in people if CONFIRM in person.own_permissions]
    reports = ArrivalReport.objects.waiting().order_by("reported_at", "pk")
    if any("sales_manager" in person.role_codes for person in people):
        return reports
    return reports.filter(
        Q(note__salesperson__in=people) | Q(note__customer__salesperson__in=people)
    )
