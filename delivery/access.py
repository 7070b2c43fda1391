"""Who may see a shipping note, attach files to it, or reads it blind (docs/access.md)."""

from delivery.models import ShippingNote, TransitLoss
from delivery.workflow import WORKFLOW, S

COUNTING = (S.VERIFYING, S.ADJUSTING)
# Whoever may take some step of a note may lay evidence beside it; who only reads may not.
_STEPS = {step.permission for step in WORKFLOW if step.permission} | {"delivery.edit_shippingnote"}


def may_see(note: ShippingNote, user) -> bool:
    return ShippingNote.objects.visible_to(user).filter(pk=note.pk).exists()


def may_add(note: ShippingNote, user) -> bool:
    return is_contributor(user) and may_see(note, user)


def may_see_by_note(document, user) -> bool:
    """Of what grows from a note, such as its reversal: whoever sees the note."""
    return may_see(document.note, user)


def may_add_by_note(document, user) -> bool:
    return may_add(document.note, user)


def may_see_loss(loss: TransitLoss, user) -> bool:
    """Whoever sees the note, and its owner."""
    return TransitLoss.objects.visible_to(user).filter(pk=loss.pk).exists()


def may_add_to_loss(loss: TransitLoss, user) -> bool:
    return user.has_perm("delivery.handle_transitloss") and may_see_loss(loss, user)


def is_contributor(user) -> bool:
    """Whether the page of a visible note offers the upload."""
    return any(user.has_perm(permission) for permission in _STEPS)


def counts_blind(note: ShippingNote, user) -> bool:
    """A keeper in the middle of counting, who may not read what is not counted yet (3.1.4).

    Where the company counts blind (Company.blind_count).
    """
    return (
        note.state in COUNTING
        and "delivery.verify_shippingnote" in user.own_permissions
        and not user.has_perm("delivery.edit_shippingnote")
    )
