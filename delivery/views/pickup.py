"""The pages of a pick-up (3.2.1): where it stands, the check of the three, differences, handover."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core.forms import BaseForm
from aftersales.core.pages import submit_once
from delivery import actions, pickup
from delivery.forms.pickup import (
    CauseForm,
    ConfirmationForm,
    HandOverForm,
    PickupCheckForm,
    RepackForm,
)
from delivery.forms.verbs import ConfirmForm, ReasonForm
from delivery.models import ShippingNote
from delivery.views.asking import Question, sent
from delivery.views.finding import find_note
from delivery.workflow import PICKUP_WORKFLOW, WORKFLOW, S, last_check

AT_PICKUP = ("check_pickup", "hand_over")


def _find(request: HttpRequest, reference: str) -> ShippingNote:
    """The note, where the customer fetches the goods. Raises Http404 for any other."""
    note = find_note(request.user, reference)
    if not note.is_pickup:
        raise Http404
    return note


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def shippingnote_pickup(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the pick-up stands, every check with its differences, and what comes next."""
    note = _find(request, reference)
    checks = pickup.checks_of(note)
    steps = [step for step in WORKFLOW.available(note, request.user) if step.action in AT_PICKUP]
    context = {
        "note": note,
        "path": pickup.path_of(note),
        "attempts": pickup.attempts_of(note, checks),
        "steps": [*pickup.steps_of_difference(note, request.user), *steps],
        "waits_for": pickup.waits_for(note) if note.state == S.ISSUED else "",
        "lines": note.lines.prefetch_related("serials"),
        "signature": note.signatures.filter(party="receiver").first(),
    }
    return render(request, "delivery/pickup/overview.html", context)


@permission_required("delivery.check_pickup", raise_exception=True)
@submit_once
def shippingnote_check_pickup(request: HttpRequest, reference: str) -> HttpResponse:
    """三方核對, on a tablet beside the goods."""
    note = _find(request, reference)
    last, now = last_check(note), timezone.now()
    form = PickupCheckForm(note, request.user, sent(request), last=last, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            check = actions.check_pickup(note, actor=request.user, now=now, **form.facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _after_check(request, note, check)
    context = {"note": note, "form": form, **_standing(request, note, "check_pickup")}
    return render(request, "delivery/pickup/check.html", context)


def _after_check(request: HttpRequest, note: ShippingNote, check) -> HttpResponse:
    if check.is_match:
        messages.success(request, _("三方核對相符，請收貨人簽名"))
        return redirect("shippingnote_hand_over", note.reference)
    messages.error(request, _("單貨不符，已通知銷售內勤與銷售部經理；改正並重新核對前不能交貨"))
    return redirect("shippingnote_pickup", note.reference)


@permission_required("delivery.check_pickup", raise_exception=True)
@submit_once
def shippingnote_hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """提貨簽收: the receiver signs, then the goods are handed over."""
    note = _find(request, reference)
    last = last_check(note)
    initial = {"name": last.customer_person, "phone": last.customer_phone} if last else {}
    files = request.FILES if request.method == "POST" else None
    form = HandOverForm(sent(request), files, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(note, actor=request.user, now=timezone.now(), **form.facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("收貨人已簽名，可以交貨；%(note)s 已結單") % {"note": note})
            return redirect("shippingnote_pickup", note.reference)
    context = {
        "note": note,
        "form": form,
        "last": last,
        "lines": note.lines.prefetch_related("serials"),
        **_standing(request, note, "hand_over"),
    }
    return render(request, "delivery/pickup/hand_over.html", context)


def _standing(request: HttpRequest, note: ShippingNote, action: str) -> dict:
    """Whether the step can be taken, and what it lacks."""
    step = WORKFLOW.step(note, WORKFLOW[action], request.user)
    is_open = note.state in WORKFLOW[action].sources
    return {"step": step, "is_open": is_open, "is_ready": is_open and not step.missing}


# --- what follows a difference -------------------------------------------------------------------


@permission_required("delivery.state_pickup_cause", raise_exception=True)
@submit_once
def pickup_state_cause(request: HttpRequest, reference: str) -> HttpResponse:
    """查明原因."""
    question = Question(
        _("原因已記錄，銷售部經理已收到通知"),
        _("寫明單貨不符的原因與怎樣改正；經理同意後，再請顧客確認。"),
    )
    return _ask(request, reference, "state_cause", CauseForm, actions.state_pickup_cause, question)


@permission_required("delivery.consent_pickup", raise_exception=True)
@submit_once
def pickup_consent(request: HttpRequest, reference: str) -> HttpResponse:
    """經理同意."""
    question = Question(
        _("已同意，銷售內勤已收到通知"),
        _("同意照此改正；之後由銷售內勤請顧客再次確認，再重新包裝。"),
    )
    return _ask(request, reference, "consent", ConfirmForm, actions.consent_pickup, question)


@permission_required("delivery.consent_pickup", raise_exception=True)
@submit_once
def pickup_decline(request: HttpRequest, reference: str) -> HttpResponse:
    """經理不同意."""
    question = Question(
        _("已退回銷售內勤重查"), _("寫明為什麼不同意；銷售內勤重查原因後再請您同意。")
    )
    return _ask(request, reference, "decline", ReasonForm, actions.decline_pickup, question)


@permission_required("delivery.state_pickup_cause", raise_exception=True)
@submit_once
def pickup_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """登記顧客確認."""
    question = Question(
        _("顧客確認已登記，倉庫已收到通知"),
        _("顧客的哪一位、怎樣、何時確認了改正；之後倉庫重新包裝。"),
    )
    return _ask(request, reference, "confirm", ConfirmationForm, actions.confirm_pickup, question)


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def pickup_repack(request: HttpRequest, reference: str) -> HttpResponse:
    """重新包裝完成."""
    question = Question(
        _("已重新包裝，請三方再次核對"), _("照顧客確認的改正重新包裝完成後，三方再從頭核對一次。")
    )
    return _ask(request, reference, "repack", RepackForm, actions.repack_pickup, question)


def _ask(
    request: HttpRequest,
    reference: str,
    action: str,
    form_class: type[BaseForm],
    act: Callable[..., object],
    question: Question,
) -> HttpResponse:
    """Show the page of a step of the open difference, or take it; then back to the pick-up."""
    note = _find(request, reference)
    difference = pickup.difference_of(note)
    if difference is None:
        messages.warning(request, _("沒有要處理的提貨差異"))
        return redirect("shippingnote_pickup", note.reference)
    form = form_class(sent(request), initial=_initial(difference))
    if request.method == "POST" and form.is_valid():
        try:
            act(difference, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, question.done)
            return redirect("shippingnote_pickup", note.reference)
    transition = PICKUP_WORKFLOW[action]
    context = {
        "note": note,
        "difference": difference,
        "form": form,
        "question": question,
        "step": PICKUP_WORKFLOW.step(difference, transition, request.user),
        "is_open": difference.state in transition.sources and transition.is_of(difference),
    }
    return render(request, "delivery/pickup/step.html", context)


def _initial(difference) -> dict:
    """What is known already: of a cause that was sent back, and of who stands at the counter."""
    return {
        "cause": difference.cause,
        "measure": difference.measure,
        "confirmed_person": difference.check_made.customer_person,
        "confirmed_means": difference.Means.PRESENT,
        "confirmed_at": timezone.localtime(),
    }
