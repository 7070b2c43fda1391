"""What all pages of master data that write have in common: ask, do, say so, go to the row."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aftersales.core import stale
from aftersales.core.errors import StaleEdit


def create(
    request: HttpRequest, form, act: Callable[..., Model], *, template: str, said: str, **context
) -> HttpResponse:
    """A new row: `act(actor=, now=, **the form's fields)`. A refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            row = act(actor=request.user, now=timezone.now(), **facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said % {"name": row})
            return redirect(row)
    return render(request, template, {"form": form, **context})


def edit(
    request: HttpRequest, row: Model, form, act: Callable[..., Model], *, template: str, said: str,
    **context,
) -> HttpResponse:  # fmt: skip
    """Change a row. One that was changed since the form was opened shows both versions."""
    versions = []
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        try:
            row = act(row, actor=request.user, now=timezone.now(), **facts)
        except StaleEdit as conflict:
            versions = stale.show_both(form, conflict.current)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said % {"name": row})
            return redirect(row)
    context |= {"form": form, "row": row, "versions": versions}
    return render(request, template, context, status=409 if versions else 200)


def decide(
    request: HttpRequest, row: Model, form, act: Callable[..., Model], *, said: str, **words
) -> HttpResponse:
    """Ask first, with a reason, then do it. `words` are those of components/confirm.html."""
    if request.method == "POST" and form.is_valid():
        try:
            row = act(row, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said % {"name": row})
            return redirect(row)
    return render(request, "masterdata/decide.html", {"row": row, "form": form, **words})
