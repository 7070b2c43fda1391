"""A walk at random over many notes: whatever verb on whatever note, as people in a hurry do.

Most steps are likely ones, the rest any verb on any note, so that the rules have something to
refuse. Every choice comes from one seed.
"""

import random
from collections import Counter
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from delivery.models import ShippingNote
from delivery.tests.wandering.house import House
from delivery.tests.wandering.road import Road

S = ShippingNote.State
LIKELY = {
    S.RELEASED: ("start",) * 9 + ("withdraw",),
    S.VERIFYING: ("count",) * 9 + ("complete",) * 9 + ("withdraw",),
    S.ADJUSTING: ("adjust",) * 4 + ("count",),
    S.VERIFIED: ("assign",) * 4 + ("issue",) * 8 + ("recheck",),
    S.ISSUED: ("load",) * 15 + ("recheck", "withdraw"),
    S.IN_TRANSIT: ("report", "report", "receive", "arrive", "arrive"),
    S.DELIVERED: (
        "report",
        "confirm",
        "confirm",
        "receive",
        "receive",
        "receive",
        "paper",
        "paper",
    ),
    S.SIGNED: ("file", "file", "reverse"),
    S.CLOSED: ("reverse", "approve", "approve"),
}
FETCHED = ("check", "mend", "hand_over")
VERBS = sorted({verb for verbs in (*LIKELY.values(), FETCHED) for verb in verbs})
OPEN_AT_ONCE = 4


class Walker(House, Road):
    """`people` by role; `goods` are (product, most pieces, whether they are counted in tenths)."""

    def __init__(self, seed: int, *, people, customer, goods, carrier, now: datetime):
        self.chance = random.Random(seed)
        self.people, self.customer, self.goods, self.carrier = people, customer, goods, carrier
        self.now = now
        self.serials: list[str] = []
        self.stale = ""
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def step(self) -> str:
        """One verb on one note; says which, for the message of a test that fails."""
        self.now += timedelta(minutes=1)
        notes = list(ShippingNote.objects.order_by("pk").select_related("customer"))
        waiting = [note for note in notes if note.state in LIKELY and note.state != S.CLOSED]
        if len(waiting) < OPEN_AT_ONCE:
            self.draw_up()
            return "draw_up"
        note = self.chance.choice(waiting if self.often(0.88) else notes)
        likely = self._fetched(note) or LIKELY.get(note.state)
        verb = self.chance.choice(likely if likely and self.often(0.85) else VERBS)
        try:
            getattr(self, verb)(note)
        except ValidationError:
            self.refused[verb] += 1
        else:
            self.done[verb] += 1
        return f"{verb} {note.title}"

    def _fetched(self, note) -> tuple[str, ...]:
        """What is likely of issued goods that the customer fetches."""
        if not note.is_pickup or note.state != S.ISSUED:
            return ()
        last = note.pickup_checks.order_by("attempt").last()
        if last is None:
            return ("check",)
        return ("hand_over",) if last.is_match else ("mend", "check")

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def some(self, things) -> list:
        return self.chance.sample(sorted(things), self.chance.randint(1, len(things)))
