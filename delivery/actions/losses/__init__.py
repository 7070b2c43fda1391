"""途損 (3.2.2): opened at the receipt, then claimed on the carrier or dealt with in the house."""

from delivery.actions.losses.assessing import assess_loss
from delivery.actions.losses.claiming import claim_loss
from delivery.actions.losses.ending import resolve_incident, settle_claim, write_off_loss
from delivery.actions.losses.handing_on import hand_on_loss
from delivery.actions.losses.opening import open_loss
from delivery.actions.losses.replying import accept_claim, reject_claim
from delivery.actions.losses.warning import warn_of_claims

__all__ = [
    "accept_claim",
    "assess_loss",
    "claim_loss",
    "hand_on_loss",
    "open_loss",
    "reject_claim",
    "resolve_incident",
    "settle_claim",
    "warn_of_claims",
    "write_off_loss",
]
