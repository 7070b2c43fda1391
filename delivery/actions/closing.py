"""3.2.2 the signed 送貨單 comes back: signed on a screen, or the paper is filed."""

from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.accounts.models import User
from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import listed
from delivery.actions.locking import locked
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

PAPER_KINDS = (*sorted(attachments.IMAGES), ".heic", ".pdf")


def close_signed(note: ShippingNote, *, now: datetime) -> ShippingNote:
    """結單 (3.2.2) of a locked note that was signed on a screen or whose paper is photographed."""
    step = WORKFLOW.apply(note, "close_signed", actor=None)
    note.closed_at = now
    note.save(update_fields=["state", "closed_at"])
    with override(settings.LANGUAGE_CODE):
        system = _("系統")
    audit.record(note, "shippingnote.closed", actor=system, now=now, step=step)
    return note


@transaction.atomic
def file_paper(
    note: ShippingNote, *, actor: User, now: datetime, upload: UploadedFile
) -> ShippingNote:
    """歸檔簽收單 (3.2.2): a photo or PDF of the signed paper closes the note.

    Raises RuleViolation at `upload` for any other kind of file.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "file_paper", actor=actor)
    if PurePath(upload.name).suffix.lower() not in PAPER_KINDS:
        message = _("簽收單請上傳照片或 PDF（%(kinds)s），不能是 %(name)s")
        facts = {"kinds": listed(PAPER_KINDS), "name": upload.name}
        raise RuleViolation(message % facts, clause=step.clause, field="upload")
    try:
        paper = attachments.attach(note, upload, actor=actor, now=now, purpose="signed_paper")
    except RuleViolation as violation:
        violation.field = "upload"
        raise
    note.closed_at = now
    note.save(update_fields=["state", "closed_at"])
    audit.record(
        note,
        "shippingnote.paper_filed",
        actor=actor,
        now=now,
        step=step,
        name=paper.name,
        sha256=paper.sha256,
    )
    return note
