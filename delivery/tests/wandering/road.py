"""What happens outside on the walk: pick-up, loading, arrival, the receipt."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from aftersales.core import public_links
from delivery import actions, arrivals
from delivery.actions.arrivals.settling import PaperConfirmation
from delivery.actions.pickup import Found
from delivery.models import ArrivalLine, DamageKind, LineSerial
from delivery.receipts import Receipt
from delivery.tests.floor import STROKES, photo

Fate, Decision = LineSerial.Fate, ArrivalLine.Decision


class Road:
    """Verbs of driver and customer, and of ours who answer them."""

    # --- the customer fetches ------------------------------------------------------------------

    def check(self, note) -> None:
        missing = 1 if self.often(0.3) else 0
        actions.check_pickup(
            note, actor=self.people["sales_clerk"], now=self.now,
            clerk=self.people["sales_clerk"], keeper=self.people["warehouse_keeper"],
            customer_person="王志明", customer_phone="139",
            found={line.pk: Found(line.quantity - missing) for line in note.lines.all()},
        )  # fmt: skip

    def mend(self, note) -> None:
        last = note.pickup_checks.order_by("attempt").last()
        if last is None or last.is_match:
            raise ValidationError("nothing to mend")
        clerk, at = self.people["sales_clerk"], self.now
        difference = actions.state_pickup_cause(
            last.difference, actor=clerk, now=at, cause="漏裝", measure="補一台"
        )
        manager = self.people["sales_manager"]
        if self.often(0.2):
            actions.decline_pickup(difference, actor=manager, now=at, reason="再查一次")
            return
        difference = actions.consent_pickup(difference, actor=manager, now=at)
        difference = actions.confirm_pickup(
            difference, actor=clerk, now=at, confirmed_person="王志明",
            confirmed_means="present", confirmed_at=at,
        )  # fmt: skip
        actions.repack_pickup(difference, actor=self.people["warehouse_keeper"], now=at)

    def hand_over(self, note) -> None:
        actions.hand_over(
            note, actor=self.people["sales_clerk"], now=self.now, name="王志明", path=STROKES
        )

    # --- on the road and on arrival ------------------------------------------------------------

    def load(self, note, *, is_right: bool = False) -> None:
        counts = {line.pk: line.verified_quantity for line in note.lines.all()}
        if not is_right and self.often(0.15):
            pk = self.chance.choice(sorted(counts))
            counts[pk] = max(Decimal(0), (counts[pk] or Decimal(0)) - 1)
        link = public_links.current_link(note, "load", now=self.now)
        actions.load_note(note, link=link, now=self.now, counts=counts, name="周建軍", path=STROKES)

    def arrive(self, note) -> None:
        actions.arrive_note(note, actor=self.people["logistics_clerk"], now=self.now)

    def report(self, note) -> None:
        by_phone = self.often(0.3)
        actions.report_arrival(
            note, now=self.now, receipts=self._found(note, 0.6), reporter="王志明", phone="139",
            actor=self.people["sales_clerk"] if by_phone else None,
            link=public_links.current_link(note, "receive", now=self.now), seen=self._seen(note),
        )  # fmt: skip

    def confirm(self, note) -> None:
        report = arrivals.current(note)
        lines = report.lines.all() if report else ()
        actions.confirm_arrival(
            note, actor=self.people[self.chance.choice(("salesperson", "sales_manager"))],
            now=self.now, answer="請照辦", returns_all=self.often(0.1), seen=self._seen(note),
            decisions={line.line_id: self._decision() for line in lines if self.often(0.95)},
        )  # fmt: skip

    def receive(self, note) -> None:
        report = arrivals.current(note)
        is_told = report is None or self.often(0.3)
        receipts = self._found(note, self.chance.choice((0, 0, 0.5))) if is_told else None
        link = public_links.current_link(note, "receive", now=self.now)
        actions.receive_note(
            note, link=link, now=self.now, name="王志明", path=STROKES, receipts=receipts,
            seen=self._seen(note),
        )  # fmt: skip

    def paper(self, note) -> None:
        report = arrivals.current(note)
        receipts, decisions = self._found(note, self.chance.choice((0, 0.5))), {}
        if report and self.often(0.5):  # as it was confirmed
            receipts = arrivals.found(report)
            decisions = {line.line_id: line.decision for line in report.lines.all()}
        elif self.often(0.5):
            decisions = {pk: self._decision() for pk in receipts}
        by = self.people["sales_manager"] if self.often(0.6) else None
        actions.record_receipt(
            note, actor=self.people["sales_clerk"], now=self.now, receipts=receipts, name="王志明",
            signed_on=timezone.localdate(self.now),
            confirmation=PaperConfirmation(by, self.now, "電話確認", decisions),
        )  # fmt: skip

    def file(self, note) -> None:
        actions.file_paper(
            note, actor=self.people["sales_clerk"], now=self.now, upload=photo("paper.jpg")
        )

    def _seen(self, note) -> str:
        """The stamp of now; at times what somebody saw earlier, of this or another note."""
        stamp = arrivals.stamp(arrivals.current(note))
        seen = self.stale if self.often(0.08) else stamp
        self.stale = stamp
        return seen

    def _decision(self) -> str:
        return self.chance.choice((Decision.UNLOAD, Decision.UNLOAD, Decision.RETURN))

    def _found(self, note, share_of_trouble: float) -> dict[int, Receipt]:
        lines = note.lines.prefetch_related("serials").order_by("line_no")
        return {line.pk: self._of_line(line, share_of_trouble) for line in lines}

    def _of_line(self, line, share_of_trouble: float) -> Receipt:
        if line.loaded_quantity is None or not self.often(share_of_trouble):
            return Receipt(sound=line.loaded_quantity or Decimal(0))
        kind = self.chance.choice((*DamageKind.values, *DamageKind.values, ""))
        words = {"remark": "開箱時發現", "damage_kind": kind}
        numbers = [serial.serial_no for serial in line.serials.all()]
        if numbers:
            return Receipt(fates={no: self.chance.choice(Fate.values) for no in numbers}, **words)
        left, parts = line.loaded_quantity, {}
        for fate in self.chance.sample(Fate.values, 3):
            tenths = self.chance.randint(0, int(left * 10))
            parts[str(fate)] = Decimal(tenths) / 10
            left -= parts[str(fate)]
        last = next(str(fate) for fate in Fate.values if str(fate) not in parts)
        parts[last] = left - (Decimal("0.1") if self.often(0.05) else 0)
        return Receipt(**parts, **words)
