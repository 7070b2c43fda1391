"""Drawing up a 發貨單 and changing a draft (3.1.3)."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.errors import StaleEdit
from aftersales.core.pages import submit_once
from delivery import actions
from delivery.actions.drafting import check_editable
from delivery.forms import LineFormSet, NoteForm
from delivery.views import suggestions, versions
from delivery.views.finding import find_note

MORE = 5


@permission_required("delivery.edit_shippingnote", raise_exception=True)
@submit_once
def shippingnote_create(request: HttpRequest) -> HttpResponse:
    """開單: a new draft, empty or after an earlier note (?copy=its number)."""
    if request.htmx:
        return suggestions.answer(request)
    if request.method == "POST":
        form, lines = NoteForm(request.POST), LineFormSet(request.POST)
    else:
        facts, rows = _copied(request)
        form, lines = NoteForm(initial=facts), LineFormSet(initial=rows)
    if "more_lines" in request.POST:
        form, lines = _with_more_lines(request)
    elif request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        facts = {**form.cleaned_data}
        facts.pop("version")
        facts = facts if facts["salesperson"] else _without(facts, "salesperson")
        try:
            note = actions.create_note(
                actor=request.user, now=timezone.now(), lines=lines.lines(), **facts
            )
        except ValidationError as refusal:
            _refuse(form, lines, refusal)
        else:
            messages.success(request, _("草稿已存，單號在提交簽發時取得"))
            return redirect(note)
    return _page(request, form, lines)


@permission_required("delivery.edit_shippingnote", raise_exception=True)
@submit_once
def shippingnote_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """修改草稿; a stale form meets both versions, nothing of it is written."""
    note = find_note(request.user, reference)
    check_editable(note)
    if request.method == "POST":
        form = NoteForm(request.POST, note=note, initial=NoteForm.facts_of(note))
        lines = LineFormSet(request.POST, note=note)
    else:
        form = NoteForm(initial=NoteForm.facts_of(note), note=note)
        lines = LineFormSet(initial=LineFormSet.facts_of(note), note=note)
    both = []
    if "more_lines" in request.POST:
        form, lines = _with_more_lines(request, note)
    elif request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        facts = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        if note.scheduled_at:
            facts = _without(facts, "ship_on")
        try:
            note = actions.update_note(
                note, actor=request.user, now=timezone.now(), lines=lines.lines(), **facts
            )
        except StaleEdit as conflict:
            both = versions.of(form, lines, conflict.current)
        except ValidationError as refusal:
            _refuse(form, lines, refusal)
        else:
            messages.success(request, _("草稿已更新"))
            return redirect(note)
    return _page(request, form, lines, note=note, versions=both, status=409 if both else 200)


def _page(request, form, lines, *, note=None, versions=(), status=200) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines,
        "note": note,
        "versions": versions,
        "customers": suggestions.customers(""),
        "products": suggestions.products(""),
    }
    return render(request, "delivery/shippingnote_form.html", context, status=status)


def _copied(request: HttpRequest) -> tuple[dict, list[dict]]:
    """The initial values of a new note: today's date, or an earlier note's facts and goods."""
    facts, rows = {"issued_on": timezone.localdate()}, []
    if reference := request.GET.get("copy"):
        note = find_note(request.user, reference)
        own = ("version", "external_no", "issued_on", "ship_on")
        facts |= _without(NoteForm.facts_of(note), *own)
        rows = [
            _without(row, "pk", "planned_serials", "lot_no", "due_on")
            for row in LineFormSet.facts_of(note)
        ]
    return facts, rows


def _with_more_lines(request: HttpRequest, note=None) -> tuple[NoteForm, LineFormSet]:
    """The same page with what was typed and more empty rows; nothing is checked yet."""
    data = request.POST
    form = NoteForm(initial={name: data.get(name) for name in NoteForm.base_fields}, note=note)
    sent = LineFormSet(data, note=note)
    typed = [{name: row[name].value() for name in row.fields} for row in sent.forms]
    kept = [row for row in typed if any(value for value in row.values())]
    lines = LineFormSet(initial=kept, note=note)
    lines.extra = min(len(sent.forms) - len(kept) + MORE, lines.max_num - len(kept))
    return form, lines


def _refuse(form: NoteForm, lines: LineFormSet, refusal: ValidationError) -> None:
    if not lines.refuse(refusal):
        form.refuse(refusal)


def _without(facts: dict, *names: str) -> dict:
    return {name: value for name, value in facts.items() if name not in names}
