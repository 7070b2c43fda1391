"""The verbs of a 發貨單, one plain function each; views, commands and imports only call them."""

from delivery.actions.adjusting import adjust_line
from delivery.actions.arrivals import ReportChanged, confirm_arrival, report_arrival
from delivery.actions.closing import file_paper
from delivery.actions.contacts import log_contact
from delivery.actions.counting import count_line
from delivery.actions.dispatching import assign_vehicle, issue_note, renew_link
from delivery.actions.doors import LinkGone
from delivery.actions.drafting import create_note, update_note
from delivery.actions.inspection import record_inspection
from delivery.actions.loading import load_note
from delivery.actions.losses import (
    accept_claim,
    assess_loss,
    claim_loss,
    hand_on_loss,
    open_loss,
    reject_claim,
    resolve_incident,
    settle_claim,
    write_off_loss,
)
from delivery.actions.pickup import (
    check_pickup,
    confirm_pickup,
    consent_pickup,
    decline_pickup,
    hand_over,
    repack_pickup,
    state_pickup_cause,
)
from delivery.actions.receiving import arrive_note, receive_note, record_receipt
from delivery.actions.releasing import refuse_note, release_note, send_back_note
from delivery.actions.reversals import (
    approve_reversal,
    draft_reversal,
    redraw_note,
    refuse_reversal,
    void_reversal,
)
from delivery.actions.scheduling import acknowledge_note, schedule_note
from delivery.actions.submitting import cancel_note, submit_note
from delivery.actions.verification import complete_verification, recheck_note, start_verification
from delivery.actions.withdrawing import withdraw_note

__all__ = [
    "LinkGone",
    "ReportChanged",
    "accept_claim",
    "acknowledge_note",
    "adjust_line",
    "approve_reversal",
    "arrive_note",
    "assess_loss",
    "assign_vehicle",
    "cancel_note",
    "check_pickup",
    "claim_loss",
    "complete_verification",
    "confirm_arrival",
    "confirm_pickup",
    "consent_pickup",
    "count_line",
    "create_note",
    "decline_pickup",
    "draft_reversal",
    "file_paper",
    "hand_on_loss",
    "hand_over",
    "issue_note",
    "load_note",
    "log_contact",
    "open_loss",
    "receive_note",
    "recheck_note",
    "record_inspection",
    "record_receipt",
    "redraw_note",
    "refuse_note",
    "refuse_reversal",
    "reject_claim",
    "release_note",
    "renew_link",
    "repack_pickup",
    "report_arrival",
    "resolve_incident",
    "schedule_note",
    "send_back_note",
    "settle_claim",
    "start_verification",
    "state_pickup_cause",
    "submit_note",
    "update_note",
    "void_reversal",
    "withdraw_note",
    "write_off_loss",
]
