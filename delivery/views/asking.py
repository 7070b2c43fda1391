"""What all verbs of the desk have in common: ask, do, say so, and go to the document."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from aftersales.core.forms import BaseForm
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW


@dataclass(frozen=True)
class Question:
    """The words of a verb's page: what is said when done, and what the step brings about."""

    done: str
    consequence: str
    submit: str = ""  # the words of the button, where they are not the step's own
    shows_lines: bool = False


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is sent too, a GET is not."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest,
    note: ShippingNote,
    action: str,
    form: BaseForm,
    act: Callable[..., object],
    question: Question,
) -> HttpResponse:
    """Show the verb's page, or do it: `act(note, actor=, now=, **the form's fields)`.

    A refusal is shown beside its field. Leads to the document that the action gives back.
    """
    if request.method == "POST" and form.is_valid():
        try:
            outcome = act(note, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, question.done)
            return redirect(outcome if isinstance(outcome, ShippingNote) else note)
    step = WORKFLOW.step(note, WORKFLOW[action], request.user)
    is_open = note.state in WORKFLOW[action].sources
    context = {"note": note, "form": form, "step": step, "question": question, "is_open": is_open}
    return render(request, "delivery/shippingnote_verb.html", context)
