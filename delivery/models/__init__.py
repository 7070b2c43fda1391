from delivery.models.arrivals import ArrivalLine, ArrivalReport, DamageKind
from delivery.models.contact_logs import ContactLog
from delivery.models.counts import Adjustment, LineCount
from delivery.models.lines import LineSerial, ShippingNoteLine
from delivery.models.losses import TransitLoss, TransitLossLine
from delivery.models.notes import ShippingNote
from delivery.models.pickups import PickupCheck, PickupCheckLine, PickupDifference
from delivery.models.receipts import LoadingCount, Signature
from delivery.models.reversals import Reversal, ReversalLine

__all__ = [
    "Adjustment",
    "ArrivalLine",
    "ArrivalReport",
    "ContactLog",
    "DamageKind",
    "LineCount",
    "LineSerial",
    "LoadingCount",
    "PickupCheck",
    "PickupCheckLine",
    "PickupDifference",
    "Reversal",
    "ReversalLine",
    "ShippingNote",
    "ShippingNoteLine",
    "Signature",
    "TransitLoss",
    "TransitLossLine",
]
