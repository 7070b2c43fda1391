"""A signature of somebody outside: drawn on a screen, photographed, or on paper (3.2.2)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import half_width_words, tidy
from delivery.actions.locking import required_text
from delivery.actions.photos import attach_photos
from delivery.models import ShippingNote, Signature
from delivery.signing import read_path, signed_hash

CLAUSE = "3.2.2"
Means = Signature.Means


@dataclass(frozen=True)
class Signer:
    """Who signs and how: a clean path drawn on the screen, or a photo; `means` says which."""

    name: str
    phone: str
    means: str
    path: str = ""
    photo: UploadedFile | None = None


def signer_on_screen(name: str, phone: str, path: str, photo: UploadedFile | None) -> Signer:
    """What came from a public page, made clean. Raises RuleViolation at name or path.

    Where both came both are kept, and the drawn one is the signature.
    """
    name = required_text(name, "name", _("姓名"), clause=CLAUSE)
    phone = half_width_words(tidy(phone))
    if path:
        return Signer(name, phone, Means.SCREEN, path=read_path(path), photo=photo)
    if not photo:
        message = _("請在框內簽名，或拍一張簽名的照片")
        raise RuleViolation(message, clause=CLAUSE, field="path")
    return Signer(name, phone, Means.PHOTO, photo=photo)


def sign(
    note: ShippingNote, party: str, signer: Signer, *, signed_at: datetime, now: datetime
) -> Signature:
    """Bind the signature to what the note's rows say now; call it after they are stored."""
    signature = Signature(
        note=note,
        party=party,
        means=signer.means,
        name=signer.name,
        phone=signer.phone,
        path=signer.path,
        signed_hash=signed_hash(note, party, name=signer.name, path=signer.path),
        signed_at=signed_at,
    )
    signature.clean_fields(exclude=["note"])
    signature.save(force_insert=True)
    if signer.photo:
        attach_photos(
            note,
            [signer.photo],
            actor=signer.name,
            now=now,
            purpose=f"{party}_signature",
            field="photo",
        )
    return signature
