from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftersales.core import agenda, search, work


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """待辦: what to do next, by what is due first."""
    now = timezone.now()
    found = agenda.sections(work.tasks_for(request.user, now), now)
    absent = request.user.absent_principals
    tabs = agenda.tabs(found, absent, request.GET.get("show", ""))
    current = next((tab.code for tab in tabs if tab.is_current), "")
    context = {
        "now": now,
        "tabs": tabs,
        "current": current,
        "sections": agenda.shown(found, absent, current),
        "figures": work.figures_for(request.user, now),
        "boards": work.boards_for(request.user, now),
        "shortcuts": work.shortcuts_for(request.user),
    }
    return render(request, "core/home.html", context)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """One box over everything; an exact document number jumps to the document."""
    typed = request.GET.get("q", "")
    text = search.words(typed)
    if text and (url := search.jump(request.user, text)):
        return redirect(url)
    groups = search.find(request.user, text) if text else []
    context = {"search_text": typed[:100], "text": text, "groups": groups}
    return render(request, "core/search.html", context)
