"""Photographs from the floor and from outside: pictures only, few, and not too large."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from aftersales.core import attachments
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Attachment
from delivery.models import ShippingNote

MOST = 6
LARGEST = 15 * 1024 * 1024


def attach_photos(
    note: ShippingNote,
    uploads: Iterable[UploadedFile],
    *,
    actor,
    now: datetime,
    purpose: str,
    field: str = "photos",
) -> list[Attachment]:
    """Keep pictures with the note; `actor` is a User or a name.

    Raises RuleViolation at `field` for more than MOST, for a large one and for no picture.
    """
    uploads = list(uploads)
    refuse_too_many(len(uploads), field=field)
    return [_attach(note, upload, actor, now, purpose, field) for upload in uploads]


def refuse_too_many(number: int, *, field: str = "photos") -> None:
    """Raises RuleViolation where more than MOST pictures come at once."""
    if number > MOST:
        message = _("一次最多 %(most)d 張照片，現在有 %(number)d 張")
        raise RuleViolation(message % {"most": MOST, "number": number}, field=field)


def _attach(note, upload, actor, now, purpose, field) -> Attachment:
    if upload.size > LARGEST:
        facts = {
            "name": upload.name,
            "size": filesizeformat(upload.size),
            "most": filesizeformat(LARGEST),
        }
        message = _("照片 %(name)s 有 %(size)s，最多 %(most)s，請降低解析度再拍")
        raise RuleViolation(message % facts, field=field)
    try:
        return attachments.attach(
            note, upload, actor=actor, now=now, purpose=purpose, images_only=True
        )
    except RuleViolation as violation:
        violation.field = field
        raise
