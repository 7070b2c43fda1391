"""CPU seconds of the papers: loading what they need, the first after that, a warm one, a long one."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from aftersales.core import pdf
from aftersales.core.models import Company
from delivery import papers
from delivery.figures import Kind, NotePaper, read_papers
from delivery.models import ShippingNote

TIMES, LONG = 5, 300


def measure() -> dict:
    """All kinds of one signed note, and the same note with its lines again and again up to LONG."""
    note = ShippingNote.objects.filter(signatures__isnull=False).order_by("pk").first()
    company = Company.current()
    loading = _cpu(pdf.warm_up)
    return {"loading": loading, "papers": [_measured(note, kind, company) for kind in Kind]}


def _measured(note: ShippingNote, kind: Kind, company: Company) -> dict:
    paper = read_papers([note], [kind], now=timezone.now())[0]
    short = [_cpu(lambda: papers.render([paper], company=company)) for _time in range(TIMES)]
    long = [_cpu(lambda: papers.render([_long(paper)], company=company)) for _time in range(3)]
    return {
        "paper": str(kind),
        "lines": len(paper.lines),
        "first": short[0],
        "warm": statistics.median(short[1:]),
        "long": statistics.median(long),
    }


def _long(paper: NotePaper) -> NotePaper:
    lines = paper.lines * (LONG // len(paper.lines) + 1)
    return replace(paper, lines=lines[:LONG])


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
