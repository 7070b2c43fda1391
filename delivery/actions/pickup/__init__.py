"""Pick-up by the customer (3.2.1), one verb a file; the note's row is locked in all of them."""

from delivery.actions.pickup.causing import state_pickup_cause
from delivery.actions.pickup.checking import Found, check_pickup
from delivery.actions.pickup.confirming import confirm_pickup
from delivery.actions.pickup.consenting import consent_pickup, decline_pickup
from delivery.actions.pickup.handing import hand_over
from delivery.actions.pickup.repacking import repack_pickup

__all__ = [
    "Found",
    "check_pickup",
    "confirm_pickup",
    "consent_pickup",
    "decline_pickup",
    "hand_over",
    "repack_pickup",
    "state_pickup_cause",
]
