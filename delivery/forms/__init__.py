from delivery.forms.arrivals import ArrivalDecisionForm, CallReportForm
from delivery.forms.counting import AdjustForm, CountForm
from delivery.forms.dispatching import PaperForm, VehicleForm
from delivery.forms.lines import LineFormSet
from delivery.forms.loading import LoadForm
from delivery.forms.notes import NoteForm
from delivery.forms.receiving import (
    CustomerReceiptForm,
    DecidedReceiptForm,
    PaperReceiptForm,
)
from delivery.forms.reversals import ReversalForm
from delivery.forms.scheduling import ScheduleForm
from delivery.forms.verbs import (
    ConfirmForm,
    ContactForm,
    InspectionForm,
    ReasonForm,
    ReleaseForm,
    VersionForm,
)

__all__ = [
    "AdjustForm",
    "ArrivalDecisionForm",
    "CallReportForm",
    "ConfirmForm",
    "ContactForm",
    "CountForm",
    "CustomerReceiptForm",
    "DecidedReceiptForm",
    "InspectionForm",
    "LineFormSet",
    "LoadForm",
    "NoteForm",
    "PaperForm",
    "PaperReceiptForm",
    "ReasonForm",
    "ReleaseForm",
    "ReversalForm",
    "ScheduleForm",
    "VehicleForm",
    "VersionForm",
]
