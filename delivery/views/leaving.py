"""Vehicle, goods issue, arrival and the paper receipt (3.2.2), for our own people."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aftersales.core.pages import submit_once
from delivery import actions, arrivals, forms, open_links
from delivery.actions.dispatching import LOAD, RECEIVE
from delivery.views.asking import Question, ask
from delivery.views.finding import find_note
from delivery.workflow import WORKFLOW, S


@permission_required("delivery.dispatch_shippingnote", raise_exception=True)
@submit_once
def shippingnote_assign_vehicle(request: HttpRequest, reference: str) -> HttpResponse:
    """指定車輛與司機."""
    note = find_note(request.user, reference)
    names = forms.VehicleForm.base_fields
    form = forms.VehicleForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(note, name) for name in names},
    )
    question = Question(_("車輛與司機已指定"), _("司機簽收之前都可以改。"))
    return ask(request, note, "assign_vehicle", form, actions.assign_vehicle, question)


@permission_required("delivery.issue_shippingnote", raise_exception=True)
@submit_once
def shippingnote_issue(request: HttpRequest, reference: str) -> HttpResponse:
    """出庫放行; an issued note shows the driver's link here, or the check with the customer."""
    note = find_note(request.user, reference)
    if note.state == S.ISSUED and note.is_pickup and request.method != "POST":
        return redirect("shippingnote_pickup", note.reference)
    if note.state == S.ISSUED and request.method != "POST":
        door = open_links.door(note, LOAD, request.user, now=timezone.now())
        return render(request, "delivery/floor/issued.html", {"note": note, "door": door})
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    question = Question(
        _("已出庫放行，請司機掃碼點數簽收"),
        _("今天扣賬出庫，產生司機簽收的二維碼（24 小時有效）；司機簽收後車才可離廠。"),
    )
    if note.is_pickup:
        question = Question(
            _("已出庫放行，銷售內勤與倉庫保管員已收到通知"),
            _("今天扣賬出庫；顧客來提貨時三方核對，收貨人簽名後才交貨（3.2.1）。"),
        )
    answer = ask(request, note, "issue", form, actions.issue_note, question)
    if answer.status_code == 302:
        return redirect("shippingnote_issue", note.reference)
    return answer


@require_POST
@permission_required("delivery.issue_shippingnote", raise_exception=True)
@submit_once
def shippingnote_renew_load_link(request: HttpRequest, reference: str) -> HttpResponse:
    """重新產生 the driver's link."""
    note = find_note(request.user, reference)
    actions.renew_link(note, actor=request.user, now=timezone.now(), purpose=LOAD)
    messages.success(request, _("新的司機連結已產生，舊的不能再用"))
    return redirect("shippingnote_issue", note.reference)


@require_POST
@permission_required("delivery.record_receipt", raise_exception=True)
@submit_once
def shippingnote_renew_receive_link(request: HttpRequest, reference: str) -> HttpResponse:
    """重新產生 the customer's link."""
    note = find_note(request.user, reference)
    actions.renew_link(note, actor=request.user, now=timezone.now(), purpose=RECEIVE)
    messages.success(request, _("新的客戶連結已產生，舊的不能再用"))
    return redirect(f"{note.get_absolute_url()}?link=1#doors")


@permission_required("delivery.record_receipt", raise_exception=True)
@submit_once
def shippingnote_arrive(request: HttpRequest, reference: str) -> HttpResponse:
    """登記到貨."""
    note = find_note(request.user, reference)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    question = Question(
        _("已登記到貨"), _("車已到客戶處。客戶掃碼簽收時會自動登記，不必先做這一步。")
    )
    return ask(request, note, "arrive", form, actions.arrive_note, question)


@permission_required("delivery.record_receipt", raise_exception=True)
@submit_once
def shippingnote_record_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """登記紙本簽收: the quantities that the receiver signed on paper."""
    note = find_note(request.user, reference)
    data = request.POST if request.method == "POST" else None
    report = arrivals.current(note)
    form = forms.PaperReceiptForm(note, data, now=timezone.now(), report=report)
    if data is not None and form.is_valid():
        try:
            actions.record_receipt(note, actor=request.user, now=timezone.now(), **form.facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("紙本簽收已登記，請歸檔簽收的送貨單"))
            return redirect(note)
    step = WORKFLOW.step(note, WORKFLOW["record_receipt"], request.user)
    is_open = note.state in WORKFLOW["record_receipt"].sources
    context = {"note": note, "form": form, "step": step, "is_open": is_open, "report": report}
    return render(request, "delivery/floor/paper_receipt.html", context)


@permission_required("delivery.file_paper", raise_exception=True)
@submit_once
def shippingnote_file_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """歸檔簽收單."""
    note = find_note(request.user, reference)
    is_post = request.method == "POST"
    form = forms.PaperForm(request.POST if is_post else None, request.FILES if is_post else None)
    question = Question(_("簽收單已歸檔，發貨單結單"), _("歸檔後發貨單結單，數量與簽收不能再改。"))
    return ask(request, note, "file_paper", form, actions.file_paper, question)
