"""A fault on arrival (3.2.2): what the customer says on the phone, and what we decide."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm
from aftersales.core.models import Attachment
from delivery import arrivals
from delivery.forms.loading import text
from delivery.forms.receiving import ReceiptForm
from delivery.models import ArrivalLine, ArrivalReport, ShippingNoteLine
from delivery.receipts import FATES, Fate, Receipt

Decision = ArrivalLine.Decision
BY_LINE, WHOLE = "lines", "whole"


class CallReportForm(ReceiptForm):
    """Written down by our people while the customer is on the phone."""

    name = text(ArrivalReport, "reporter", _("回報人"))
    phone = text(ArrivalReport, "phone", _("電話"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.report_arrival."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("receipts", "phone", "seen")}
        return {**facts, "reporter": data["name"]}


@dataclass(frozen=True)
class DecisionRow:
    """A reported line, what would become of it either way, and the choice."""

    arrived: ArrivalLine
    told: Receipt
    if_returned: Receipt
    decision: BoundField
    photos: list[Attachment]

    @property
    def line(self) -> ShippingNoteLine:
        return self.arrived.line

    @property
    def serials(self) -> list[tuple[str, str]]:
        """Each number of the line with what was found of it."""
        words = dict(FATES)
        return [(no, words[Fate(fate)]) for no, fate in sorted(self.arrived.fates.items())]


class ArrivalDecisionForm(BaseForm):
    """卸貨收下 or 整行退回 for each line, or 整車退回; and what the customer reads."""

    scope = forms.ChoiceField(
        label=_("怎樣處理"),
        choices=((BY_LINE, _("逐行決定")), (WHOLE, _("整車退回"))),
        initial=BY_LINE,
    )
    answer = text(ArrivalReport, "answer", _("給客戶的說明"), widget=forms.Textarea({"rows": 2}))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, report: ArrivalReport, *args, **kwargs):
        initial = {"seen": arrivals.stamp(report), "answer": report.answer}
        super().__init__(*args, initial=initial, **kwargs)
        self.arrived = list(report.lines.all())
        self.photos = arrivals.photos(report.note)
        for each in self.arrived:
            self.fields[f"decision_{each.line_id}"] = forms.ChoiceField(
                label=each.line.name,
                choices=Decision.choices,
                required=False,
                initial=each.decision or ("" if each.has_trouble else Decision.UNLOAD),
            )

    def clean(self):
        """All that is not decided at once; the action would name the first."""
        data = super().clean()
        for each in self.arrived:
            name = f"decision_{each.line_id}"
            if data.get("scope") != WHOLE and each.has_trouble and not data.get(name):
                self.add_error(name, arrivals.undecided(each))
        return data

    @property
    def rows(self) -> list[DecisionRow]:
        """The lines about which something was said."""
        return [self._row(each) for each in self.arrived if each.has_trouble or each.remark]

    @property
    def sound_rows(self) -> list[DecisionRow]:
        return [self._row(each) for each in self.arrived if not (each.has_trouble or each.remark)]

    def _row(self, each: ArrivalLine) -> DecisionRow:
        told = Receipt.of(each)
        photos = self.photos.get(each.line.line_no, [])
        return DecisionRow(each, told, told.returned(), self[f"decision_{each.line_id}"], photos)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.confirm_arrival."""
        data = self.cleaned_data
        return {
            "decisions": {
                each.line_id: data.get(f"decision_{each.line_id}", "") for each in self.arrived
            },
            "returns_all": data["scope"] == WHOLE,
            "answer": data["answer"],
            "seen": data["seen"],
        }
