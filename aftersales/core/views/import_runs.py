"""A large register on its way: how far the worker has come, what it found, what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from aftersales.core.errors import RuleViolation
from aftersales.core.forms import ConfirmImportForm
from aftersales.core.models import ImportRun
from aftersales.core.pages import submit_once
from aftersales.core.registers import kinds, runs
from aftersales.core.tasks import wake
from aftersales.core.views.registers import render_preview

State = ImportRun.State


@login_required
@submit_once
def import_run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """While a worker has it the page asks again by itself; then the preview to be confirmed, what
    was wrong, or what was done. POST confirms a preview, or has a stopped run read again."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    form = ConfirmImportForm(request.POST or None)
    if request.method == "POST":
        try:
            return _go_on(run, form)
        except RuleViolation as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(run)
    if request.htmx:
        return _progress(request, run)
    register = kinds.make(run.kind)
    if run.state in (State.READY, State.REFUSED) and run.preview:
        if run.reason:
            messages.warning(request, run.reason)
        return render_preview(request, register, run.preview, form, run.file_name, run.fingerprint)
    context = _standing(run) | {
        "register": register, "back_url": reverse(register.list_name),
        "again_url": reverse(f"{register.kind}_import"),
    }  # fmt: skip
    return render(request, "core/import_run.html", context)


def _progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """The bar alone; when the worker has let go, the page is asked for as a whole."""
    if not run.is_under_way:
        return HttpResponseClientRefresh()
    return render(request, "core/import_run_progress.html", _standing(run))


def _standing(run: ImportRun) -> dict:
    done, total = runs.progress_of(run)
    return {"run": run, "done": done, "total": total}


def _go_on(run: ImportRun, form: ConfirmImportForm) -> HttpResponse:
    now = timezone.now()
    if run.state == State.STOPPED:
        runs.restart(run, now=now)
    elif form.is_valid():
        runs.confirm(run, now=now, **form.cleaned_data)
    transaction.on_commit(lambda: wake(run))
    return redirect(run)
