"""3.2.2 on arrival the customer checks and signs the quantities really received."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import PublicLink
from aftersales.core.text import half_width_words, tidy
from delivery.actions import closing, doors, goods_in
from delivery.actions.arrivals.settling import (
    NOBODY_CONFIRMED,
    PaperConfirmation,
    Settled,
    settle_by_link,
    settle_on_paper,
    sign_report,
)
from delivery.actions.dispatching import RECEIVE
from delivery.actions.locking import locked, required_text
from delivery.actions.losses.opening import open_loss
from delivery.actions.photos import attach_photos, refuse_too_many
from delivery.actions.signatures import Means, Signer, sign, signer_on_screen
from delivery.actions.telling import sales_side, tell
from delivery.models import ShippingNote, ShippingNoteLine, Signature
from delivery.receipts import Receipt
from delivery.workflow import WORKFLOW, S

CLAUSE = "3.2.2"


@transaction.atomic
def arrive_note(note: ShippingNote, *, actor: User, now: datetime) -> ShippingNote:
    """登記到貨 (3.2.2) by our people; the customer's receipt implies it too."""
    note = locked(note)
    step = WORKFLOW.apply(note, "arrive", actor=actor)
    note.arrived_at = now
    note.save(update_fields=["state", "arrived_at"])
    entry = audit.record(note, "shippingnote.arrived", actor=actor, now=now, step=step)
    facts = {"note": note.title, "consignee": note.consignee}
    tell(
        sales_side(note),
        note,
        entry,
        lambda: _("已到貨，等客戶簽收：%(note)s") % facts,
        body=lambda: _("收貨人 %(consignee)s。") % facts,
        now=now,
    )
    return note


@transaction.atomic
def receive_note(
    note: ShippingNote,
    *,
    link: PublicLink,
    now: datetime,
    name: str,
    receipts: Mapping[int, Receipt] | None = None,
    seen: str | None = None,
    phone: str = "",
    path: str = "",
    photo: UploadedFile | None = None,
    photos=(),
) -> ShippingNote:
    """客戶核對簽收 (3.2.2): the quantities really received of every line, and a signature.

    `receipts`, by the line's pk, are taken only where all is sound. Trouble is reported first
    (report_arrival); what is signed then is what we have confirmed about it, and `seen` is the
    stamp of that (delivery.arrivals.stamp). Keeps quantities, photographs and the signature,
    registers the serials that came as units under warranty, opens the loss of what was lost on
    the way, uses the link up and closes the note: what is signed on a screen, or whose paper is
    photographed, is filed. Raises LinkGone, ReportChanged, or RuleViolation at `line_<pk>`,
    `name`, `path`, `photo` or `photos`.
    """
    note = locked(note)
    doors.check(note, link, RECEIVE, now=now)
    settled = settle_by_link(note, receipts, seen)
    signer = signer_on_screen(name, phone, path, photo)
    refuse_too_many(len(photos) + sum(len(told.photos) for told in settled.receipts.values()))
    if note.state == S.IN_TRANSIT:
        WORKFLOW.apply(note, "arrive_by_link", actor=None)
        note.arrived_at = now
    step = WORKFLOW.apply(note, "receive", actor=None)
    lines = _take_in(note, settled, timezone.localdate(now))
    _keep_photos(note, lines, settled.receipts, photos, signer.name, now)
    sign(note, Signature.Party.RECEIVER, signer, signed_at=now, now=now)
    doors.close(link, now=now)
    _follow_up(note, lines, settled, step, signer, actor=None, now=now)
    return closing.close_signed(note, now=now)


@transaction.atomic
def record_receipt(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    receipts: Mapping[int, Receipt],
    name: str,
    signed_on: date,
    phone: str = "",
    confirmation: PaperConfirmation = NOBODY_CONFIRMED,
) -> ShippingNote:
    """登記紙本簽收 (3.2.2) off the paper that the driver brought back, as the receiver signed it.

    `signed_on` is the local day on the paper; the signature stands at the beginning of that day
    since no hour is known. Where the paper has trouble it agrees with what we have confirmed, or
    `confirmation` says who of ours confirmed unloading or return, when and how. The note waits
    for the paper itself (file_paper). The customer's link closes. Raises RuleViolation at
    `line_<pk>`, `name`, `signed_on`, or as `settle_on_paper`.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "record_receipt", actor=actor)
    name = required_text(name, "name", _("收貨人姓名"), clause=CLAUSE)
    signer = Signer(name, half_width_words(tidy(phone)), Means.PAPER)
    _check_day(note, signed_on, now)
    settled = settle_on_paper(
        note, receipts, confirmation, signer=signer, signed_on=signed_on, actor=actor, now=now
    )
    lines = _take_in(note, settled, signed_on)
    signed_at = timezone.make_aware(datetime.combine(signed_on, time.min))
    sign(note, Signature.Party.RECEIVER, signer, signed_at=signed_at, now=now)
    public_links.revoke(note, now=now, purpose=RECEIVE)
    _follow_up(note, lines, settled, step, signer, actor=actor, now=now)
    return note


def _check_day(note: ShippingNote, signed_on: date, now: datetime) -> None:
    first, last = timezone.localdate(note.departed_at), timezone.localdate(now)
    if not first <= signed_on <= last:
        message = _("簽收日期應在發車日 %(first)s 與今天 %(last)s 之間，不能是 %(given)s")
        facts = {"first": first, "last": last, "given": signed_on}
        raise RuleViolation(message % facts, clause=CLAUSE, field="signed_on")


def _take_in(note: ShippingNote, settled: Settled, received_on: date) -> list[ShippingNoteLine]:
    """Store what was received; the report that it comes from is signed with it."""
    lines = goods_in.book(note, settled.receipts)
    note.received_on = received_on
    note.save(update_fields=["state", "arrived_at", "received_on"])
    sign_report(settled.report)
    return lines


def _follow_up(note, lines, settled: Settled, step, signer: Signer, *, actor, now) -> None:
    """What the signed receipt brings about: units, the loss in transit, and who hears of it."""
    doubtful = goods_in.register_units(note, lines, signer, actor=actor, now=now)
    entry = goods_in.tell_receipt(note, lines, step, signer, doubtful, actor=actor, now=now)
    if settled.report is not None:
        goods_in.tell_quality_refusals(note, settled.report, entry, now=now)
        open_loss(note, report=settled.report, now=now, actor=actor)


def _keep_photos(note, lines, receipts, photos, name: str, now: datetime) -> None:
    attach_photos(note, photos, actor=name, now=now, purpose="receipt")
    for line in lines:
        taken = receipts[line.pk].photos
        attach_photos(note, taken, actor=name, now=now, purpose=f"receipt_{line.line_no}")
