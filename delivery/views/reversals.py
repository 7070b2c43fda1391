"""Reversals (3.2.2): drafted from a signed note, approved by another, drawn up anew."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from aftersales.core import attachments, pages, timeline
from aftersales.core.forms import AttachmentForm
from aftersales.core.pages import submit_once
from delivery import actions, forms
from delivery.access import is_contributor
from delivery.actions.reversals.remaining import remaining
from delivery.models import Reversal
from delivery.views.asking import Question, ask, sent
from delivery.views.finding import find_note
from delivery.workflow import REVERSAL_WORKFLOW, WORKFLOW


class ReversalFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("沖銷單號、發貨單號、客戶"),
        method="by_words",
        widget=django_forms.TextInput(attrs={"placeholder": _("例如 CX-202611-0001")}),
    )
    state = django_filters.ChoiceFilter(
        label=_("狀態"),
        choices=[*Reversal.State.choices, ("void", _("作廢"))],
        method="by_state",
        empty_label=_("全部狀態"),
    )

    class Meta:
        model = Reversal
        fields = []

    def by_words(self, rows, name, value):
        return rows.matching(value.strip())

    def by_state(self, rows, name, value):
        if value == "void":
            return rows.filter(is_void=True)
        return rows.filter(state=value, is_void=False)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def reversal_list(request: HttpRequest) -> HttpResponse:
    """The reversals within reach, the newest first."""
    rows = Reversal.objects.visible_to(request.user).select_related(
        "note__customer", "drafted_by", "approved_by"
    )
    found = ReversalFilter(request.GET, rows.order_by("-pk"), request=request)
    context = {"filter": found, "page": pages.page_of(request, found.qs)}
    return render(request, "delivery/reversals/list.html", context)


@permission_required("delivery.draft_reversal", raise_exception=True)
@submit_once
def shippingnote_reverse(request: HttpRequest, reference: str) -> HttpResponse:
    """開沖銷單; ?all=1 fills in everything that still stands."""
    note = find_note(request.user, reference)
    data = request.POST if request.method == "POST" else None
    form = forms.ReversalForm(remaining(note), data, take_all="all" in request.GET)
    if data is not None and form.is_valid():
        try:
            reversal = actions.draft_reversal(
                note, actor=request.user, now=timezone.now(), **form.facts
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            words = _t("%(number)s 已開立，等分管領導核准") % {"number": reversal}
            messages.success(request, words)
            return redirect(reversal)
    step = WORKFLOW.step(note, WORKFLOW["reverse"], request.user)
    is_open = note.state in WORKFLOW["reverse"].sources and WORKFLOW["reverse"].is_of(note)
    context = {
        "note": note,
        "form": form,
        "step": step,
        "is_open": is_open,
        "waiting": note.reversals.waiting().first(),
    }
    return render(request, "delivery/reversals/form.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def reversal_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One reversal: what it takes back and why, who approved, what came in its place."""
    reversal = _found(request, number)
    files = attachments.of(reversal)
    may_redraw = (
        reversal.state == Reversal.State.APPROVED
        and reversal.replacement_id is None
        and request.user.has_perm("delivery.edit_shippingnote")
    )
    context = {
        "reversal": reversal,
        "steps": REVERSAL_WORKFLOW.available(reversal, request.user),
        "waits_for": _t("分管領導") if reversal.is_waiting else "",
        "lines": reversal.lines.select_related("line"),
        "events": timeline.lines_of(reversal),
        "attachments": files,
        "pictures": [each for each in files if each.media_type.startswith("image/")],
        "upload_form": AttachmentForm() if is_contributor(request.user) else None,
        "may_redraw": may_redraw,
    }
    return render(request, "delivery/reversals/detail.html", context)


@permission_required("delivery.approve_reversal", raise_exception=True)
@submit_once
def reversal_approve(request: HttpRequest, number: str) -> HttpResponse:
    """核准沖銷, as the leader has seen it."""
    reversal = _found(request, number)
    form = forms.VersionForm(sent(request), initial={"version": reversal.version})
    question = Question(
        _t("%(number)s 已核准，數量已沖回") % {"number": reversal},
        _t("核准後數量沖回、序列號可以再發，原發貨單與簽字保持原樣；核准不能撤回。"),
    )
    return ask(request, reversal, "approve", form, actions.approve_reversal, question)


@permission_required("delivery.draft_reversal", raise_exception=True)
@submit_once
def reversal_void(request: HttpRequest, number: str) -> HttpResponse:
    """作廢沖銷單 before it is approved."""
    reversal = _found(request, number)
    question = Question(
        _t("%(number)s 已作廢") % {"number": reversal},
        _t("作廢後單號與理由保留，發貨單不受影響；要沖銷可以另開一張。"),
    )
    form = forms.ReasonForm(sent(request))
    return ask(request, reversal, "void", form, actions.void_reversal, question)


@permission_required("delivery.approve_reversal", raise_exception=True)
@submit_once
def reversal_refuse(request: HttpRequest, number: str) -> HttpResponse:
    """不予核准, with the reason."""
    reversal = _found(request, number)
    question = Question(
        _t("%(number)s 不予核准，已告訴制單人") % {"number": reversal},
        _t("不予核准，這張沖銷單就此作廢，單號與理由保留。"),
    )
    form = forms.ReasonForm(sent(request))
    return ask(request, reversal, "refuse", form, actions.refuse_reversal, question)


@permission_required("delivery.edit_shippingnote", raise_exception=True)
@submit_once
def reversal_redraw(request: HttpRequest, number: str) -> HttpResponse:
    """重開發貨單: a draft with what went back."""
    reversal = _found(request, number)
    if reversal.replacement or reversal.state != Reversal.State.APPROVED:
        return redirect(reversal)  # which says where it stands
    form = forms.ConfirmForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            note = actions.redraw_note(reversal, actor=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _t("已重開草稿，請補齊終檢與安排交付"))
            return redirect(note)
    context = {
        "reversal": reversal,
        "form": form,
        "title": _t("依 %(number)s 重開發貨單？") % {"number": reversal},
        "sentence": _t(
            "產生一張草稿，帶入客戶、收貨資料與沖回的品項；從終檢登記走起，須重新簽發。"
        ),
        "submit": _t("重開發貨單"),
    }
    return render(request, "delivery/reversals/decide.html", context)


def _found(request: HttpRequest, number: str) -> Reversal:
    rows = Reversal.objects.visible_to(request.user).select_related(
        "note__customer", "drafted_by", "approved_by", "replacement"
    )
    return get_object_or_404(rows, number=number)
