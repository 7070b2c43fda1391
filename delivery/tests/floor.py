"""What the tests of the floor share: pictures, strokes, and a note brought on its way."""

import io
from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from aftersales.core import public_links
from delivery.receipts import Receipt

STROKES = "M24 34L70 27M47 29L38 81M26 57L66 51"


def photo(name: str = "photo.jpg", colour: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def line_of(note, line_no: int):
    return note.lines.get(line_no=line_no)


def load_link(note, now):
    return public_links.open_link(note, "load", now=now, lasts=timedelta(hours=24))


def receive_link(note, now):
    return public_links.open_link(note, "receive", now=now, lasts=timedelta(days=30))


def all_loaded(note) -> dict[int, Decimal]:
    return {line.pk: line.verified_quantity for line in note.lines.all()}


def all_sound(note) -> dict[int, Receipt]:
    return {line.pk: Receipt.all_sound(line) for line in note.lines.all()}
