"""Who may see which document: each wing registers its models in AppConfig.ready().

What hangs on a document (files, the audit trail) follows the document: who may not see it meets
404 there too. docs/access.md is the table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.http import Http404


@dataclass(frozen=True)
class Reach:
    """`may_see(subject, user)`; `may_add(subject, user)` to attach files, None: nobody."""

    may_see: Callable[[Model, object], bool]
    may_add: Callable[[Model, object], bool] | None = None


_reaches: dict[type[Model], Reach] = {}


def register(model: type[Model], may_see, may_add=None) -> None:
    _reaches[model] = Reach(may_see, may_add)


def may_see(subject: Model | None, user) -> bool:
    """True where the user may see this document; a model that nobody registered is out of reach."""
    reach = _reaches.get(type(subject))
    return bool(reach and reach.may_see(subject, user))


def may_add(subject: Model, user) -> bool:
    """True where the user may attach files to this document."""
    reach = _reaches.get(type(subject))
    return bool(reach and reach.may_add and reach.may_add(subject, user))


def find(label: str, pk: int) -> Model:
    """The row of a registered model, by app_label.model. Raises Http404 for anything else."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    subject = model._default_manager.filter(pk=pk).first() if model in _reaches else None
    if subject is None:
        raise Http404
    return subject
