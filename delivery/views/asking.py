"""What all verbs of a document have in common: ask, do, say so, and go to the document."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import stale
from aftersales.core.errors import StaleEdit
from aftersales.core.forms import BaseForm
from aftersales.core.workflow import Workflow
from delivery.models import Reversal, ShippingNote, TransitLoss
from delivery.workflow import LOSS_WORKFLOW, REVERSAL_WORKFLOW, WORKFLOW


@dataclass(frozen=True)
class Manner:
    """How a kind of document is asked about: its table of steps, the page (which extends
    delivery/verb.html) and what the document is called there."""

    workflow: Workflow
    template: str
    name: str


MANNERS = {
    ShippingNote: Manner(WORKFLOW, "delivery/shippingnote_verb.html", "note"),
    Reversal: Manner(REVERSAL_WORKFLOW, "delivery/reversals/verb.html", "reversal"),
    TransitLoss: Manner(LOSS_WORKFLOW, "delivery/losses/verb.html", "loss"),
}


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
    subject: Model,
    action: str,
    form: BaseForm,
    act: Callable[..., object],
    question: Question,
) -> HttpResponse:
    """Show the verb's page, or do it: `act(subject, actor=, now=, **the form's facts)`.

    A refusal is shown beside its field; where the form was overtaken, both versions are. Leads to
    the document that the action gives back.
    """
    versions, status = [], 200
    if request.method == "POST" and form.is_valid():
        facts = getattr(form, "facts", form.cleaned_data)
        try:
            outcome = act(subject, actor=request.user, now=timezone.now(), **facts)
        except StaleEdit as conflict:
            form.refuse(conflict)
            versions, status = _both(form, conflict), 409
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, question.done)
            return redirect(outcome if hasattr(outcome, "get_absolute_url") else subject)
    if question.shows_lines:
        prefetch_related_objects([subject], "lines")
    manner = MANNERS[type(subject)]
    closed = _why_closed(subject, action, manner.workflow)
    context = {
        manner.name: subject,
        "subject": subject,
        "form": form,
        "step": manner.workflow.step(subject, manner.workflow[action], request.user),
        "question": question,
        "closed": closed,
        "is_open": not closed,
        "versions": versions,
    }
    return render(request, manner.template, context, status=status)


def _both(form: BaseForm, conflict: StaleEdit) -> list[dict]:
    """The rows of components/stale_edit.html; a form whose fields are not those of the document
    says itself what differs (`versions(current)`)."""
    rows = stale.show_both(form, conflict.current)
    return form.versions(conflict.current) if hasattr(form, "versions") else rows


def _why_closed(subject: Model, action: str, workflow: Workflow) -> str:
    """Why this document has not this step now; empty where it has."""
    transition = workflow[action]
    if transition.concerns and (reason := transition.concerns(subject)):
        return reason
    state = workflow.state_of(subject)
    if state in transition.sources:
        return ""
    return _("%(note)s 目前是「%(state)s」，不能「%(action)s」。") % {
        "note": subject,
        "state": workflow.state_label(subject, state),
        "action": transition.label,
    }
