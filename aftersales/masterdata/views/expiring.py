"""有效期一覽: every paper that ends, what is overdue longest first (2.5, 3.1.2, 3.2.2, 3.3.3)."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftersales.core import pages
from aftersales.masterdata import expiry
from aftersales.masterdata.expiry import Paper
from aftersales.masterdata.filters import ExpiryFilterForm
from aftersales.masterdata.views.kinds import SEE


@dataclass(frozen=True)
class Row:
    """A paper with its age today, and where the reader may renew it."""

    paper: Paper
    age: str
    tone: str
    renewal_url: str


@require_safe
@permission_required(SEE, raise_exception=True)
def expiry_list(request: HttpRequest) -> HttpResponse:
    """What has ended and nothing replaces, then what ends next; by kind and by time."""
    today = timezone.localdate()
    form = ExpiryFilterForm(request.GET)
    page = pages.page_of(request, form.entries(today))
    papers = expiry.read(page.object_list)
    rows = [_row(paper, request.user, today) for paper in papers]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "masterdata/expiry_list.html", context)


def _row(paper: Paper, user, today: date) -> Row:
    renewal_url = ""
    if user.has_perm(paper.kind.permission):
        name, key = paper.kind.renewal(paper.row)
        renewal_url = reverse(name, args=[key])
    return Row(paper, paper.age(today), paper.tone(today), renewal_url)
