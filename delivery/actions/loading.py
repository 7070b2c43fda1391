"""3.2.2 at loading the driver counts and signs; with a difference nothing leaves."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.core import audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import PublicLink
from aftersales.core.text import half_width_words, tidy
from delivery.actions import doors
from delivery.actions.dispatching import LASTS, LOAD, RECEIVE
from delivery.actions.locking import check_lengths, locked, required_text
from delivery.actions.signatures import sign, signer_on_screen
from delivery.actions.telling import dispatchers, keepers, sales_side, tell
from delivery.models import LoadingCount, ShippingNote, ShippingNoteLine, Signature
from delivery.quantities import exact, plain
from delivery.workflow import WORKFLOW

CLAUSE = "3.2.2"
MOST_ATTEMPTS = 20


@transaction.atomic
def load_note(
    note: ShippingNote,
    *,
    link: PublicLink,
    now: datetime,
    counts: Mapping[int, Decimal],
    name: str,
    vehicle_no: str = "",
    phone: str = "",
    path: str = "",
    photo: UploadedFile | None = None,
) -> ShippingNote:
    """司機點數簽收 (3.2.2): the driver's count of every line, by the line's pk, and signature.

    All right: loaded is what was verified, the note is in transit, the link is used and the
    customer's opens. Any difference: the counts are kept, the warehouse side is told, the note
    stays issued and the link open for a recount. Returns the note; its state says which.
    Raises LinkGone, or RuleViolation at `line_<pk>`, `name`, `path` or `photo`.
    """
    note = locked(note)
    doors.check(note, link, LOAD, now=now)
    lines = list(note.lines.all())
    counted = {line.pk: _counted(line, counts) for line in lines}
    name = required_text(name, "name", _("姓名"), clause=CLAUSE)
    differing = [line for line in lines if counted[line.pk] != line.verified_quantity]
    if differing:
        _keep_counts(lines, counted, name, now)
        _refuse_to_leave(note, differing, counted, name, now)
        return note
    signer = signer_on_screen(name, phone, path, photo)
    _keep_counts(lines, counted, name, now)
    for line in lines:
        line.loaded_quantity = line.verified_quantity
        line.save(update_fields=["loaded_quantity"])
    step = WORKFLOW.apply(note, "load", actor=None)
    _leave(note, signer, vehicle_no, now)
    sign(note, Signature.Party.DRIVER, signer, signed_at=now, now=now)
    doors.close(link, now=now)
    public_links.open_link(note, RECEIVE, now=now, lasts=LASTS[RECEIVE])
    _tell_departure(note, step, signer, now)
    return note


def _counted(line: ShippingNoteLine, counts: Mapping[int, Decimal]) -> Decimal:
    field = f"line_{line.pk}"
    if counts.get(line.pk) is None:
        message = _("第 %(line)d 行 %(name)s 還沒有點數")
        facts = {"line": line.line_no, "name": line.name}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    return exact(counts[line.pk], label=_("裝車數量"), clause=CLAUSE, field=field)


def _keep_counts(lines, counted, name: str, now: datetime) -> None:
    last = LoadingCount.objects.filter(line__in=lines).order_by("-attempt").first()
    attempt = last.attempt + 1 if last else 1
    if attempt > MOST_ATTEMPTS:
        message = _("已點 %(most)d 次仍未相符，請找倉庫重新核對後再裝車")
        raise RuleViolation(message % {"most": MOST_ATTEMPTS}, clause=CLAUSE)
    rows = [
        LoadingCount(
            line=line,
            attempt=attempt,
            counted_quantity=counted[line.pk],
            counted_at=now,
            counted_by=name,
        )
        for line in lines
    ]
    for row in rows:
        row.clean_fields(exclude=["line"])
    LoadingCount.objects.bulk_create(rows)


def _refuse_to_leave(note, differing, counted, name: str, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):  # the driver may read the page in another language
        found = [
            _("第 %(line)d 行 %(name)s：核對 %(verified)s %(uom)s，裝車 %(counted)s %(uom)s")
            % {
                "line": line.line_no,
                "name": line.name,
                "verified": plain(line.verified_quantity),
                "counted": plain(counted[line.pk]),
                "uom": line.uom,
            }
            for line in differing
        ]
        facts = {"note": note.title, "driver": name, "found": "；".join(found)}
        entry = audit.record(
            note,
            "shippingnote.loading_differs",
            actor=_("司機 %(driver)s") % facts,
            now=now,
            clause=CLAUSE,
            differences=found,
        )
        tell(
            [*dispatchers(), *keepers()],
            note,
            entry,
            lambda: _("裝車點數不符，不能發車：%(note)s") % facts,
            body=lambda: _("司機 %(driver)s 點數：%(found)s。請到裝車處重新核對。") % facts,
            now=now,
            is_urgent=True,
        )


def _leave(note: ShippingNote, signer, vehicle_no: str, now: datetime) -> None:
    """Who really drove, and with what, stands on the note; what was assigned is in the audit."""
    note.driver_name = signer.name
    note.driver_phone = signer.phone or note.driver_phone
    note.vehicle_no = half_width_words(tidy(vehicle_no)).upper() or note.vehicle_no
    note.departed_at = now
    check_lengths(note, "driver_name", "driver_phone", "vehicle_no")
    note.save(update_fields=["state", "departed_at", "driver_name", "driver_phone", "vehicle_no"])


def _tell_departure(note: ShippingNote, step, signer, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        facts = {
            "note": note.title,
            "driver": signer.name,
            "vehicle": note.vehicle_no,
            "consignee": note.consignee,
        }
        entry = audit.record(
            note,
            "shippingnote.loaded",
            actor=_("司機 %(driver)s") % facts,
            now=now,
            step=step,
            vehicle_no=note.vehicle_no,
            phone=signer.phone,
            means=signer.means,
        )
        tell(
            [*sales_side(note), *dispatchers()],
            note,
            entry,
            lambda: _("已裝車發出：%(note)s") % facts,
            body=lambda: _("%(vehicle)s，司機 %(driver)s，送 %(consignee)s。") % facts,
            now=now,
        )
