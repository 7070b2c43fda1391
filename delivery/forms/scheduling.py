"""Arranging the delivery (3.1.2): the day, the way, and what each way demands."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseForm
from aftersales.masterdata import qualification
from aftersales.masterdata.models import Carrier, Contract
from delivery.models import ShippingNote


class CarrierSelect(forms.RadioSelect):
    """The carriers; one that lacks papers on the day is shown with what it lacks, and closed."""

    closed: frozenset = frozenset()

    def create_option(self, name, value, label, selected, index, **kwargs):
        is_closed = str(value) in self.closed
        option = super().create_option(
            name, value, label, selected and not is_closed, index, **kwargs
        )
        if is_closed:
            option["attrs"]["disabled"] = True
        return option


class ScheduleForm(BaseForm):
    """The fields are the keyword arguments of actions.schedule_note."""

    ship_on = DayField(label=_("發貨日期"), help_text=_("最早是今天"))
    delivery_mode = forms.ChoiceField(
        label=_("交付方式"),
        choices=ShippingNote.DeliveryMode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("請選擇交付方式")},
    )
    delivery_mode_reason = forms.CharField(
        label=_("可行性與費用"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("為什麼這樣交付：路程、車輛、費用（3.2.2）"),
    )
    carrier = forms.ModelChoiceField(
        label=_("承運商"),
        queryset=Carrier.objects.none(),
        required=False,
        empty_label=None,
        widget=CarrierSelect,
        help_text=_("委託外部運輸才選；缺協議或驗證的不能選（3.1.2）"),
    )
    waybill_no = forms.CharField(label=_("運單號"), required=False, max_length=60)
    pickup_basis = forms.ChoiceField(
        label=_("自提依據"),
        choices=ShippingNote.PickupBasis.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("顧客自提才填（3.2.1）"),
    )
    contract = forms.ModelChoiceField(
        label=_("合同"), queryset=Contract.objects.none(), required=False, empty_label=_("沒有")
    )
    pickup_basis_text = forms.CharField(
        label=_("約定"), required=False, max_length=200, help_text=_("何時、與何人商定自提")
    )
    sections = [
        (
            _("何時，怎樣"),
            "3.1.2",
            ["ship_on", "contract", "delivery_mode", "delivery_mode_reason"],
        ),
        (_("委託外部運輸"), "3.2.2", ["carrier", "waybill_no"]),
        (_("顧客自提"), "3.2.1", ["pickup_basis", "pickup_basis_text"]),
    ]
    widths = {"delivery_mode": "wide", "carrier": "wide"}

    def __init__(self, *args, note: ShippingNote, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = note.customer.contracts.order_by("-signed_on")
        # An option is closed by how the carrier stands on the day that is asked for.
        self._close(note.ship_on if note.ship_on and note.ship_on > today else today)

    def _close(self, on: date) -> None:
        carriers = Carrier.objects.active().order_by("code")
        lacking = {
            carrier.pk: lacks
            for carrier in carriers
            if (lacks := qualification.standing(carrier, on).lacks)
        }
        field = self.fields["carrier"]
        field.queryset = carriers
        field.label_from_instance = lambda carrier: _said(carrier, lacking.get(carrier.pk))
        field.widget.closed = frozenset(map(str, lacking))
        if not carriers:
            field.help_text = _("主檔裡還沒有承運商，不能委託外部運輸（3.1.2）")


def _said(carrier: Carrier, lacks: tuple[str, ...] | None) -> str:
    if not lacks:
        return carrier.name
    return _t("%(carrier)s：不能選，%(lacks)s") % {"carrier": carrier, "lacks": "；".join(lacks)}
