"""待簽發: what waits for a leader, unfolded, to be released one by one or several at once."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import pages
from aftersales.core.text import listed
from delivery import actions
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW, S

AT_ONCE = 25


@permission_required("delivery.release_shippingnote", raise_exception=True)
def shippingnote_release_queue(request: HttpRequest) -> HttpResponse:
    """Each note is looked at and ticked, then those are released, each in its own transaction.

    Not under submit_once, whose one transaction would hold all of them: sent a second time, what
    this person has just released counts as done.
    """
    waiting = ShippingNote.objects.visible_to(request.user).filter(state=S.SUBMITTED)
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("seen") if pk.isdecimal()][:AT_ONCE]
        notes = ShippingNote.objects.visible_to(request.user).filter(pk__in=ticked).order_by("pk")
        if not ticked:
            messages.error(request, _("請先看過內容並勾選「已看過」，再簽發"))
        _release(request, notes)
        return redirect("shippingnote_release_queue")
    rows = waiting.select_related(
        "customer",
        "ship_to",
        "issuer",
        "salesperson",
        "scheduled_by",
        "previous_revision",
        "carrier",
        "carrier_agreement",
        "contract",
    ).prefetch_related("lines", "contact_logs")
    page = pages.page_of(request, rows.order_by("ship_on", "submitted_at", "pk"), size=AT_ONCE)
    for note in page:
        note.step = WORKFLOW.step(note, WORKFLOW["release"], request.user)
    return render(request, "delivery/shippingnote_release_queue.html", {"page": page})


def _release(request: HttpRequest, notes) -> None:
    done = []
    for note in notes:
        seen = request.POST.get(f"version-{note.pk}", "")
        version = int(seen) if seen.isdecimal() else 0
        try:
            actions.release_note(note, actor=request.user, now=timezone.now(), version=version)
        except ValidationError as refusal:
            if _is_own_release(note, request.user, version):
                done.append(note.title)
            else:
                facts = {"field": note.title, "message": refusal.messages[0]}
                messages.error(request, _("%(field)s：%(message)s") % facts)
        else:
            done.append(note.title)
    if done:
        messages.success(
            request,
            _("已簽發 %(number)d 張：%(notes)s") % {"number": len(done), "notes": listed(done)},
        )


def _is_own_release(note: ShippingNote, user, version: int) -> bool:
    """The same list sent again: this person released just this version."""
    return (note.state, note.released_by_id, note.version) == (S.RELEASED, user.pk, version + 1)
