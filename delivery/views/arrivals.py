"""Faults on arrival (3.2.2): reported on the phone, decided by us, and what came back of it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core.pages import page_of, submit_once
from delivery import actions, arrivals, forms
from delivery.filters import RefusedGoodsFilter
from delivery.models import ArrivalReport, ShippingNote, ShippingNoteLine
from delivery.receipts import Receipt
from delivery.views.finding import find_note
from delivery.workflow import ARRIVAL_WORKFLOW


@require_safe
@permission_required("delivery.confirm_arrival", raise_exception=True)
def arrival_queue(request: HttpRequest) -> HttpResponse:
    """到貨待確認: what waits for this person's decision, the longest first."""
    rows = arrivals.waiting_for(request.user).select_related("note__customer")
    page = page_of(request, rows.prefetch_related("lines__line"))
    now = timezone.now()
    for report in page:
        report.waited = now - report.reported_at
        report.told = [
            words
            for each in report.lines.all()
            if (words := arrivals.trouble(each.line, Receipt.of(each)))
        ]
    return render(request, "delivery/arrivals/queue.html", {"page": page})


@permission_required("delivery.record_receipt", raise_exception=True)
@submit_once
def arrival_report(request: HttpRequest, reference: str) -> HttpResponse:
    """登記到貨異常: what the customer says on the phone; who may decide goes straight on to it."""
    note = find_note(request.user, reference)
    report = arrivals.current(note)
    data = request.POST if request.method == "POST" else None
    files = request.FILES if request.method == "POST" else None
    initial = {"seen": arrivals.stamp(report)}
    form = forms.CallReportForm(note, data, files, report=report, initial=initial)
    if data is not None and form.is_valid():
        try:
            actions.report_arrival(note, actor=request.user, now=timezone.now(), **form.facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("到貨異常已登記，業務員已收到通知"))
            return redirect(*_next_for(request.user, note))
    context = {
        "note": note,
        "form": form,
        "report": report,
        **_step(note, report, "report", request),
    }
    return render(request, "delivery/arrivals/report.html", context)


@permission_required("delivery.confirm_arrival", raise_exception=True)
@submit_once
def arrival_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """確認到貨異常: 卸貨收下 or 退回, by line or whole."""
    note = find_note(request.user, reference)
    report = arrivals.current(note)
    context = {"note": note, "report": report, **_step(note, report, "confirm", request)}
    if context["closed"]:
        return render(request, "delivery/arrivals/confirm.html", context)
    form = forms.ArrivalDecisionForm(report, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.confirm_arrival(note, actor=request.user, now=timezone.now(), **form.facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已確認，客戶的頁面已顯示處理決定，等客戶簽收"))
            return redirect(note)
    context |= {
        "form": form,
        "principal": arrivals.stands_for(note, request.user),
        "waited": timezone.now() - report.reported_at,
    }
    return render(request, "delivery/arrivals/confirm.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def refused_goods_list(request: HttpRequest) -> HttpResponse:
    """拒收待退貨處理: what came back with the driver, by age; it waits for the returns (3.5)."""
    notes = ShippingNote.objects.visible_to(request.user)
    rows = ShippingNoteLine.objects.refused_goods().filter(note__in=notes.values("pk"))
    found = RefusedGoodsFilter(request.GET, queryset=rows)
    lines = found.qs.select_related("note__customer").prefetch_related("serials")
    page = page_of(request, lines)
    today = timezone.localdate()
    for line in page:
        line.days = (today - line.note.received_on).days
        line.came_back = [each for each in line.serials.all() if each.fate == each.Fate.REFUSED]
    context = {"page": page, "filter": found}
    return render(request, "delivery/arrivals/refused_goods.html", context)


def _step(note: ShippingNote, report: ArrivalReport | None, action: str, request) -> dict:
    """The step with its tick list, and why it can't be taken now."""
    subject = report or ArrivalReport(note=note)
    subject.note = note
    transition = ARRIVAL_WORKFLOW[action]
    step = ARRIVAL_WORKFLOW.step(subject, transition, request.user)
    return {"step": step, "closed": transition.concerns(subject)}


def _next_for(user, note: ShippingNote) -> tuple:
    may_decide = user.has_perm(arrivals.CONFIRM) and arrivals.stands_for(note, user) is not None
    return ("arrival_confirm", note.reference) if may_decide else (note,)
