"""Assessments of the service after delivery: the list, one of them, and assessing anew (2.5)."""

from functools import partial

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import attachments, timeline
from aftersales.core.forms import AttachmentForm
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import DATE, NUMBER, Column
from aftersales.masterdata import actions
from aftersales.masterdata.expiry import REVIEW, Paper
from aftersales.masterdata.filters import ServiceScopeFilter
from aftersales.masterdata.forms import ServiceScopeForm
from aftersales.masterdata.models import Contract, Product, ServiceScope
from aftersales.masterdata.views import keeping
from aftersales.masterdata.views.kinds import SEE, Kind


@require_safe
@permission_required(SEE, raise_exception=True)
def service_scope_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: the five headings, the decision, what it sets, and those before and after."""
    scope = SERVICE_SCOPE.find(request, pk)
    may_keep = request.user.has_perm(SERVICE_SCOPE.permission)
    context = {
        "kind": SERVICE_SCOPE,
        "scope": _dressed([scope])[0],
        "headings": [
            (scope._meta.get_field(name).verbose_name, getattr(scope, name))
            for name in ("legal", "harm", "nature", "requirements", "feedback")
        ],
        "assessments": assessments_of(scope.subject),
        "attachments": attachments.of(scope),
        "upload_form": AttachmentForm() if may_keep else None,
        "lines": timeline.lines_of(scope),
    }
    return render(request, "masterdata/service_scope_detail.html", context)


@permission_required("masterdata.decide_scope", raise_exception=True)
@submit_once
def contract_scope_create(request: HttpRequest, pk: int) -> HttpResponse:
    """評定合同的交付後服務 (2.5)."""
    rows = Contract.objects.visible_to(request.user).select_related("customer")
    return _assess(request, get_object_or_404(rows, pk=pk))


@permission_required("masterdata.decide_scope", raise_exception=True)
@submit_once
def product_scope_create(request: HttpRequest, pk: int) -> HttpResponse:
    """評定產品的交付後服務 (2.5)."""
    return _assess(request, get_object_or_404(Product.objects.visible_to(request.user), pk=pk))


def assessments_of(subject: Contract | Product) -> list[ServiceScope]:
    """All assessments of a contract or a product, the current one first, each with its number."""
    rows = subject.service_scopes.select_related("decided_by").order_by("-pk")
    found = _dressed(list(rows))
    for number, scope in enumerate(reversed(found), start=1):
        scope.assessment = number
    return found


def _assess(request: HttpRequest, subject: Contract | Product) -> HttpResponse:
    """A form that begins with what the current assessment says."""
    current = subject.service_scopes.current().select_related("decided_by").first()
    form = ServiceScopeForm(request.POST or None, current=current, today=timezone.localdate())
    return keeping.create(
        request, form, partial(actions.decide_scope, subject),
        template="masterdata/service_scope_form.html",
        said=_("服務範圍已評定：%(name)s"), subject=subject, current=current,
    )  # fmt: skip


def _dressed(scopes: list[ServiceScope]) -> list[ServiceScope]:
    """With how each stands to its day of review."""
    today = timezone.localdate()
    for scope in scopes:
        paper = Paper(REVIEW, scope, scope.review_on)
        scope.review_tone, scope.review_age = paper.tone(today), paper.age(today)
    return scopes


def _columns() -> list[Column]:
    return [
        Column(_("合同號"), 20),
        Column(_("料號"), 18),
        Column(_("客戶或產品"), 34),
        Column(_("第幾次"), 8, NUMBER),
        Column(_("現行"), 8),
        Column(_("決定"), 44),
        Column(_("保修月數"), 10, NUMBER),
        Column(_("答復時限（小時）"), 12, NUMBER),
        Column(_("到場時限（小時）"), 12, NUMBER),
        Column(_("評定日期"), 12, DATE),
        Column(_("評定人"), 12),
        Column(_("下次評審日"), 12, DATE),
    ]


def _cells(scope: ServiceScope) -> tuple:
    return (
        scope.contract.number if scope.contract else "",
        scope.product.part_no if scope.product else "",
        scope.about,
        scope.assessment,
        scope.is_current,
        scope.decision,
        scope.warranty_months,
        scope.answer_hours,
        scope.arrival_hours,
        scope.decided_on,
        scope.decided_by.display_name,
        scope.review_on,
    )


def _fetched(rows):
    return rows.numbered().select_related("contract__customer", "product", "decided_by")


SERVICE_SCOPE = Kind(
    slug="service_scope",
    model=ServiceScope,
    title=gettext_lazy("服務範圍"),
    permission="masterdata.decide_scope",
    filter=ServiceScopeFilter,
    orders={"review_on": "review_on", "decided_on": "decided_on"},
    order="review_on",
    columns=_columns,
    cells=_cells,
    fetched=_fetched,
    dressed=_dressed,
)
