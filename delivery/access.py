"""Who may see a shipping note, and who may attach files to it (docs/access.md)."""

from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

# Whoever may take some step of a note may lay evidence beside it; who only reads may not.
_STEPS = {step.permission for step in WORKFLOW if step.permission} | {"delivery.edit_shippingnote"}


def may_see(note: ShippingNote, user) -> bool:
    return ShippingNote.objects.visible_to(user).filter(pk=note.pk).exists()


def may_add(note: ShippingNote, user) -> bool:
    return is_contributor(user) and may_see(note, user)


def is_contributor(user) -> bool:
    """Whether the page of a visible note offers the upload."""
    return any(user.has_perm(permission) for permission in _STEPS)
