"""QR codes out of photos and scans, so that a paper finds its document by itself.

A PDF of several sheets is taken apart: each sheet is a paper of its own, read at 150 dpi.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import pypdfium2
import zxingcpp
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from aftersales.core import attachments
from aftersales.core.errors import RuleViolation

DOTS_PER_INCH = 150
LARGEST_SIDE = 2600  # a photo of more points is made smaller; a code of 20 mm stays readable
MOST_SHEETS = 100
KINDS = (*sorted(attachments.IMAGES), ".pdf")


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper: its place in the upload, its own file, the texts of its QR codes."""

    number: int
    name: str
    content: bytes
    texts: tuple[str, ...]


def sheets_of(upload: UploadedFile) -> Iterator[Sheet]:
    """The sheets of a photo or PDF, in their order. Raises RuleViolation for anything else."""
    if PurePath(upload.name).suffix.lower() not in KINDS:
        kinds = "、".join(KINDS)
        message = _("%(name)s 讀不了，請用照片或 PDF（%(kinds)s）")
        raise RuleViolation(message % {"name": upload.name, "kinds": kinds})
    attachments.check_upload(upload)
    upload.seek(0)
    content = upload.read()
    if PurePath(upload.name).suffix.lower() == ".pdf":
        yield from _sheets_of_pdf(upload.name, content)
    else:
        yield Sheet(1, upload.name, content, _texts_in_photo(upload.name, content))


def texts_in(image: Image.Image) -> tuple[str, ...]:
    """The texts of the QR codes in a picture, each once, from the largest margin down."""
    image = ImageOps.exif_transpose(image).convert("L")
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return tuple(dict.fromkeys(code.text for code in found if code.valid and code.text))


def _texts_in_photo(name: str, content: bytes) -> tuple[str, ...]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return texts_in(image)
    except attachments.UNREADABLE as damage:
        raise RuleViolation(_("%(name)s 打不開，請重新拍照或掃描") % {"name": name}) from damage


def _sheets_of_pdf(name: str, content: bytes) -> Iterator[Sheet]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as damage:
        message = _("%(name)s 打不開（損壞或有密碼），請重新掃描")
        raise RuleViolation(message % {"name": name}) from damage
    with document:
        if len(document) > MOST_SHEETS:
            facts = {"name": name, "most": MOST_SHEETS, "number": len(document)}
            message = _("%(name)s 有 %(number)d 頁，一次最多 %(most)d 頁，請分幾個檔案")
            raise RuleViolation(message % facts)
        stem = PurePath(name).stem
        for index in range(len(document)):
            picture = document[index].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
            number = index + 1
            single = len(document) == 1
            own_name = name if single else f"{stem}-{number}.pdf"
            own = content if single else _single_sheet(document, index)
            yield Sheet(number, own_name, own, texts_in(picture))


def _single_sheet(document: pypdfium2.PdfDocument, index: int) -> bytes:
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as single:
        single.import_pages(document, [index])
        single.save(out)
    return out.getvalue()
