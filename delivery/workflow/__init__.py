"""What may follow what in the delivery wing: one table for each document."""

from delivery.workflow.arrivals import ARRIVAL_WORKFLOW
from delivery.workflow.losses import LOSS_WORKFLOW
from delivery.workflow.notes import BEFORE_LEAVING, PATH, PICKUP_PATH, WORKFLOW, S
from delivery.workflow.pickups import PICKUP_WORKFLOW, last_check
from delivery.workflow.reversals import REVERSAL_WORKFLOW

__all__ = [
    "ARRIVAL_WORKFLOW",
    "BEFORE_LEAVING",
    "LOSS_WORKFLOW",
    "PATH",
    "PICKUP_PATH",
    "PICKUP_WORKFLOW",
    "REVERSAL_WORKFLOW",
    "WORKFLOW",
    "S",
    "last_check",
]
