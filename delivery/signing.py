"""Signatures: strokes that are nothing but strokes, bound to a hash of what was signed (3.2.2)."""

import hashlib
import hmac
import json
import re

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from delivery.models import ShippingNote, Signature

WIDTH, HEIGHT = 300, 112
LONGEST = 20_000
LEAST_INK = 24  # units of the box of 300 × 112; a slip of the finger is shorter
_STEP = re.compile(r"([ML]) ?([0-9]{1,3}) ([0-9]{1,3}) ?")


def read_path(text: str) -> str:
    """The drawn signature as clean path data, "M12 34L13 36…"; never the text that came.

    Raises RuleViolation at `path` for anything but whole numbers within the box, for a text
    that is too long, and for next to no ink.
    """
    text = text.strip()
    if len(text) > LONGEST:
        _refuse(_("簽名太長，請清除後簽得簡單一些"))
    steps = _STEP.findall(text)
    if "".join(match[0] for match in _STEP.finditer(text)) != text or not steps:
        _refuse(_("簽名資料不完整，請清除後再簽一次"))
    if steps[0][0] != "M":
        _refuse(_("簽名資料不完整，請清除後再簽一次"))
    if any(int(x) > WIDTH or int(y) > HEIGHT for _kind, x, y in steps):
        _refuse(_("簽名超出了簽名框，請清除後再簽一次"))
    if _ink(steps) < LEAST_INK:
        _refuse(_("簽名太短，請在框內簽全名"))
    return "".join(f"{kind}{int(x)} {int(y)}" for kind, x, y in steps)


def _ink(steps) -> int:
    """How far the pen went while it was down, each leg by its longer side."""
    length, at = 0, (0, 0)
    for kind, x, y in steps:
        point = (int(x), int(y))
        if kind == "L":
            length += max(abs(point[0] - at[0]), abs(point[1] - at[1]))
        at = point
    return length


def signed_hash(note: ShippingNote, party: str, *, name: str, path: str = "", rows=None) -> str:
    """SHA-256 over who signed and what: number, revision, lines, serials and quantities.

    The driver signs what was loaded; the receiver also what was received and how. `rows`, pairs
    of each line and its serials in the order of the lines, spares the reading of them.
    """
    is_receiver = party == Signature.Party.RECEIVER
    rows = _rows(note) if rows is None else rows
    facts = {
        "party": str(party),
        "name": name,
        "path": path,
        "number": note.number,
        "revision": note.revision,
        "customer": note.customer_id,
        "lines": [_line(line, serials, is_receiver) for line, serials in rows],
    }
    if is_receiver:
        facts["received_on"] = str(note.received_on)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_valid(signature: Signature) -> bool:
    """True while what was signed is what the rows say; a changed line voids the signature."""
    note = ShippingNote.objects.get(pk=signature.note_id)
    return holds(note, signature, _rows(note))


def holds(note: ShippingNote, signature, rows) -> bool:
    """The same of what is at hand, without a query: a Signature or history.Signed, and rows as
    `signed_hash` takes them."""
    now = signed_hash(note, signature.party, name=signature.name, path=signature.path, rows=rows)
    return hmac.compare_digest(now, signature.signed_hash)


def _rows(note: ShippingNote) -> list[tuple]:
    lines = note.lines.order_by("line_no", "pk").prefetch_related("serials")
    return [(line, line.serials.all()) for line in lines]


def _line(line, serials, is_receiver: bool) -> list:
    facts = [
        line.line_no,
        line.part_no,
        line.name,
        line.spec,
        line.uom,
        line.lot_no,
        *map(_number, (line.quantity, line.verified_quantity, line.loaded_quantity)),
    ]
    serials = sorted(serials, key=lambda serial: serial.serial_no)
    if not is_receiver:
        return [*facts, [serial.serial_no for serial in serials]]
    received = (line.received_sound, line.received_damaged, line.short, line.refused)
    return [
        *facts,
        *map(_number, received),
        line.receipt_remark,
        [[serial.serial_no, serial.fate] for serial in serials],
    ]


def _number(quantity) -> str:
    """Three places whatever the database gives back; empty for None."""
    return "" if quantity is None else f"{quantity:.3f}"


def _refuse(message: str) -> None:
    raise RuleViolation(message, clause="3.2.2", field="path")
