"""The receipt (3.2.2): all sound or not for every line, and who signs; on a phone or off paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseForm
from delivery.forms.loading import DIFFERENT, SAME, SignedForm, text
from delivery.forms.quantities import PhotosField, QuantityField
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine, Signature
from delivery.receipts import Receipt

ANSWERS = ((SAME, _("全部完好")), (DIFFERENT, _("有問題")))
Fate = LineSerial.Fate
TONES = {Fate.SOUND: "done", Fate.DAMAGED: "late", Fate.SHORT: "wait", Fate.REFUSED: "draft"}


@dataclass(frozen=True)
class Part:
    """One of the four quantities of a line, with its word and tone."""

    name: str
    label: str
    tone: str
    field: BoundField


@dataclass(frozen=True)
class ReceiptRow:
    """A line with its fields: the fate of each serial number, or the four quantities."""

    line: ShippingNoteLine
    answer: BoundField
    parts: list[Part]
    serials: list[tuple[LineSerial, BoundField]]
    remark: BoundField
    photos: BoundField | None


class ReceiptForm(BaseForm):
    """What was received of every line. The two below say who signs and how."""

    takes_photos = True
    name = text(Signature, "name", _("姓名"))
    phone = text(Signature, "phone", _("手機"), required=False)

    def __init__(self, note: ShippingNote, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = list(note.lines.prefetch_related("serials"))
        for line in self.lines:
            self._add_fields(line)

    def _add_fields(self, line: ShippingNoteLine) -> None:
        facts = {"line": line.line_no, "name": line.name}
        words = _t("第 %(line)d 行 %(name)s 還沒有核對") % facts
        self.fields[f"line_{line.pk}"] = forms.ChoiceField(
            label=line.name, choices=ANSWERS, error_messages={"required": words}
        )
        if serials := line.serials.all():
            for serial in serials:
                self.fields[f"fate_{serial.pk}"] = forms.ChoiceField(
                    label=serial.serial_no, choices=Fate.choices, required=False
                )
        else:
            for fate in Fate:
                self.fields[f"{fate}_{line.pk}"] = QuantityField(label=fate.label, required=False)
        self.fields[f"remark_{line.pk}"] = text(
            ShippingNoteLine, "receipt_remark", _("情形"), required=False
        )
        if self.takes_photos:
            self.fields[f"photos_{line.pk}"] = PhotosField()

    @property
    def rows(self) -> list[ReceiptRow]:
        return [self._row(line) for line in self.lines]

    def _row(self, line: ShippingNoteLine) -> ReceiptRow:
        serials = [(serial, self[f"fate_{serial.pk}"]) for serial in line.serials.all()]
        parts = [
            Part(str(fate), str(fate.label), TONES[fate], self[f"{fate}_{line.pk}"])
            for fate in Fate
            if not serials
        ]
        return ReceiptRow(
            line,
            self[f"line_{line.pk}"],
            parts,
            serials,
            self[f"remark_{line.pk}"],
            self[f"photos_{line.pk}"] if self.takes_photos else None,
        )

    def clean(self):
        data = super().clean()
        data["receipts"] = {
            line.pk: self._receipt(line, data)
            for line in self.lines
            if data.get(f"line_{line.pk}") in (SAME, DIFFERENT)
        }
        for line in self.lines:
            self._check_trouble_is_told(line, data)
        return data

    def _check_trouble_is_told(self, line: ShippingNoteLine, data: dict) -> None:
        """Who says 有問題 and leaves all sound without a word has not come to the end of it."""
        if data.get(f"line_{line.pk}") != DIFFERENT:
            return
        told = data["receipts"][line.pk]
        is_sound = set(told.fates.values()) == {Fate.SOUND} or told.sound == line.loaded_quantity
        if is_sound and not (told.has_trouble or told.remark or told.photos):
            words = _t(
                "第 %(line)d 行 %(name)s 選了「有問題」，請標出哪一件有問題或寫明情形；都好就選「全部完好」"
            )
            self.add_error(f"line_{line.pk}", words % {"line": line.line_no, "name": line.name})

    def _receipt(self, line: ShippingNoteLine, data: dict) -> Receipt:
        """Of a line that is all right nothing else counts, whatever still stands in its fields."""
        if data[f"line_{line.pk}"] == SAME:
            return Receipt.all_sound(line)
        told = {
            "remark": data.get(f"remark_{line.pk}", ""),
            "photos": tuple(data.get(f"photos_{line.pk}") or ()),
        }
        if serials := line.serials.all():
            fates = {each.serial_no: data.get(f"fate_{each.pk}") or "" for each in serials}
            return Receipt(fates=fates, **told)
        numbers = {str(fate): data.get(f"{fate}_{line.pk}") or Decimal(0) for fate in Fate}
        return Receipt(**numbers, **told)


class CustomerReceiptForm(SignedForm, ReceiptForm):
    """On the customer's phone: drawn, or a photo of the signed paper; photos of the goods."""

    photo = forms.FileField(label=_("紙本簽名照片"), required=False)
    photos = PhotosField(label=_("其他照片"))

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.receive_note."""
        names = ("receipts", "name", "phone", "path", "photo", "photos")
        return {name: self.cleaned_data[name] for name in names}


class PaperReceiptForm(ReceiptForm):
    """Off the paper that the driver brought back."""

    signed_on = DayField(label=_("簽收日期"))

    takes_photos = False  # the paper itself is filed, and pictures with it

    def __init__(self, note: ShippingNote, *args, today: date, **kwargs):
        initial = {"signed_on": today, "name": note.consignee, "phone": note.phone}
        super().__init__(note, *args, initial=initial, **kwargs)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.record_receipt."""
        names = ("receipts", "name", "phone", "signed_on")
        return {name: self.cleaned_data[name] for name in names}
