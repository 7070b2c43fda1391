"""Arranging the delivery (3.1.2): the day, the way, and what each way demands."""

from contextlib import suppress
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
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
    contract = forms.ModelChoiceField(
        label=_("合同"),
        queryset=Contract.objects.none(),
        required=False,
        empty_label=_("沒有"),
        help_text=_("這批貨依哪份合同交付"),
    )
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
        help_text=_("為什麼選這種方式：路程與車輛是否可行、費用約多少、與別的方式相比（3.2.2）"),
    )
    carrier = forms.ModelChoiceField(
        label=_("承運商"),
        queryset=Carrier.objects.none(),
        required=False,
        empty_label=None,
        widget=CarrierSelect,
        help_text=_(
            "委託外部運輸：缺承運協議或能力驗證的不能選（3.1.2）；協議記在單上，途損時引用"
        ),
    )
    waybill_no = forms.CharField(
        label=_("運單號"), required=False, max_length=60, help_text=_("還沒有就先空著")
    )
    pickup_basis = forms.ChoiceField(
        label=_("自提依據"),
        choices=ShippingNote.PickupBasis.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("顧客自提：上面選的合同約定了自提，或雙方商定並寫明怎樣商定（3.2.1）"),
    )
    pickup_basis_text = forms.CharField(
        label=_("約定"),
        required=False,
        max_length=200,
        help_text=_("雙方商定的，寫明何時、與何人商定"),
    )
    sections = [
        (
            _("何時，怎樣"),
            "3.1.2",
            ["ship_on", "contract", "delivery_mode", "delivery_mode_reason"],
        ),
        # Each way shows its own two: static/css/desk.css.
        (
            _("承運商，或自提依據"),
            "3.2",
            ["carrier", "waybill_no", "pickup_basis", "pickup_basis_text"],
        ),
    ]
    widths = {"delivery_mode": "wide", "carrier": "wide", "pickup_basis": "wide"}

    def __init__(self, *args, note: ShippingNote, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = note.customer.contracts.order_by("-signed_on")
        self._offer_carriers(self._day(note, today))

    def _day(self, note: ShippingNote, today: date) -> date:
        """The day for which the carriers are shown: the one asked for, else the note's or today."""
        asked = None
        if self.is_bound:
            with suppress(ValidationError):
                asked = self.fields["ship_on"].clean(self["ship_on"].data)
        return max(asked or note.ship_on or today, today)

    def _offer_carriers(self, on: date) -> None:
        carriers = Carrier.objects.active().order_by("code")
        stands = {carrier.pk: qualification.standing(carrier, on) for carrier in carriers}
        field = self.fields["carrier"]
        field.queryset = carriers
        field.label_from_instance = lambda carrier: _said(carrier, stands[carrier.pk])
        field.widget.closed = frozenset(
            str(pk) for pk, stand in stands.items() if not stand.is_qualified
        )
        if not stands:
            field.help_text = _("主檔裡還沒有承運商，不能委託外部運輸（3.1.2）")

    def clean(self):
        """A carrier that a forged form names is held to the same papers as one that is offered."""
        data = super().clean()
        is_carried = data.get("delivery_mode") == ShippingNote.DeliveryMode.CARRIER
        carrier, ship_on = data.get("carrier"), data.get("ship_on")
        asks = is_carried and carrier and ship_on
        if asks and (message := qualification.refusal(carrier, ship_on)):
            self.add_error("carrier", message)
        return data


def _said(carrier: Carrier, stand: qualification.Standing) -> str:
    """The name, and below it what the carrier lacks or the agreement that binds it."""
    if stand.is_qualified:
        words = _t("協議 %(number)s，至 %(until)s；能力驗證至 %(verified)s") % {
            "number": stand.agreement.number,
            "until": stand.agreement.valid_until,
            "verified": stand.verification.expires_on,
        }
    else:
        words = _t("不能選：%(lacks)s") % {"lacks": "；".join(stand.lacks)}
    return format_html('{}<small class="choices__why">{}</small>', carrier.name, words)
