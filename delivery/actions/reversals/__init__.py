"""沖銷 (3.2.2): what corrects a note after its last signature."""

from delivery.actions.reversals.approving import approve_reversal
from delivery.actions.reversals.drafting import draft_reversal
from delivery.actions.reversals.redrawing import redraw_note
from delivery.actions.reversals.voiding import refuse_reversal, void_reversal

__all__ = ["approve_reversal", "draft_reversal", "redraw_note", "refuse_reversal", "void_reversal"]
