"""What the tests of the floor share: pictures, strokes, and a note brought on its way."""

import io
from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from aftersales.core import public_links
from delivery import arrivals
from delivery.actions import confirm_arrival, count_line, receive_note, report_arrival
from delivery.models import ShippingNote
from delivery.receipts import Receipt

PUMPS = ["C2611-0417", "C2611-0418"]
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


def count_pumps(note, keeper, now, serials=PUMPS, **facts):
    facts.setdefault("counted_quantity", Decimal(len(serials)))
    return count_line(line_of(note, 10), actor=keeper, now=now, serial_nos=serials, **facts)


def count_seals(note, keeper, now, quantity="6", **facts):
    return count_line(
        line_of(note, 20), actor=keeper, now=now, counted_quantity=Decimal(quantity), **facts
    )


def receive(note, now, link=None, **facts) -> ShippingNote:
    facts.setdefault("receipts", all_sound(note))
    facts.setdefault("name", "王志明")
    if "photo" not in facts:
        facts.setdefault("path", STROKES)
    return receive_note(note, link=link or receive_link(note, now), now=now, **facts)


def report(note, now, **facts):
    """The customer reports by the link, or an actor of ours what was said on the phone."""
    facts.setdefault("reporter", "王志明")
    facts.setdefault("phone", "139 5743 2208")
    if "actor" not in facts:
        facts.setdefault("link", receive_link(note, now))
    return report_arrival(note, now=now, **facts)


def confirm(note, actor, now, decision: str = "unload", **facts):
    """One decision for every line in trouble."""
    report = arrivals.current(note)
    troubled = [line.line_id for line in report.lines.all() if line.has_trouble] if report else []
    facts.setdefault("decisions", dict.fromkeys(troubled, decision))
    facts.setdefault("answer", "請卸貨，損壞的明天補發")
    return confirm_arrival(note, actor=actor, now=now, **facts)


def sign_decided(note, now, **facts) -> ShippingNote:
    """The customer signs what we have confirmed."""
    facts.setdefault("seen", arrivals.stamp(arrivals.current(note)))
    return receive(note, now, receipts=None, **facts)


def receipts_with(note, line_no, **numbers) -> dict[int, Receipt]:
    words = ("remark", "photos", "damage_kind")
    texts = {name: numbers.pop(name) for name in words if name in numbers}
    if numbers.get("damaged") or "damaged" in numbers.get("fates", {}).values():
        texts.setdefault("damage_kind", "broken")
    if "fates" not in numbers:
        numbers = {name: Decimal(number) for name, number in numbers.items()}
    return all_sound(note) | {line_of(note, line_no).pk: Receipt(**numbers, **texts)}


def load_url(note, moment) -> str:
    return reverse("public_load", args=[public_links.token_of(load_link(note, moment))])


def receive_url(note, moment) -> str:
    return reverse("public_receive", args=[public_links.token_of(receive_link(note, moment))])


def driver_says(note, **facts) -> dict:
    answers = {f"line_{line.pk}": "same" for line in note.lines.all()}
    person = {"name": "周建軍", "vehicle_no": "浙J 8K216", "path": STROKES, "form_key": "driver-1"}
    return answers | person | facts


def customer_says(note, **facts) -> dict:
    answers = {f"line_{line.pk}": "same" for line in note.lines.all()}
    return answers | {"name": "王志明", "path": STROKES, "form_key": "customer-1"} | facts


def differs(line, **facts) -> dict:
    return {f"line_{line.pk}": "different"} | {
        f"{name}_{line.pk}": value for name, value in facts.items()
    }


def how_many(what, user) -> tuple[int, bool]:
    """How many of a document wait for the user by its module of delivery.todo, and whether one
    of them is late."""
    rows = what.counting(user, timezone.localdate())
    number, late = rows.get() if rows is not None else (0, 0)
    return number, bool(late)
