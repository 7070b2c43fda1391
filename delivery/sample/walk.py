"""One shipping note's way through the procedure, planned first and walked later.

A plan is a list of verbs with the working minutes before each. The plans of all notes are put
into one order of time and walked together (`play`), so that what happened first is written first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from aftersales.core import public_links
from delivery import actions, arrivals
from delivery.models import LineCount, ShippingNote, ShippingNoteLine
from delivery.receipts import Receipt
from delivery.sample import ways
from delivery.sample.cast import DRIVERS, Cast
from delivery.sample.pictures import handwriting, signed_paper
from delivery.sample.worktime import earlier, later


@dataclass(frozen=True)
class Order:
    """What a customer has ordered: goods as (part number, quantity), and who looks after it."""

    customer: str
    goods: tuple[tuple[str, int], ...]
    clerk: str = "clerk"
    leader: str = "leader"
    keeper: str = "warehouse"
    driver: int = 0
    order_no: str = ""
    customer_ref: str = ""
    remark: str = ""
    needs_commissioning: bool = False
    carrier: str = ""  # the code of an outside carrier, else the own fleet
    pickup: str = ""  # how it was agreed that the customer fetches


class Walk:
    """One note. A verb takes `now` and does what the person of that step would do."""

    def __init__(self, cast: Cast, order: Order):
        self.cast, self.order, self.people = cast, order, cast.people
        self.customer = cast.customers[order.customer]
        self.contact = self.customer.contacts.order_by("pk").first()  # as create_note takes it
        self.note: ShippingNote | None = None
        self.ship_on: date | None = None
        self.last_count: LineCount | None = None
        self._plan: list[tuple[float, Callable[..., None], dict]] = []

    # --- planning ----------------------------------------------------------------------------

    def then(self, minutes: float, verb: Callable[..., None], **facts) -> "Walk":
        """Plan a verb so many working minutes after the one before."""
        self._plan.append((minutes, verb, facts))
        return self

    def from_(self, begins_at: datetime) -> list[tuple]:
        """The plan's moments, the first at `begins_at`."""
        passed, moments = 0.0, []
        for index, (minutes, verb, facts) in enumerate(self._plan):
            passed += minutes if index else 0
            moments.append((later(begins_at, passed), verb, facts))
        return moments

    def until(self, ends_at: datetime) -> list[tuple]:
        """The plan's moments, the last at `ends_at`."""
        ahead, moments = 0.0, []
        for minutes, verb, facts in reversed(self._plan):
            moments.append((earlier(ends_at, ahead), verb, facts))
            ahead += minutes
        return moments[::-1]

    # --- the office ----------------------------------------------------------------------------

    @property
    def clerk(self):
        return self.people[self.order.clerk]

    @property
    def keeper(self):
        return self.people[self.order.keeper]

    @property
    def salesperson(self):
        return self.people[self.customer.salesperson.username]

    def create(self, now: datetime) -> None:
        self.note = actions.create_note(
            actor=self.clerk, now=now, customer=self.customer,
            lines=self.cast.lines(self.order.goods),
            order_no=self.order.order_no or self.cast.order_no(now),
            customer_ref=self.order.customer_ref, remark=self.order.remark,
            needs_commissioning=self.order.needs_commissioning,
        )  # fmt: skip

    def inspect(self, now: datetime) -> None:
        self.note = actions.record_inspection(
            self.note, actor=self.people["quality2"], now=now,
            final_inspection_no=self.cast.inspection_no(now),
            final_inspection_on=timezone.localdate(now), final_inspection_by="何雅婷",
        )  # fmt: skip

    def talk(
        self, now: datetime, agreed: str = "約定次日送貨，卸貨口有叉車，到前一小時電話通知。"
    ) -> None:
        actions.log_contact(
            self.note, actor=self.people["logistics"], now=now, at=now - timedelta(minutes=6),
            channel="call", person=self.contact.name, agreed=agreed,
        )  # fmt: skip

    def schedule(self, now: datetime, ship_on: date | None = None) -> None:
        self.note = actions.schedule_note(
            self.note, actor=self.salesperson, now=now,
            ship_on=max(ship_on or self.ship_on, timezone.localdate(now)),
            **ways.arrangement(self),
        )  # fmt: skip

    def acknowledge(self, now: datetime) -> None:
        self.note = actions.acknowledge_note(self.note, actor=self.keeper, now=now)

    def submit(self, now: datetime) -> None:
        self.note = actions.submit_note(self.note, actor=self.clerk, now=now)

    def release(self, now: datetime) -> None:
        leader = self.people[self.order.leader]
        self.note = actions.release_note(
            self.note, actor=leader, now=now, version=self.note.version
        )

    def send_back(self, now: datetime, reason: str) -> None:
        leader = self.people[self.order.leader]
        self.note = actions.send_back_note(self.note, actor=leader, now=now, reason=reason)

    def refuse(self, now: datetime, reason: str) -> None:
        leader = self.people[self.order.leader]
        self.note = actions.refuse_note(self.note, actor=leader, now=now, reason=reason)

    def cancel(self, now: datetime, reason: str) -> None:
        self.note = actions.cancel_note(self.note, actor=self.clerk, now=now, reason=reason)

    def withdraw(self, now: datetime, reason: str) -> None:
        """Walk on with the revision."""
        self.note = actions.withdraw_note(
            self.note, actor=self.people["salesmanager"], now=now, reason=reason
        )

    def edit(self, now: datetime, quantities: dict[int, int] | None = None, **facts) -> None:
        """Change facts of the draft, and quantities by line number."""
        lines = [
            {
                "pk": line.pk,
                "product": line.product,
                "quantity": Decimal((quantities or {}).get(line.line_no, line.quantity)),
                "unit_price": line.unit_price,
            }
            for line in self.lines()
        ]
        self.note = actions.update_note(
            self.note, actor=self.note.issuer, now=now, version=self.note.version, lines=lines,
            **facts,
        )  # fmt: skip

    # --- the warehouse -------------------------------------------------------------------------

    def start(self, now: datetime) -> None:
        self.note = actions.start_verification(self.note, actor=self.keeper, now=now)

    def count(self, now: datetime, line_no: int, **found) -> None:
        """Count one line right, or as `found` says."""
        line = self.note.lines.select_related("product").get(line_no=line_no)
        facts = {"counted_quantity": line.quantity, **found}
        if line.needs_serials:
            pieces = int(facts["counted_quantity"])
            facts["serial_nos"] = self.cast.serials(line.product, pieces, timezone.localdate(now))
        elif line.product.family in ("密封", "傳動", "電機"):
            facts["lot_no"] = self.cast.lot_no(now)
        self.last_count = actions.count_line(line, actor=self.keeper, now=now, **facts)

    def count_rest(self, now: datetime) -> None:
        """Every line that is not right yet, two minutes each."""
        open_lines = self.note.lines.filter(verified_quantity=None).order_by("line_no")
        for number, line_no in enumerate(open_lines.values_list("line_no", flat=True)):
            self.count(now + timedelta(minutes=2 * number), line_no)

    def adjust(self, now: datetime, **facts) -> None:
        actions.adjust_line(
            self.last_count, actor=self.keeper, now=now, **{"measure": "corrected", **facts}
        )

    def complete(self, now: datetime) -> None:
        self.note = actions.complete_verification(self.note, actor=self.keeper, now=now)

    def recheck(self, now: datetime, reason: str) -> None:
        self.note = actions.recheck_note(self.note, actor=self.keeper, now=now, reason=reason)

    # --- on the road ---------------------------------------------------------------------------

    def assign(self, now: datetime) -> None:
        vehicle_no, driver_name, driver_phone = DRIVERS[self.order.driver % len(DRIVERS)]
        self.note = actions.assign_vehicle(
            self.note, actor=self.people["logistics"], now=now, vehicle_no=vehicle_no,
            driver_name=driver_name, driver_phone=driver_phone,
        )  # fmt: skip

    def issue(self, now: datetime) -> None:
        self.note = actions.issue_note(self.note, actor=self.people["shipping"], now=now)

    def load(self, now: datetime, **differing: int) -> None:
        """The driver counts and signs; `line_30=5` is a number that differs."""
        link = public_links.current_link(self.note, "load", now=now)
        if link is None:  # a Sunday lay between
            link = actions.renew_link(
                self.note, actor=self.people["shipping"], now=now, purpose="load"
            )
        self.note = actions.load_note(
            self.note, link=link, now=now, name=self.note.driver_name,
            counts={
                line.pk: Decimal(differing.get(f"line_{line.line_no}", line.verified_quantity))
                for line in self.lines()
            },
            vehicle_no=self.note.vehicle_no, phone=self.note.driver_phone,
            path=handwriting(self.note.driver_name),
        )  # fmt: skip

    def arrive(self, now: datetime) -> None:
        self.note = actions.arrive_note(self.note, actor=self.people["logistics"], now=now)

    def report(self, now: datetime, photos: tuple = (), **receipts: Receipt) -> None:
        """The customer tells of trouble on a telephone; `line_10=Receipt(…)` differs."""
        actions.report_arrival(
            self.note, link=public_links.current_link(self.note, "receive", now=now), now=now,
            receipts=self._receipts(receipts), reporter=self.contact.name,
            phone=self.contact.phone, photos=[photo() for photo in photos],
        )  # fmt: skip

    def confirm(self, now: datetime, answer: str, decision: str = "unload") -> None:
        """The salesperson decides for every line in trouble."""
        troubled = [line for line in arrivals.current(self.note).lines.all() if line.has_trouble]
        actions.confirm_arrival(
            self.note, actor=self.salesperson, now=now, answer=answer,
            decisions={line.line_id: decision for line in troubled},
        )  # fmt: skip

    def sign(self, now: datetime) -> None:
        """The customer signs on a telephone: all sound, or as we have confirmed it."""
        report = arrivals.current(self.note)
        self.note = actions.receive_note(
            self.note, link=public_links.current_link(self.note, "receive", now=now), now=now,
            receipts=None if report else self._receipts({}), seen=arrivals.stamp(report),
            name=self.contact.name, phone=self.contact.phone,
            path=handwriting(self.contact.name),
        )  # fmt: skip

    def sign_on_paper(self, now: datetime) -> None:
        """The clerk enters what the customer signed on the paper that the driver brought back."""
        self.note = actions.record_receipt(
            self.note, actor=self.clerk, now=now, receipts=self._receipts({}),
            name=self.contact.name, signed_on=timezone.localdate(now), phone=self.contact.phone,
        )  # fmt: skip

    def file(self, now: datetime) -> None:
        self.note = actions.file_paper(
            self.note, actor=self.clerk, now=now,
            upload=signed_paper(self.note.number, self.contact.name),
        )  # fmt: skip

    def lines(self) -> Iterable[ShippingNoteLine]:
        return self.note.lines.select_related("product").order_by("line_no")

    def _receipts(self, given: dict[str, Receipt]) -> dict[int, Receipt]:
        return {
            line.pk: given.get(f"line_{line.line_no}") or Receipt.all_sound(line)
            for line in self.lines()
        }


def play(timetables: Iterable[list[tuple]]) -> None:
    """Walk all plans together, by the order of their moments."""
    entries = [
        (moment, walk, step, verb, facts)
        for walk, timetable in enumerate(timetables)
        for step, (moment, verb, facts) in enumerate(timetable)
    ]
    for moment, _walk, _step, verb, facts in sorted(entries, key=lambda entry: entry[:3]):
        verb(moment, **facts)
