"""Lock, then look: the note first, as every verb of it does, then the reversal."""

from delivery.actions.locking import locked
from delivery.models import Reversal


def locked_reversal(reversal: Reversal) -> Reversal:
    """The reversal as it is now, its note's row and its own locked until the transaction ends."""
    locked(reversal.note)
    rows = Reversal.objects.select_for_update(of=("self",)).select_related("note", "replacement")
    return rows.get(pk=reversal.pk)
