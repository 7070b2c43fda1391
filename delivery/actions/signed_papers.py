"""3.2.2 the signed 送貨單 comes back with the driver: taken in wherever its note stands, and chased."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import unquote

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import attachments, audit, notices, public_links
from delivery.actions.closing import file_paper
from delivery.actions.dispatching import RECEIVE
from delivery.actions.locking import locked
from delivery.actions.telling import dispatchers, sales_side, tell
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW, S

CLAUSE = "3.2.2"
PURPOSE = "signed_paper"
CHASED_AFTER = (3, 7, 15)  # days since the goods left
NOTE_ADDRESS, RECEIPT_ADDRESS = "/delivery/notes/", "/delivery/receive/"


class Outcome(StrEnum):
    """What taking a paper in has brought about."""

    FILED = "filed"  # the note was signed and is closed now
    KEPT = "kept"  # the quantities are still to be recorded
    ADDED = "added"  # the note was closed before; the paper lies with it
    KNOWN = "known"  # this very file lies with the note already


@dataclass(frozen=True)
class Taken:
    """A paper taken in, the note that it belongs to, and what came of it."""

    note: ShippingNote
    outcome: Outcome


def note_of(texts, *, user: User) -> ShippingNote | None:
    """The note that one of the texts of QR codes names, within the reach of the user.

    A 送貨單 carries the address of its note, or that of the customer's receipt, which still names
    its note when it has been used.
    """
    notes = ShippingNote.objects.visible_to(user)
    for text in texts:
        if NOTE_ADDRESS in text:
            reference = unquote(text.split(NOTE_ADDRESS, 1)[1].split("/")[0])
            found = notes.by_reference(reference).first()
        elif RECEIPT_ADDRESS in text:
            token = text.split(RECEIPT_ADDRESS, 1)[1].split("/")[0].split("?")[0]
            link = public_links.known(token, RECEIVE)
            found = notes.filter(pk=link.object_id).first() if link else None
        else:
            found = notes.filter(number=text.strip().upper()).order_by("-revision").first()
        if found:
            return found
    return None


@transaction.atomic
def take_paper(note: ShippingNote, *, actor: User, now: datetime, upload: UploadedFile) -> Taken:
    """收下簽收單 (3.2.2): file it where the receipt is recorded; where the goods are still on the
    way by our records, keep it and ask for the quantities; the same file twice is kept once.

    Raises RuleViolation where the note has not left yet, or the file is no picture or PDF.
    """
    note = locked(note)
    if _is_known(note, upload):
        return Taken(note, Outcome.KNOWN)
    if note.state == S.SIGNED:
        return Taken(file_paper(note, actor=actor, now=now, upload=upload), Outcome.FILED)
    step = WORKFLOW.apply(note, "attach_paper", actor=actor)
    paper = attachments.attach(note, upload, actor=actor, now=now, purpose=PURPOSE)
    entry = audit.record(
        note,
        "shippingnote.paper_taken",
        actor=actor,
        now=now,
        step=step,
        name=paper.name,
        sha256=paper.sha256,
    )
    if note.state == S.CLOSED:
        return Taken(note, Outcome.ADDED)
    tell(
        sales_side(note),
        note,
        entry,
        lambda: _("簽收單已回，請登記實收數量：%(note)s") % {"note": note.title},
        now=now,
    )
    return Taken(note, Outcome.KEPT)


def has_paper(note: ShippingNote) -> bool:
    """Whether the signed paper lies with the note already."""
    return any(each.purpose == PURPOSE for each in attachments.of(note))


def chase_papers(*, now: datetime) -> int:
    """Tell who has to fetch a signed paper 3, 7 and 15 days after the goods left (3.2.2).

    Each level once for a note, and of several missed only the last. Returns how many notices
    are new; run twice it does nothing more.
    """
    sent = 0
    first = now - timedelta(days=CHASED_AFTER[0])
    waiting = ShippingNote.objects.paper_not_back().filter(departed_at__lte=first)
    for note in waiting.select_related("customer", "carrier", "issuer", "salesperson"):
        days = days_out(note, now)
        level = max(each for each in CHASED_AFTER if each <= days)
        facts = {
            "note": note.title,
            "days": days,
            "customer": note.customer,
            "driver": note.driver_name,
            "phone": note.driver_phone or "—",
        }
        people = {each.pk: each for each in [*dispatchers(), *sales_side(note)]}
        sent += _chase(note, people.values(), level, facts, now)
    return sent


def _chase(note, people, level: int, facts: dict, now: datetime) -> int:
    return notices.send(
        people,
        key=f"paper_not_back:{note.pk}:{level}",
        title=lambda: _("簽收單 %(days)d 天未回：%(note)s") % facts,
        body=lambda: _("%(customer)s，司機 %(driver)s，電話 %(phone)s。") % facts,
        url=note.get_absolute_url(),
        clause=CLAUSE,
        now=now,
    )


def days_out(note: ShippingNote, now: datetime) -> int:
    """Whole local days since the goods left."""
    return (timezone.localdate(now) - timezone.localdate(note.departed_at)).days


def _is_known(note: ShippingNote, upload: UploadedFile) -> bool:
    digest = attachments.digest_of(upload)
    return any(each.sha256 == digest for each in attachments.of(note))
