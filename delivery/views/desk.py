"""The verbs of the desk, each a question with its tick list and a button that does it."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.pages import submit_once
from delivery import actions, carriers, forms
from delivery.models import ShippingNote
from delivery.views.asking import Question, ask, sent
from delivery.views.finding import find_note


@permission_required("delivery.record_inspection", raise_exception=True)
@submit_once
def shippingnote_record_inspection(request: HttpRequest, reference: str) -> HttpResponse:
    """登記終檢合格 (3.1.1)."""
    note = find_note(request.user, reference)
    names = forms.InspectionForm.base_fields
    form = forms.InspectionForm(
        sent(request), initial={name: getattr(note, name) for name in names}
    )
    question = Question(_("終檢合格已登記"), _("終檢合格後才能開出發貨單，請照終檢報告填寫。"))
    return ask(request, note, "record_inspection", form, actions.record_inspection, question)


@permission_required("delivery.log_contact", raise_exception=True)
@submit_once
def shippingnote_log_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """登記與客戶的聯絡 (3.1.1)."""
    note = find_note(request.user, reference)
    initial = {
        "at": timezone.localtime(),
        "channel": "call",
        "person": note.consignee,
    }
    form = forms.ContactForm(sent(request), initial=initial)
    question = Question(_("聯絡已登記"), _("與客戶約定交付：何時、與誰、約定了什麼。"))
    return ask(request, note, "log_contact", form, actions.log_contact, question)


@permission_required("delivery.schedule_shippingnote", raise_exception=True)
@submit_once
def shippingnote_schedule(request: HttpRequest, reference: str) -> HttpResponse:
    """安排交付並通知倉庫 (3.1.2)."""
    note = find_note(request.user, reference)
    initial = {
        "ship_on": note.ship_on,
        "delivery_mode": note.delivery_mode or ShippingNote.DeliveryMode.OWN_FLEET,
        "delivery_mode_reason": note.delivery_mode_reason,
        "carrier": note.carrier or carriers.named(note.carrier_name),
        "waybill_no": note.waybill_no,
        "contract": note.contract or note.customer.contracts.filter(number=note.order_no).first(),
        "pickup_basis": note.pickup_basis,
        "pickup_basis_text": note.pickup_basis_text,
    }
    today = timezone.localdate()
    form = forms.ScheduleForm(sent(request), initial=initial, note=note, today=today)
    words = _("儲存後通知倉庫備貨。")
    if note.scheduled_at:
        words = _("已安排 %(day)s 發貨。重新安排會取消倉庫的確認，並再通知一次。") % {
            "day": note.ship_on
        }
    question = Question(_("已安排，倉庫已收到通知"), words, submit=_("安排並通知倉庫"))
    return ask(request, note, "schedule", form, actions.schedule_note, question)


@permission_required("delivery.acknowledge_shippingnote", raise_exception=True)
@submit_once
def shippingnote_acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """倉庫確認備貨通知 (3.1.2)."""
    note = find_note(request.user, reference)
    form = forms.ConfirmForm(sent(request))
    question = Question(_("已確認備貨"), _("確認後，業務員會知道倉庫已收到日期與品項，開始備貨。"))
    return ask(request, note, "acknowledge", form, actions.acknowledge_note, question)


@permission_required("delivery.submit_shippingnote", raise_exception=True)
@submit_once
def shippingnote_submit(request: HttpRequest, reference: str) -> HttpResponse:
    """提交簽發，取得單號 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ConfirmForm(sent(request))
    question = Question(
        _("已提交，分管領導已收到通知"), _("提交時取得單號，之後只有分管領導退回才能再修改。")
    )
    return ask(request, note, "submit", form, actions.submit_note, question)


@permission_required("delivery.release_shippingnote", raise_exception=True)
@submit_once
def shippingnote_release(request: HttpRequest, reference: str) -> HttpResponse:
    """分管領導簽發 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ReleaseForm(sent(request), initial={"version": note.version})
    question = Question(
        _("已簽發，倉庫可以核對裝車"), _("簽發後單據不能再改，貨物可以離廠。"), shows_lines=True
    )
    return ask(request, note, "release", form, actions.release_note, question)


@permission_required("delivery.release_shippingnote", raise_exception=True)
@submit_once
def shippingnote_send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """退回修改 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ReasonForm(sent(request))
    question = Question(_("已退回制單人"), _("退回成草稿，單號保留；制單人改好後再提交。"))
    return ask(request, note, "send_back", form, actions.send_back_note, question)


@permission_required("delivery.release_shippingnote", raise_exception=True)
@submit_once
def shippingnote_refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """不予簽發 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ReasonForm(sent(request))
    question = Question(
        _("已不予簽發，單據結束"), _("單據就此結束，不能恢復；只要修改的話請用「退回修改」。")
    )
    return ask(request, note, "refuse", form, actions.refuse_note, question)


@permission_required("delivery.cancel_shippingnote", raise_exception=True)
@submit_once
def shippingnote_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """作廢 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ReasonForm(sent(request))
    question = Question(_("已作廢"), _("作廢後不能恢復；已取得的單號保留，連同理由留在記錄裡。"))
    return ask(request, note, "cancel", form, actions.cancel_note, question)


@permission_required("delivery.withdraw_shippingnote", raise_exception=True)
@submit_once
def shippingnote_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """撤回並開立修訂 (3.1.3)."""
    note = find_note(request.user, reference)
    form = forms.ReasonForm(sent(request))
    question = Question(
        _("已撤回；這是下一修訂的草稿，改好後請重新提交簽發"),
        _(
            "這張單據就此失效：已點的序列號釋回、司機與客戶的連結關閉，倉庫與分管領導會收到通知。"
            "系統照這張單開立下一修訂的草稿。"
        ),
    )
    return ask(request, note, "withdraw", form, actions.withdraw_note, question)
