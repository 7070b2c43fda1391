"""The driver's form (3.2.2): right or not for every line, who drives, and the signature."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.errors import RuleViolation
from aftersales.core.forms import BaseForm
from delivery.forms.quantities import QuantityField
from delivery.models import ShippingNote, ShippingNoteLine, Signature
from delivery.signing import read_path

SAME, DIFFERENT = "same", "different"
ANSWERS = ((SAME, _("數量對")), (DIFFERENT, _("不對")))


def text(model, field: str, label, *, required: bool = True, **kwargs) -> forms.CharField:
    """A field as long as the column that keeps it."""
    longest = model._meta.get_field(field).max_length
    return forms.CharField(label=label, max_length=longest, required=required, **kwargs)


class SignedForm(BaseForm):
    """A form with a signature: drawn into `path`, or a photo of it."""

    path = forms.CharField(label=_("簽名"), required=False, widget=forms.HiddenInput)

    @property
    def stroke(self) -> str:
        """What was drawn, to be shown again; nothing where it is not clean path data."""
        try:
            return read_path(self["path"].value() or "")
        except RuleViolation:
            return ""


@dataclass(frozen=True)
class LoadRow:
    """A line with its two fields."""

    line: ShippingNoteLine
    answer: BoundField
    counted: BoundField


class LoadForm(SignedForm):
    name = text(Signature, "name", _("姓名"))
    vehicle_no = text(ShippingNote, "vehicle_no", _("車牌"))
    phone = text(Signature, "phone", _("手機"), required=False)
    photo = forms.FileField(label=_("簽名照片"), required=False)

    def __init__(self, note: ShippingNote, *args, **kwargs):
        initial = {
            "name": note.driver_name,
            "vehicle_no": note.vehicle_no,
            "phone": note.driver_phone,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.lines = list(note.lines.all())
        for line in self.lines:
            words = _t("第 %(line)d 行 %(name)s 還沒有點數") % {
                "line": line.line_no,
                "name": line.name,
            }
            self.fields[f"line_{line.pk}"] = forms.ChoiceField(
                label=line.name, choices=ANSWERS, error_messages={"required": words}
            )
            self.fields[f"counted_{line.pk}"] = QuantityField(label=_("實際裝車"), required=False)

    @property
    def rows(self) -> list[LoadRow]:
        return [
            LoadRow(line, self[f"line_{line.pk}"], self[f"counted_{line.pk}"])
            for line in self.lines
        ]

    def clean(self):
        data = super().clean()
        counts = {}
        for line in self.lines:
            counted = data.get(f"counted_{line.pk}")
            if data.get(f"line_{line.pk}") == SAME:
                counts[line.pk] = line.verified_quantity
            elif data.get(f"line_{line.pk}") == DIFFERENT:
                counts[line.pk] = counted
                self._check_different(line, counted)
        data["counts"] = counts
        return data

    def _check_different(self, line: ShippingNoteLine, counted) -> None:
        field = f"counted_{line.pk}"
        if field in self.errors:
            return
        if counted is None:
            self.add_error(field, _t("請填 %(name)s 實際裝車的數量") % {"name": line.name})
        elif counted == line.verified_quantity:
            words = _t("填的數量與單上相同，請改選「數量對」，或更正數量")
            self.add_error(field, words)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.load_note."""
        data = self.cleaned_data
        names = ("counts", "name", "vehicle_no", "phone", "path", "photo")
        return {name: data[name] for name in names}
