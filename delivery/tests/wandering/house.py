"""What the people of the house do on the walk: from the draft to the goods issue, and reversals."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from aftersales.core.errors import RuleViolation
from delivery import actions
from delivery.actions.reversals.remaining import remaining
from delivery.models import Reversal, ShippingNote


class House:
    """Verbs of the office and the warehouse."""

    # --- the office ----------------------------------------------------------------------------

    def draw_up(self) -> None:
        lines = [
            {"product": product, "quantity": self._pieces(most, in_tenths)}
            for product, most, in_tenths in self.goods
        ]
        note = actions.create_note(
            actor=self.people["sales_clerk"], now=self.now, customer=self.customer, lines=lines,
            consignee="王志明", phone="139 5743 2208", address="寧波市海曙區環城西路 88 號",
        )  # fmt: skip
        actions.record_inspection(
            note, actor=self.people["quality_engineer"], now=self.now,
            final_inspection_no="ZJ-1", final_inspection_on=timezone.localdate(self.now),
            final_inspection_by="何雅婷",
        )  # fmt: skip
        mode = self.chance.choice(("own_fleet", "own_fleet", "carrier", "carrier", "pickup"))
        more = {
            "carrier": {"carrier": self.carrier},
            "pickup": {"pickup_basis": "agreement", "pickup_basis_text": "週三派車來提"},
        }.get(mode, {})
        self._arrange(note, mode, more)

    def _arrange(self, note: ShippingNote, mode: str, more: dict) -> None:
        actions.schedule_note(
            note, actor=self.people["salesperson"], now=self.now, delivery_mode=mode,
            delivery_mode_reason="一日往返", ship_on=timezone.localdate(self.now), **more,
        )  # fmt: skip
        actions.acknowledge_note(note, actor=self.people["warehouse_keeper"], now=self.now)
        note = actions.submit_note(note, actor=self.people["sales_clerk"], now=self.now)
        note = actions.release_note(note, actor=self.people["leader"], now=self.now)
        if self.often(0.7):
            self.hurry(note)

    def hurry(self, note: ShippingNote) -> None:
        """Straight on to the ramp, and most of them off it."""
        self.start(note)
        for line in note.lines.select_related("product").order_by("line_no"):
            self._count(line, line.quantity, False)
        self.complete(note)
        if note.is_pickup:
            self.issue(note)
            return
        self.assign(note)
        self.issue(note)
        if self.often(0.8):
            self.load(note, is_right=True)

    def _pieces(self, most: int, in_tenths: bool) -> Decimal:
        return Decimal(self.chance.randint(1, most)) / (10 if in_tenths else 1)

    def withdraw(self, note) -> None:
        revision = actions.withdraw_note(
            note, actor=self.people["sales_manager"], now=self.now, reason="客戶改期"
        )
        more = {
            "carrier": {"carrier": revision.carrier},
            "pickup": {"pickup_basis": "agreement", "pickup_basis_text": "改週四"},
        }.get(revision.delivery_mode, {})
        self._arrange(revision, revision.delivery_mode, more)

    def reverse(self, note) -> None:
        standing = [each for each in remaining(note) if each.quantity]
        quantities, serials = {}, {}
        for each in standing:
            if each.serial_nos:
                serials[each.line.pk] = self.some(each.serial_nos)
            elif self.often(0.5):
                quantities[each.line.pk] = each.quantity
        actions.draft_reversal(
            note, actor=self.people["sales_clerk"], now=self.now, reason="客戶退貨改單",
            quantities=quantities, serial_nos=serials,
        )  # fmt: skip

    def approve(self, note) -> None:
        reversal = Reversal.objects.waiting().order_by("pk").first()
        if reversal is None:
            raise ValidationError("nothing to approve")
        actions.approve_reversal(reversal, actor=self.people["leader"], now=self.now)

    # --- the warehouse -------------------------------------------------------------------------

    def start(self, note) -> None:
        actions.start_verification(note, actor=self.people["warehouse_keeper"], now=self.now)

    def count(self, note) -> None:
        """Line after line, up to the first that differs; who finds a number taken takes others."""
        lines = note.lines.select_related("product").order_by("line_no")
        for line in lines.filter(verified_quantity=None) or lines[:1]:
            pieces = line.quantity - (1 if self.often(0.06) else 0)
            try:
                count = self._count(line, pieces, self.often(0.2))
            except RuleViolation:
                self.refused["count"] += 1
                count = self._count(line, pieces, False)
            if not count.is_match:
                return

    def _count(self, line, pieces: Decimal, with_old_numbers: bool):
        numbers = [self._serial(with_old_numbers) for _each in range(int(pieces))]
        return actions.count_line(
            line, actor=self.people["warehouse_keeper"], now=self.now, counted_quantity=pieces,
            serial_nos=numbers if line.needs_serials else (),
        )  # fmt: skip

    def _serial(self, is_old: bool) -> str:
        """A new one, or one that may be out, lost, refused or reversed."""
        if self.serials and is_old:
            return self.chance.choice(self.serials)
        self.serials.append(f"W{len(self.serials):05d}")
        return self.serials[-1]

    def adjust(self, note) -> None:
        lines = note.lines.filter(verified_quantity=None).order_by("line_no")
        counts = [count for line in lines if (count := line.counts.order_by("attempt").last())]
        if not counts:
            raise ValidationError("nothing to adjust")
        actions.adjust_line(
            self.chance.choice(counts), actor=self.people["warehouse_keeper"], now=self.now,
            measure="corrected", remark="已補足",
        )  # fmt: skip

    def complete(self, note) -> None:
        actions.complete_verification(note, actor=self.people["warehouse_keeper"], now=self.now)

    def recheck(self, note) -> None:
        actions.recheck_note(
            note, actor=self.people["warehouse_keeper"], now=self.now, reason="月台上漏裝"
        )

    def assign(self, note) -> None:
        actions.assign_vehicle(
            note, actor=self.people["logistics_clerk"], now=self.now, vehicle_no="浙J 8K216",
            driver_name="周建軍",
        )  # fmt: skip

    def issue(self, note) -> None:
        actions.issue_note(note, actor=self.people["shipping_clerk"], now=self.now)
