"""The receipt (3.2.2): all sound or what is wrong, for every line; by the customer or off paper."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.form_fields import DayField, MomentField
from aftersales.core.forms import BaseForm
from delivery import arrivals
from delivery.actions.arrivals.settling import PaperConfirmation
from delivery.forms.loading import DIFFERENT, SAME, SignedForm, text
from delivery.forms.quantities import PhotosField, QuantityField
from delivery.models import (
    ArrivalLine,
    ArrivalReport,
    DamageKind,
    LineSerial,
    ShippingNote,
    ShippingNoteLine,
    Signature,
)
from delivery.quantities import plain
from delivery.receipts import FATES, Fate, Receipt

ANSWERS = ((SAME, _("全部完好")), (DIFFERENT, _("有問題")))
KINDS = (("", _("請選")), *DamageKind.choices)
Decision = ArrivalLine.Decision
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
    kind: BoundField
    remark: BoundField
    photos: BoundField | None
    decision: BoundField | None


class ReceiptForm(BaseForm):
    """What was received of every line. Those below say who tells or signs it, and how.

    `report` fills in what has been reported before.
    """

    takes_photos = True
    takes_decisions = False
    name = text(Signature, "name", _("姓名"))
    phone = text(Signature, "phone", _("電話"), required=False)

    def __init__(
        self,
        note: ShippingNote,
        *args,
        report: ArrivalReport | None = None,
        initial: dict | None = None,
        **kwargs,
    ):
        filled = {"name": note.consignee, "phone": note.phone, **(initial or {})}
        filled |= _as_reported(report) if report else {}
        super().__init__(*args, initial=filled, **kwargs)
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
                    label=serial.serial_no, choices=FATES, required=False
                )
        else:
            for fate, label in FATES:
                self.fields[f"{fate}_{line.pk}"] = QuantityField(label=label, required=False)
        self.fields[f"kind_{line.pk}"] = forms.ChoiceField(
            label=_t("損壞的情形"), choices=KINDS, required=False
        )
        self.fields[f"remark_{line.pk}"] = text(
            ShippingNoteLine, "receipt_remark", _("情形"), required=False
        )
        if self.takes_photos:
            self.fields[f"photos_{line.pk}"] = PhotosField()
        if self.takes_decisions:
            self.fields[f"decision_{line.pk}"] = forms.ChoiceField(
                label=_t("處理"), choices=Decision.choices, required=False
            )

    @property
    def rows(self) -> list[ReceiptRow]:
        return [self._row(line) for line in self.lines]

    def _row(self, line: ShippingNoteLine) -> ReceiptRow:
        serials = [(serial, self[f"fate_{serial.pk}"]) for serial in line.serials.all()]
        parts = [
            Part(str(fate), str(label), TONES[fate], self[f"{fate}_{line.pk}"])
            for fate, label in FATES
            if not serials
        ]
        return ReceiptRow(
            line,
            self[f"line_{line.pk}"],
            parts,
            serials,
            self[f"kind_{line.pk}"],
            self[f"remark_{line.pk}"],
            self[f"photos_{line.pk}"] if self.takes_photos else None,
            self[f"decision_{line.pk}"] if self.takes_decisions else None,
        )

    @property
    def has_trouble(self) -> bool:
        """Whether some line was answered with 有問題."""
        return any(self.cleaned_data.get(f"line_{line.pk}") == DIFFERENT for line in self.lines)

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
        if is_sound and not told.is_told:
            words = _t(
                "第 %(line)d 行 %(name)s 選了「有問題」，請標出哪一件有問題或寫明情形；都好就選「全部完好」"
            )
            self.add_error(f"line_{line.pk}", words % {"line": line.line_no, "name": line.name})

    def _receipt(self, line: ShippingNoteLine, data: dict) -> Receipt:
        """Of a line that is all right nothing else counts, whatever still stands in its fields."""
        if data[f"line_{line.pk}"] == SAME:
            return Receipt.all_sound(line)
        told = {
            "damage_kind": data.get(f"kind_{line.pk}", ""),
            "remark": data.get(f"remark_{line.pk}", ""),
            "photos": tuple(data.get(f"photos_{line.pk}") or ()),
        }
        if serials := line.serials.all():
            fates = {each.serial_no: data.get(f"fate_{each.pk}") or "" for each in serials}
            return Receipt(fates=fates, **told)
        numbers = {str(fate): data.get(f"{fate}_{line.pk}") or Decimal(0) for fate in Fate}
        return Receipt(**numbers, **told)


class CustomerReceiptForm(SignedForm, ReceiptForm):
    """On the customer's phone: all sound and signed, drawn or photographed; or a report of trouble."""

    photo = forms.FileField(label=_("紙本簽名照片"), required=False)
    photos = PhotosField(label=_("其他照片"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.receive_note."""
        names = ("receipts", "name", "phone", "path", "photo", "photos", "seen")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def report_facts(self) -> dict:
        """The keyword arguments of actions.report_arrival."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("receipts", "phone", "photos", "seen")}
        return {**facts, "reporter": data["name"]}


class DecidedReceiptForm(SignedForm):
    """The customer signs what we have decided: the quantities are not the form's."""

    name = text(Signature, "name", _("姓名"))
    phone = text(Signature, "phone", _("電話"), required=False)
    photo = forms.FileField(label=_("紙本簽名照片"), required=False)
    decided = forms.CharField(widget=forms.HiddenInput)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.receive_note."""
        names = ("name", "phone", "path", "photo")
        facts = {name: self.cleaned_data[name] for name in names}
        return {**facts, "seen": self.cleaned_data["decided"]}


class PaperReceiptForm(ReceiptForm):
    """Off the paper that the driver brought back; with trouble also who of ours confirmed it."""

    signed_on = DayField(label=_("簽收日期"))
    confirmed_by = forms.ModelChoiceField(
        User.objects.none(), label=_("我方確認人"), required=False, empty_label=_("請選")
    )
    confirmed_at = MomentField(label=_("確認時間"), required=False)
    answer = text(ArrivalReport, "answer", _("確認的經過"), required=False)

    takes_photos = False  # the paper itself is filed, and pictures with it
    takes_decisions = True

    def __init__(self, note: ShippingNote, *args, now: datetime, **kwargs):
        initial = {"signed_on": timezone.localdate(now)}
        super().__init__(note, *args, initial=initial, **kwargs)
        people = [person.pk for person in arrivals.deciders(note, now)]
        self.fields["confirmed_by"].queryset = User.objects.filter(pk__in=people)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.record_receipt."""
        data = self.cleaned_data
        names = ("receipts", "name", "phone", "signed_on")
        decisions = {line.pk: data.get(f"decision_{line.pk}", "") for line in self.lines}
        confirmation = PaperConfirmation(
            data["confirmed_by"], data["confirmed_at"], data["answer"], decisions
        )
        return {name: data[name] for name in names} | {"confirmation": confirmation}


def _as_reported(report: ArrivalReport) -> dict:
    """What the fields of the lines say of a report."""
    filled = {"name": report.reporter, "phone": report.phone}
    for each in report.lines.all():
        filled[f"line_{each.line_id}"] = DIFFERENT if each.has_trouble or each.remark else SAME
        filled |= {f"{fate}_{each.line_id}": plain(getattr(each, fate)) for fate in Fate.values}
        filled |= {
            f"kind_{each.line_id}": each.damage_kind,
            f"remark_{each.line_id}": each.remark,
            f"decision_{each.line_id}": each.decision,
        }
        for serial in each.line.serials.all():
            filled[f"fate_{serial.pk}"] = each.fates.get(serial.serial_no, "")
    return filled
