"""Walks a shipping note through the procedure as the sample people would, step by step."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from aftersales.core import public_links
from delivery import actions
from delivery.models import ShippingNote
from delivery.receipts import Receipt
from delivery.sample.goods import PRICES

# Three strokes that stand for a name; only whole numbers within the box.
STROKES = "M24 34L70 27M47 29L38 81M26 57L66 51M16 84L78 77M104 36L146 31M125 16L122 52M190 34L185 74M190 35L210 32L205 72M228 24L211 88M228 25L254 21L249 81L236 82"
VEHICLES = (
    ("浙J 8K216", "周建軍", "138 0676 2150"),
    ("浙J 5T903", "陳國棟", "139 6765 3318"),
    ("浙J 2M771", "方大勇", "137 5866 9027"),
)
STEPS = (
    "inspected", "scheduled", "acknowledged", "submitted", "released", "verifying", "verified",
    "issued", "in_transit", "delivered", "signed", "closed",
)  # fmt: skip


class Walk:
    """One note. Each method is a day's piece of work; `at` is the moment of the next one."""

    def __init__(self, people, customer, goods: Iterable[tuple], *, at: datetime, serial: int):
        self.people, self.serial, self.at = people, serial, at
        self.serials: dict[int, list[str]] = {}
        lines = [
            {
                "product": product,
                "quantity": Decimal(quantity),
                "unit_price": Decimal(PRICES[product.part_no]),
            }
            for product, quantity in goods
        ]
        clerk = people["clerk" if serial % 2 else "clerk2"]
        self.note = actions.create_note(
            actor=clerk, now=self._tick(), customer=customer, lines=lines,
            order_no=f"XS-{at:%Y}-{1100 + serial:04d}",
        )  # fmt: skip
        self.clerk = clerk
        contact = customer.contacts.first()
        self.receiver = contact.name if contact else "收貨人"
        self.receiver_phone = contact.phone if contact else ""

    def to(self, step: str) -> ShippingNote:
        """Walk on until the step is done."""
        for name in STEPS[: STEPS.index(step) + 1]:
            if name not in self.done:
                getattr(self, f"_{name}")()
                self.done.add(name)
        return self.note

    @property
    def done(self) -> set[str]:
        return self.__dict__.setdefault("_done", set())

    def _tick(self, minutes: int = 25) -> datetime:
        self.at += timedelta(minutes=minutes)
        return self.at

    def _inspected(self) -> None:
        day = timezone.localdate(self.at)
        actions.log_contact(
            self.note, actor=self.people["logistics"], now=self._tick(), at=self.at,
            channel="call", person=self.receiver,
            agreed="約定次日送貨，卸貨口有叉車，請提前一小時電話通知。",
        )  # fmt: skip
        self.note = actions.record_inspection(
            self.note, actor=self.people["quality2"], now=self._tick(),
            final_inspection_no=f"ZJ-{day:%Y%m}-{300 + self.serial:04d}",
            final_inspection_on=day, final_inspection_by="何雅婷",
        )  # fmt: skip

    def _scheduled(self) -> None:
        self.note = actions.schedule_note(
            self.note, actor=self.people["salesmanager"], now=self._tick(),
            ship_on=self._ship_on(), delivery_mode="own_fleet",
            delivery_mode_reason="本地一日往返，車隊費用低於外部運輸",
        )  # fmt: skip

    def _ship_on(self) -> date:
        return timezone.localdate(self.at) + timedelta(days=1)

    def _acknowledged(self) -> None:
        self.note = actions.acknowledge_note(
            self.note, actor=self.people["warehouse"], now=self._tick()
        )

    def _submitted(self) -> None:
        self.note = actions.submit_note(self.note, actor=self.clerk, now=self._tick())

    def _released(self) -> None:
        leader = self.people["leader" if self.serial % 3 else "leader2"]
        self.note = actions.release_note(self.note, actor=leader, now=self._tick(40))

    def _verifying(self) -> None:
        self.note = actions.start_verification(
            self.note, actor=self.people["warehouse"], now=self._tick(60)
        )

    def _verified(self) -> None:
        for line in self.note.lines.filter(verified_quantity=None):
            self.count(line)
        self.note = actions.complete_verification(
            self.note, actor=self.people["warehouse"], now=self._tick(5)
        )

    def count(self, line, **wrong) -> None:
        """Count a line right, or as `wrong` says."""
        facts = {
            "counted_quantity": line.quantity,
            "serial_nos": self.serials_of(line),
            "lot_no": "" if line.needs_serials else f"L{self.at:%y%m}-{self.serial:02d}",
        }
        return actions.count_line(
            line, actor=self.people["warehouse"], now=self._tick(4), **{**facts, **wrong}
        )

    def serials_of(self, line) -> list[str]:
        if not line.needs_serials:
            return []
        first = self.serial * 40 + line.line_no // 10 * 8
        return [
            f"{line.part_no[0]}{self.at:%y%m}-{first + index:04d}"
            for index in range(int(line.quantity))
        ]

    def _issued(self) -> None:
        vehicle_no, driver_name, driver_phone = VEHICLES[self.serial % len(VEHICLES)]
        self.note = actions.assign_vehicle(
            self.note, actor=self.people["logistics"], now=self._tick(10),
            vehicle_no=vehicle_no, driver_name=driver_name, driver_phone=driver_phone,
        )  # fmt: skip
        self.note = actions.issue_note(self.note, actor=self.people["shipping"], now=self._tick(10))

    def _in_transit(self) -> None:
        self.note = actions.load_note(
            self.note,
            link=public_links.current_link(self.note, "load", now=self.at),
            now=self._tick(30),
            counts={line.pk: line.verified_quantity for line in self.note.lines.all()},
            name=self.note.driver_name,
            vehicle_no=self.note.vehicle_no,
            phone=self.note.driver_phone,
            path=STROKES,
        )

    def _delivered(self) -> None:
        self.note = actions.arrive_note(
            self.note, actor=self.people["logistics"], now=self._tick(240)
        )

    def _signed(self) -> None:
        """By the paper that the driver brought back."""
        self.note = actions.record_receipt(
            self.note, actor=self.clerk, now=self._tick(60), receipts=self._all_sound(),
            name=self.receiver, signed_on=timezone.localdate(self.at),
            phone=self.receiver_phone,
        )  # fmt: skip

    def _closed(self) -> None:
        paper = SimpleUploadedFile(f"{self.note.number}.pdf", _PAPER, "application/pdf")
        self.note = actions.file_paper(
            self.note, actor=self.clerk, now=self._tick(30), upload=paper
        )

    def sign_on_screen(self, **receipts: Receipt) -> ShippingNote:
        """The customer counts and signs on the driver's phone; `line_10=Receipt(…)` differs."""
        found = self._all_sound()
        for line in self.note.lines.all():
            if given := receipts.get(f"line_{line.line_no}"):
                found[line.pk] = given
        self.note = actions.receive_note(
            self.note,
            link=public_links.current_link(self.note, "receive", now=self.at),
            now=self._tick(35), receipts=found, name=self.receiver,
            phone=self.receiver_phone, path=STROKES,
        )  # fmt: skip
        return self.note

    def _all_sound(self) -> dict[int, Receipt]:
        return {line.pk: Receipt.all_sound(line) for line in self.note.lines.all()}


# The smallest PDF of one empty page: it stands for the scan of a signed paper.
_PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
