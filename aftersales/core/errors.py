"""Refusals: objects that carry their reason, the clause and the field they belong to."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class RuleViolation(ValidationError):
    """A rule of the procedure says no.

    `message` is a sentence for the user which says what to do and names the right value;
    `clause` is the clause of Q/SB-8.5.11 it comes from; `field` is the form field to show it at.
    A form shows it by `form.refuse(violation)`; outside a form RefusalMiddleware shows a page.
    """

    def __init__(self, message, *, clause: str = "", field: str | None = None):
        super().__init__(message, code="rule")
        self.clause = clause
        self.field = field


class StaleEdit(RuleViolation):
    """Somebody else has changed the document since the form was opened.

    `current` is the document as it is now; the page shows both versions.
    """

    def __init__(self, current):
        super().__init__(_("這張單據在您編輯期間已被修改，請比對兩個版本後再決定"))
        self.current = current


def sentences(error: ValidationError) -> list[str]:
    """The sentences of a validation error, those of model fields with the field's name first."""
    if hasattr(error, "error_dict"):
        return [message for errors in error.message_dict.values() for message in errors]
    return list(error.messages)
