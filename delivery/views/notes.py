"""The document page of a 發貨單: where it stands, what comes next, and all that belongs to it."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import attachments, timeline
from aftersales.core.forms import AttachmentForm
from delivery import arrivals, history, open_links, pickup, signing
from delivery.access import COUNTING, counts_blind, is_contributor
from delivery.models import ArrivalReport, ShippingNote, ShippingNoteLine
from delivery.todo.notes import waits_for
from delivery.views.finding import find_note
from delivery.workflow import ARRIVAL_WORKFLOW, PATH, PICKUP_PATH, WORKFLOW, S

LAST_EVENTS = 30
_STATION = {S.ADJUSTING: S.VERIFYING}  # a state that stands on another's station
_OFF_THE_WAY = (S.WITHDRAWN, S.REFUSED, S.CANCELLED)


@dataclass(frozen=True)
class Station:
    """A stop of the way that the page draws (components/state_path.html)."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Row:
    """A line with what hangs on it: its serial numbers and every count of it."""

    line: ShippingNoteLine
    serials: list[history.Serial]
    counts: list[history.Count]
    loadings: list[history.Loading]

    @property
    def verified(self) -> history.Count | None:
        return next((count for count in reversed(self.counts) if count.is_match), None)

    @property
    def loaded(self) -> history.Loading | None:
        return self.loadings[-1] if self.loadings else None

    @property
    def received(self) -> Decimal | None:
        """What stays with the customer, sound or damaged (3.2.2)."""
        line = self.line
        return None if line.received_sound is None else line.received_sound + line.received_damaged

    @property
    def has_trouble(self) -> bool:
        line = self.line
        return bool(line.received_damaged or line.short or line.refused or line.receipt_remark)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def shippingnote_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one note; a draft's old address leads to its number."""
    note = find_note(request.user, reference)
    if note.reference != reference:
        return redirect(note)
    # Prefetched, so that the guards of the tick lists ask the database nothing more.
    lines = ShippingNoteLine.objects.select_related("product").order_by("line_no", "pk")
    grown = ["reversals"] if note.has_last_signature else []
    prefetch_related_objects([note], Prefetch("lines", lines), *grown)
    attempts = arrivals.attempts(note)
    report = next((each.report for each in attempts if each.report.is_current), None)
    found = history.of(note)
    pickup.hang_checks(note, found.checks)
    events = timeline.lines_of(note)
    files = attachments.of(note)
    rows = [
        Row(line, found.serials[line.pk], found.counts[line.pk], found.loadings[line.pk])
        for line in note.lines.all()
    ]
    context = {
        "note": note,
        "path": _path(note),
        "steps": _steps(note, report, request.user),
        "waits_for": _("業務員") if report and report.is_waiting else waits_for(note),
        "arrivals": attempts,
        "rows": rows,
        "attempts": [(row.line, count) for row in rows for count in row.counts],
        "loadings": [(row.line, loading) for row in rows for loading in row.loadings],
        "total": note.total,
        "history": found,
        "signatures": _signatures(note, found, rows),
        "events": events[:LAST_EVENTS],
        "is_cut": len(events) > LAST_EVENTS,
        "attachments": files,
        "pictures": [each for each in files if each.media_type.startswith("image/")],
        "upload_form": AttachmentForm() if is_contributor(request.user) else None,
        "may_edit": note.state == S.DRAFT and request.user.has_perm("delivery.edit_shippingnote"),
        "counts_blind": counts_blind(note, request.user),
        "may_count": _may_count(note, request.user),
        "may_show_link": _may_show_link(note, request.user),
        "doors": open_links.of(note, request.user, now=timezone.now())
        if "link" in request.GET
        else [],
    }
    return render(request, "delivery/shippingnote_detail.html", context)


def _signatures(note: ShippingNote, found: history.History, rows: list[Row]) -> list[tuple]:
    """Each signature, and whether the lines are still what was signed (3.2.2)."""
    signed_rows = [(row.line, row.serials) for row in rows]
    return [(each, signing.holds(note, each, signed_rows)) for each in found.signatures]


def _steps(note: ShippingNote, report: ArrivalReport | None, user) -> list:
    """What this user may do now, or could after what the tick list names; nothing done twice.

    The step that leads on stands first, what ends or undoes the note last.
    """
    on_arrival = report or ArrivalReport(note=note)
    on_arrival.note = note
    steps = [
        step
        for step in [
            *pickup.steps_of_difference(note, user),
            *ARRIVAL_WORKFLOW.available(on_arrival, user),
            *WORKFLOW.available(note, user),
        ]
        if not (step.action == "acknowledge" and note.acknowledged_at)
    ]
    return sorted(steps, key=lambda step: (step.is_danger, not step.is_primary))


def _path(note: ShippingNote) -> list[Station]:
    """The stations up to where the note stands; one that ended early shows how far it came."""
    reached = _STATION.get(note.state, note.state)
    if note.state in _OFF_THE_WAY:
        reached = S.RELEASED if note.released_at else S.SUBMITTED if note.submitted_at else S.DRAFT
    path = PICKUP_PATH if note.is_pickup else PATH
    position = [state for state, _label in path].index(reached)
    is_over = note.state in (*_OFF_THE_WAY, S.CLOSED)
    stations = [
        Station(str(label), index < position or (is_over and index == position), index == position)
        for index, (_state, label) in enumerate(path)
    ]
    if note.state in _OFF_THE_WAY:
        stations = [*stations[: position + 1], Station(note.get_state_display(), False, True)]
        stations[position] = Station(stations[position].label, True, False)
    return stations


def _may_count(note: ShippingNote, user) -> bool:
    return note.state in COUNTING and user.has_perm("delivery.verify_shippingnote")


def _may_show_link(note: ShippingNote, user) -> bool:
    """Whether there is a link for driver or customer that this user may hand out (3.2.2)."""
    return any(
        note.state in states and open_links.may_show(note, purpose, user)
        for purpose, states in open_links.OPEN_STATES.items()
    )
