"""3.2.2 a fault found on arrival: reported, confirmed by us, signed; the goods wait until then."""

from delivery.actions.arrivals.confirming import confirm_arrival
from delivery.actions.arrivals.locking import ReportChanged
from delivery.actions.arrivals.reporting import report_arrival

__all__ = ["ReportChanged", "confirm_arrival", "report_arrival"]
