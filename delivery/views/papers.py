"""The four papers of a note as PDF: one, or all in one file; of one note, or of many."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aftersales.core import pdf
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Company
from delivery import papers
from delivery.access import counts_blind
from delivery.actions.printing import record_printing
from delivery.figures import Kind, read_papers
from delivery.models import ShippingNote
from delivery.views.finding import find_note

MOST = 100
ALL = "all"


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
@never_cache
def shippingnote_paper(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """One paper of one note."""
    note = find_note(request.user, reference)
    return _answer(request, [note], _kinds(kind), name=note.reference)


@permission_required("delivery.view_shippingnote", raise_exception=True)
@never_cache
def shippingnote_papers(request: HttpRequest, kind: str) -> HttpResponse:
    """The papers of the chosen notes (ids) in one file, in the order of the choice."""
    chosen = request.POST if request.method == "POST" else request.GET
    try:
        notes = _chosen_notes(request.user, chosen.getlist("ids"))
    except RuleViolation as violation:
        messages.error(request, violation.messages[0])
        return redirect("shippingnote_list")
    name = notes[0].reference if len(notes) == 1 else f"{notes[0].reference}-{len(notes)}"
    return _answer(request, notes, _kinds(kind), name=name)


def _kinds(word: str) -> list[Kind]:
    """One kind, or all of them in the order in which they are bound."""
    if word == ALL:
        return list(Kind)
    try:
        return [Kind(word)]
    except ValueError as error:
        raise Http404 from error


def _chosen_notes(user, ids: list[str]) -> list[ShippingNote]:
    """The notes of the keys, each once, in their order. Raises Http404 for one out of reach."""
    keys = list(dict.fromkeys(key for part in ids for key in part.split(",") if key))
    if not keys:
        raise RuleViolation(_("請先在清單上勾選要列印的發貨單"))
    if len(keys) > MOST:
        facts = {"most": MOST, "chosen": len(keys)}
        raise RuleViolation(_("一次最多列印 %(most)d 張，您選了 %(chosen)d 張，請分次列印") % facts)
    if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
        raise Http404
    found = ShippingNote.objects.visible_to(user).in_bulk([int(key) for key in keys])
    if len(found) < len(keys):
        raise Http404
    return [found[int(key)] for key in keys]


def _answer(
    request: HttpRequest, notes: Sequence[ShippingNote], kinds: list[Kind], *, name: str
) -> HttpResponse:
    now, company = timezone.now(), Company.current()
    blind = {note.pk for note in notes if company.blind_count and counts_blind(note, request.user)}
    if why := pdf.why_off():
        raise RuleViolation(why)
    # On record before it is drawn, so that of two prints at the same moment one is the copy.
    copies = record_printing(notes, kinds, actor=request.user, now=now)
    with override(settings.LANGUAGE_CODE):  # a form of the company's, whatever the screen speaks
        found = read_papers(notes, kinds, now=now, blind=blind, copies=copies)
        content = papers.render(found, company=company)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    return response
