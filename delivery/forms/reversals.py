"""What a reversal takes back of a signed note (3.2.2); fields are the arguments of draft_reversal."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm
from delivery.actions.reversals.remaining import Remaining
from delivery.forms.quantities import QuantityField


@dataclass(frozen=True)
class ReversalRow:
    """A line that still stands, with the field that says how much of it goes back."""

    each: Remaining
    quantity: BoundField | None
    serials: BoundField | None


class ReversalForm(BaseForm):
    """A quantity for each line, or its serial numbers to tick, and the reason."""

    reason = forms.CharField(
        label=_("沖銷理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("至少 2 個字；核准的分管領導憑此判斷"),
    )

    def __init__(self, standing: list[Remaining], *args, take_all: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = [each for each in standing if each.quantity]
        for each in self.standing:
            if each.serial_nos:
                self.fields[f"serials_{each.line.pk}"] = forms.MultipleChoiceField(
                    label=each.line.name,
                    choices=[(serial, serial) for serial in each.serial_nos],
                    initial=each.serial_nos if take_all else (),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            else:
                self.fields[f"line_{each.line.pk}"] = QuantityField(
                    label=each.line.name,
                    initial=each.quantity if take_all else None,
                    required=False,
                )

    @property
    def rows(self) -> list[ReversalRow]:
        return [
            ReversalRow(each, None, self[f"serials_{each.line.pk}"])
            if each.serial_nos
            else ReversalRow(each, self[f"line_{each.line.pk}"], None)
            for each in self.standing
        ]

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.draft_reversal."""
        data = self.cleaned_data
        return {
            "reason": data["reason"],
            "quantities": {
                each.line.pk: data.get(f"line_{each.line.pk}")
                for each in self.standing
                if not each.serial_nos
            },
            "serial_nos": {
                each.line.pk: data.get(f"serials_{each.line.pk}") or []
                for each in self.standing
                if each.serial_nos
            },
        }

    def refuse(self, error) -> None:
        """A refusal of a line with serial numbers stands beside its ticks."""
        field = getattr(error, "field", None) or ""
        if field.startswith("line_") and field not in self.fields:
            error.field = field.replace("line_", "serials_", 1)
        super().refuse(error)
