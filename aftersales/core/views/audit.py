from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftersales.core import audit, reach, timeline


@require_safe
def audit_timeline(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Everything that happened to a document, for whoever may see the document or all trails."""
    subject = reach.find(label, pk)
    if not (request.user.has_perm("core.view_audit") or reach.may_see(subject, request.user)):
        raise Http404
    context = {
        "subject": subject,
        "lines": timeline.lines_of(subject),
        "is_intact": audit.is_intact(subject),
    }
    return render(request, "core/audit_timeline.html", context)
