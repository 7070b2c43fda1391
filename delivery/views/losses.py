"""Losses in transit (3.2.2): the page of each, and the verbs from the amount to the end."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aftersales.core import attachments, timeline
from aftersales.core.forms import AttachmentForm
from aftersales.core.models import Company
from aftersales.core.pages import submit_once
from delivery import loss_page
from delivery.access import may_add_to_loss
from delivery.actions import losses as actions
from delivery.actions.losses.printing import record_letter
from delivery.forms import losses as forms
from delivery.loss_letters import read_letter, render_letter
from delivery.models import TransitLoss, TransitLossLine
from delivery.views.asking import Question, ask, sent
from delivery.workflow import LOSS_WORKFLOW

HANDLE, END = "delivery.handle_transitloss", "delivery.end_transitloss"


def _find(request: HttpRequest, number: str) -> TransitLoss:
    """Within reach, with the lines that guards and page read. Raises Http404."""
    lines = TransitLossLine.objects.select_related("line").order_by("line__line_no", "kind")
    rows = TransitLoss.objects.visible_to(request.user).select_related(
        "note__customer", "carrier", "agreement", "owner", "ended_by"
    )
    return get_object_or_404(rows.prefetch_related(Prefetch("lines", lines)), number=number)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def transitloss_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one loss: what comes next, what was lost, claim, answers, evidence."""
    loss = _find(request, number)
    rows, pictures_of_load = loss_page.rows_of(loss)
    files = attachments.of(loss)
    deadline, tone = loss_page.deadline_words(loss, timezone.localdate())
    steps = LOSS_WORKFLOW.available(loss, request.user)
    context = {
        "loss": loss,
        "path": loss_page.path_of(loss),
        "steps": sorted(steps, key=lambda step: (step.is_danger, not step.is_primary)),
        "waits_for": loss_page.waits_for(loss),
        "age": loss.age(timezone.localdate()),
        "rows": rows,
        "pictures_of_load": pictures_of_load,
        "deadline": deadline,
        "deadline_tone": tone,
        "events": timeline.lines_of(loss),
        "attachments": files,
        "pictures": [each for each in files if each.media_type.startswith("image/")],
        "upload_form": AttachmentForm() if may_add_to_loss(loss, request.user) else None,
    }
    return render(request, "delivery/losses/detail.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
@never_cache
def transitloss_letter(request: HttpRequest, number: str) -> HttpResponse:
    """索賠函 to the carrier, or 內部事故報告 of the own fleet, as PDF; each print is on record."""
    loss = _find(request, number)
    with override(settings.LANGUAGE_CODE):  # a paper of the company's, whatever the screen speaks
        content = render_letter(read_letter(loss), company=Company.current())
    record_letter(loss, actor=request.user, now=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{loss.number}.pdf")
    return response


@permission_required(HANDLE, raise_exception=True)
@submit_once
def transitloss_assess(request: HttpRequest, number: str) -> HttpResponse:
    """核定損失金額, line by line."""
    loss = _find(request, number)
    form = forms.AssessForm(loss, sent(request))
    words = _("逐行填損失金額；依發貨單的單價提出，可以改。沒有損失的填 0。")
    question = Question(_("損失金額已核定"), words, submit=_("核定"))
    return ask(request, loss, "assess", form, actions.assess_loss, question)


@permission_required(HANDLE, raise_exception=True)
@submit_once
def transitloss_claim(request: HttpRequest, number: str) -> HttpResponse:
    """向承運商索賠, citing the agreement."""
    loss = _find(request, number)
    form = forms.LossForm(sent(request), initial={"version": loss.version})
    words = _("以各行合計的金額、今天的日期，依所引的承運協議索賠；之後列印索賠函寄給承運商。")
    question = Question(_("已索賠，請列印索賠函寄給承運商"), words, submit=_("索賠"))
    return ask(request, loss, "claim", form, actions.claim_loss, question)


@permission_required(HANDLE, raise_exception=True)
@submit_once
def transitloss_accept(request: HttpRequest, number: str) -> HttpResponse:
    """登記對方接受."""
    loss = _find(request, number)
    initial = {
        "version": loss.version,
        "agreed_amount": loss.claimed_amount,
        "replied_on": timezone.localdate(),
    }
    form = forms.AcceptForm(sent(request), initial=initial)
    words = _("承運商同意賠償，全部或一部分。之後由銷售部經理在收到賠款時了結。")
    question = Question(_("已登記，等銷售部經理了結"), words)
    return ask(request, loss, "accept", form, actions.accept_claim, question)


@permission_required(HANDLE, raise_exception=True)
@submit_once
def transitloss_reject(request: HttpRequest, number: str) -> HttpResponse:
    """登記對方拒絕."""
    loss = _find(request, number)
    initial = {"version": loss.version, "replied_on": timezone.localdate()}
    form = forms.RejectForm(sent(request), initial=initial)
    words = _("承運商不同意賠償。之後可以再次索賠，或由銷售部經理核銷。")
    question = Question(_("已登記對方拒絕"), words)
    return ask(request, loss, "reject", form, actions.reject_claim, question)


@permission_required(END, raise_exception=True)
@submit_once
def transitloss_settle(request: HttpRequest, number: str) -> HttpResponse:
    """了結索賠, when the money is there."""
    loss = _find(request, number)
    initial = {"version": loss.version, "settled_amount": loss.agreed_amount}
    form = forms.SettleForm(sent(request), initial=initial)
    words = _("賠款已收到或已抵扣。了結之後不能再改。")
    question = Question(_("索賠已了結"), words)
    return ask(request, loss, "settle", form, actions.settle_claim, question)


@permission_required(END, raise_exception=True)
@submit_once
def transitloss_resolve(request: HttpRequest, number: str) -> HttpResponse:
    """了結事故 of the own fleet."""
    loss = _find(request, number)
    initial = {"version": loss.version, "cause": loss.cause, "measure": loss.measure}
    form = forms.ResolveForm(sent(request), initial=initial)
    words = _("寫明原因與改進措施，事故就此了結，之後不能再改。")
    question = Question(_("內部事故已了結"), words)
    return ask(request, loss, "resolve", form, actions.resolve_incident, question)


@permission_required(END, raise_exception=True)
@submit_once
def transitloss_hand_on(request: HttpRequest, number: str) -> HttpResponse:
    """改派負責人."""
    loss = _find(request, number)
    form = forms.HandOnForm(loss, sent(request), initial={"version": loss.version})
    words = _("現在的負責人是 %(owner)s。") % {"owner": loss.owner}
    question = Question(_("已改派，新舊負責人都收到通知"), words, submit=_("改派"))
    return ask(request, loss, "hand_on", form, actions.hand_on_loss, question)


@permission_required(END, raise_exception=True)
@submit_once
def transitloss_write_off(request: HttpRequest, number: str) -> HttpResponse:
    """核銷, with the reason."""
    loss = _find(request, number)
    form = forms.WriteOffForm(sent(request), initial={"version": loss.version})
    words = _("不再追償，途損就此結束，不能恢復。")
    question = Question(_("已核銷"), words)
    return ask(request, loss, "write_off", form, actions.write_off_loss, question)
