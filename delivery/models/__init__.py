from delivery.models.contact_logs import ContactLog
from delivery.models.counts import Adjustment, LineCount
from delivery.models.lines import LineSerial, ShippingNoteLine
from delivery.models.notes import ShippingNote
from delivery.models.receipts import LoadingCount, Signature

__all__ = [
    "Adjustment",
    "ContactLog",
    "LineCount",
    "LineSerial",
    "LoadingCount",
    "ShippingNote",
    "ShippingNoteLine",
    "Signature",
]
