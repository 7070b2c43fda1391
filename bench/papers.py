"""CPU seconds of the two papers: the first one of a process, and one after it is warm."""

import statistics
import time

from django.utils import timezone

from aftersales.core.models import Company
from delivery import papers
from delivery.figures import Kind, read_papers
from delivery.models import ShippingNote

TIMES = 7


def measure() -> list[dict]:
    note = ShippingNote.objects.filter(signatures__isnull=False).order_by("pk").first()
    return [_measured(note, kind) for kind in Kind]


def _measured(note: ShippingNote, kind: Kind) -> dict:
    taken = [_once(note, kind) for _time in range(TIMES)]
    return {
        "paper": str(kind),
        "lines": note.lines.count(),
        "first": taken[0],
        "warm": statistics.median(taken[1:]),
    }


def _once(note: ShippingNote, kind: Kind) -> float:
    began = time.process_time()
    papers.render(read_papers([note], [kind], now=timezone.now()), company=Company.current())
    return time.process_time() - began
