"""Lock, then look: what every action on a shipping note begins with."""

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy, tidy_lines
from delivery.models import ShippingNote

SHORTEST_REASON = 2


def locked(note: ShippingNote) -> ShippingNote:
    """The note as it is now, its row locked until the transaction ends."""
    return ShippingNote.objects.select_for_update().get(pk=note.pk)


def required_text(text: str, field: str, label: str, *, clause: str, lines: bool = False) -> str:
    """The text without stray blanks. Raises RuleViolation at `field` where nothing is left."""
    text = (tidy_lines if lines else tidy)(text or "")
    if not text:
        raise RuleViolation(_("請填寫%(label)s") % {"label": label}, clause=clause, field=field)
    return text


def required_reason(reason: str, *, clause: str) -> str:
    """A reason that says something, at most 300 characters. Raises RuleViolation."""
    reason = tidy(reason or "")
    if len(reason) < SHORTEST_REASON:
        raise RuleViolation(
            _("請寫明理由，至少 %(least)d 個字") % {"least": SHORTEST_REASON},
            clause=clause,
            field="reason",
        )
    longest = ShippingNote._meta.get_field("reason").max_length
    if len(reason) > longest:
        raise RuleViolation(
            _("理由最多 %(most)d 個字，現在有 %(now)d 個字")
            % {"most": longest, "now": len(reason)},
            clause=clause,
            field="reason",
        )
    return reason


def check_lengths(note: ShippingNote, *fields: str) -> None:
    """Raises ValidationError at the field whose text is too long."""
    note.clean_fields(exclude={field.name for field in note._meta.fields} - set(fields))
