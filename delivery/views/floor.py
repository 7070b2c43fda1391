"""The keeper's pages (3.1.4): the queue, one note line by line, differences, the gate."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import audit
from aftersales.core.pages import page_of, submit_once
from delivery import actions, floor, forms
from delivery.models import LineCount, ShippingNote
from delivery.quantities import plain
from delivery.views.asking import Question, ask
from delivery.views.finding import find_note
from delivery.workflow import WORKFLOW, S

COUNTING = (S.VERIFYING, S.ADJUSTING)


@require_safe
@permission_required("delivery.verify_shippingnote", raise_exception=True)
def shippingnote_verify_queue(request: HttpRequest) -> HttpResponse:
    """待核對: what can be verified, and what is blocked by what."""
    page = page_of(request, floor.queue(request.user))
    start = WORKFLOW["start_verification"]
    for note in page:
        note.blocked_by = (
            WORKFLOW.step(note, start, request.user).missing if note.state == S.RELEASED else ()
        )
    return render(request, "delivery/floor/queue.html", {"page": page})


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def shippingnote_start_verification(request: HttpRequest, reference: str) -> HttpResponse:
    """開始核對, then straight to the first line."""
    note = find_note(request.user, reference)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    question = Question(
        _("開始核對，請逐項點數"), _("逐項點數，錄入序列號與批號；全部一致才放行裝車。")
    )
    answer = ask(request, note, "start_verification", form, actions.start_verification, question)
    return _then(answer, "shippingnote_verify", note)


@require_safe
@permission_required("delivery.verify_shippingnote", raise_exception=True)
def shippingnote_verify(request: HttpRequest, reference: str) -> HttpResponse:
    """One note, line by line. ?line= chooses a line, ?find= looks one up by a scanned text."""
    note = find_note(request.user, reference)
    if note.state == S.RELEASED:
        return redirect("shippingnote_start_verification", note.reference)
    if note.state not in COUNTING:
        return redirect(note)
    lines = floor.lines_of(note)
    wanted = request.GET.get("line", "")
    chosen = next((each for each in lines if str(each.line.line_no) == wanted), None)
    context = {"scanned": request.GET.get("find", "").strip()[:200]}
    if context["scanned"]:
        context["found"] = floor.find(lines, context["scanned"])
        if len(context["found"]) == 1:
            chosen = context["found"][0]
            context["is_scanned"] = True
    return _verify_page(request, note, lines, chosen, None, context)


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def shippingnote_count_line(request: HttpRequest, reference: str, line_no: int) -> HttpResponse:
    """Keep one attempt at a line and say whether it matches."""
    note = find_note(request.user, reference)
    line = _line_or_404(note, line_no)
    if request.method != "POST":
        return redirect(_verify_url(note, line_no))
    form = forms.CountForm(request.POST)
    if form.is_valid():
        try:
            count = actions.count_line(
                line, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            _say(request, count)
            return redirect("shippingnote_verify", note.reference)
    note = find_note(request.user, reference)  # somebody may have gone on meanwhile
    lines = floor.lines_of(note)
    chosen = next((each for each in lines if each.line.pk == line.pk), None)
    return _verify_page(request, note, lines, chosen, form, {})


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def shippingnote_adjust_line(request: HttpRequest, reference: str, line_no: int) -> HttpResponse:
    """What was done about the last difference of a line, before it is counted again."""
    note = find_note(request.user, reference)
    lines = floor.lines_of(note)
    each = next((each for each in lines if each.line.line_no == line_no), None)
    if each is None:
        raise Http404
    if note.state != S.ADJUSTING or not each.is_in_trouble:
        return redirect(_verify_url(note, line_no))
    initial = {"put_back_bin": each.line.bin}
    form = forms.AdjustForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            adjustment = actions.adjust_line(
                each.last, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _after_adjusting(request, note, line_no, adjustment)
    return render(request, "delivery/floor/adjust.html", {"note": note, "each": each, "form": form})


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def shippingnote_complete_verification(request: HttpRequest, reference: str) -> HttpResponse:
    """核對完成: the gate opens where every line matches."""
    note = find_note(request.user, reference)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    question = Question(
        _("%(note)s 核對完成，發貨人員已收到通知") % {"note": note.title},
        _("每一行都一致；完成後由發貨人員出庫放行。"),
    )
    answer = ask(
        request, note, "complete_verification", form, actions.complete_verification, question
    )
    return _then(answer, "shippingnote_verify_queue")


@permission_required("delivery.verify_shippingnote", raise_exception=True)
@submit_once
def shippingnote_recheck(request: HttpRequest, reference: str) -> HttpResponse:
    """重新核對: everything is counted anew."""
    note = find_note(request.user, reference)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    question = Question(
        _("已清除點數，請重新核對"),
        _("全部行重新點數：已點的數量清除、序列號釋回、司機的連結關閉；歷次核對記錄保留。"),
    )
    answer = ask(request, note, "recheck", form, actions.recheck_note, question)
    return _then(answer, "shippingnote_verify", note)


def _verify_page(request, note, lines, chosen, form, context) -> HttpResponse:
    """The page around one line; without a choice the first line that is still to be counted."""
    is_chosen = chosen is not None
    current = chosen or next((each for each in lines if each.is_open), None)
    is_ambiguous = len(context.get("found", ())) > 1  # first choose which line is meant
    if current is not None and (is_ambiguous or not current.is_open):
        current = None
    if current and form is None:
        scanned = context.get("scanned", "")
        form = forms.CountForm(initial={"serial_nos": floor.serial_in(current, scanned)})
    context |= {
        "note": note,
        "lines": lines,
        "chosen": chosen if is_chosen else current,
        "current": current,
        "form": form,
        "missing": floor.missing(lines),
        "matched": sum(each.is_matched for each in lines),
        "left": sum(not each.is_matched for each in lines),
        "started": _started(note),
    }
    return render(request, "delivery/floor/verify.html", context)


def _started(note: ShippingNote):
    """The audit entry with which this round of counting began."""
    begins = ("shippingnote.verification_started", "shippingnote.rechecked")
    return next((entry for entry in audit.timeline(note) if entry.event in begins), None)


def _line_or_404(note: ShippingNote, line_no: int):
    line = note.lines.filter(line_no=line_no).first()
    if line is None:
        raise Http404
    line.note = note
    return line


def _say(request: HttpRequest, count: LineCount) -> None:
    facts = {
        "line": count.line.line_no,
        "counted": plain(count.counted_quantity),
        "uom": count.line.uom,
        "difference": count.difference,
    }
    if count.is_match:
        messages.success(request, _("第 %(line)d 行一致：%(counted)s %(uom)s") % facts)
    else:
        words = _("第 %(line)d 行有差異：%(difference)s。已通知制單人。")
        messages.error(request, words % facts)


def _after_adjusting(request, note, line_no: int, adjustment) -> HttpResponse:
    if adjustment.measure == adjustment.Measure.CORRECTED:
        words = _("第 %(line)d 行已調整，請重新點數") % {"line": line_no}
        messages.success(request, words)
        return redirect(_verify_url(note, line_no))
    messages.warning(request, _("已記錄並通知銷售內勤；其他行可以繼續核對"))
    return redirect("shippingnote_verify", note.reference)


def _verify_url(note: ShippingNote, line_no: int) -> str:
    return reverse("shippingnote_verify", args=[note.reference]) + f"?line={line_no}"


def _then(answer: HttpResponse, url_name: str, note: ShippingNote | None = None) -> HttpResponse:
    """Lead on to another page where the verb was done."""
    if answer.status_code != 302:
        return answer
    return redirect(url_name, note.reference) if note else redirect(url_name)
