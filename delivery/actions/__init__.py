"""The verbs of a 發貨單, one plain function each; views, commands and imports only call them."""

from delivery.actions.contacts import log_contact
from delivery.actions.drafting import create_note, update_note
from delivery.actions.inspection import record_inspection
from delivery.actions.releasing import refuse_note, release_note, send_back_note
from delivery.actions.scheduling import acknowledge_note, schedule_note
from delivery.actions.submitting import cancel_note, submit_note
from delivery.actions.withdrawing import withdraw_note

__all__ = [
    "acknowledge_note",
    "cancel_note",
    "create_note",
    "log_contact",
    "record_inspection",
    "refuse_note",
    "release_note",
    "schedule_note",
    "send_back_note",
    "submit_note",
    "update_note",
    "withdraw_note",
]
