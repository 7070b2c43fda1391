"""The forms of a pick-up (3.2.1): the check of the three, what follows a difference, the receiver."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.form_fields import MomentField
from aftersales.core.forms import BaseForm
from delivery.actions.pickup.checking import CLERK, KEEPER, Found
from delivery.forms.loading import DIFFERENT, SAME, SignedForm, text
from delivery.forms.quantities import QuantityField
from delivery.models import (
    PickupCheck,
    PickupCheckLine,
    PickupDifference,
    ShippingNote,
    ShippingNoteLine,
    Signature,
)
from delivery.pickup import people_with

ANSWERS = ((SAME, _("相符")), (DIFFERENT, _("不符")))


@dataclass(frozen=True)
class CheckRow:
    """A line with its three fields."""

    line: ShippingNoteLine
    answer: BoundField
    counted: BoundField
    remark: BoundField


class PickupCheckForm(BaseForm):
    """Who is there, and right or not for every line."""

    clerk = forms.ModelChoiceField(label=_("銷售內勤"), queryset=User.objects.none())
    keeper = forms.ModelChoiceField(label=_("倉庫保管員"), queryset=User.objects.none())
    customer_person = text(PickupCheck, "customer_person", _("顧客代表"))
    customer_phone = text(PickupCheck, "customer_phone", _("顧客代表電話"), required=False)
    credential = text(PickupCheck, "credential", _("提貨憑證"), required=False)

    def __init__(
        self,
        note: ShippingNote,
        user: User,
        *args,
        last: PickupCheck | None,
        now: datetime,
        **kwargs,
    ):
        super().__init__(*args, initial=_expected(note, user, last), **kwargs)
        self.fields["clerk"].queryset = people_with(CLERK, now)
        self.fields["keeper"].queryset = people_with(KEEPER, now)
        self.lines = list(note.lines.prefetch_related("serials"))
        for line in self.lines:
            self._add_fields(line)

    def _add_fields(self, line: ShippingNoteLine) -> None:
        facts = {"line": line.line_no, "name": line.name}
        words = _t("第 %(line)d 行 %(name)s 還沒有核對") % facts
        self.fields[f"line_{line.pk}"] = forms.ChoiceField(
            label=line.name, choices=ANSWERS, error_messages={"required": words}
        )
        self.fields[f"counted_{line.pk}"] = QuantityField(label=_("實點數量"), required=False)
        self.fields[f"remark_{line.pk}"] = text(
            PickupCheckLine, "remark", _("不符情形"), required=False
        )

    @property
    def rows(self) -> list[CheckRow]:
        return [
            CheckRow(line, *(self[f"{part}_{line.pk}"] for part in ("line", "counted", "remark")))
            for line in self.lines
        ]

    def clean(self):
        data = super().clean()
        data["found"] = {}
        for line in self.lines:
            if data.get(f"line_{line.pk}") == SAME:
                data["found"][line.pk] = Found(line.quantity)
            elif data.get(f"line_{line.pk}") == DIFFERENT:
                self._read_different(line, data)
        return data

    def _read_different(self, line: ShippingNoteLine, data: dict) -> None:
        """Of a line that differs: how much is there, and in a word what is wrong."""
        field = f"counted_{line.pk}"
        counted, remark = data.get(field), data.get(f"remark_{line.pk}", "")
        if field in self.errors:
            return
        if counted is None:
            self.add_error(field, _t("請填 %(name)s 實點的數量") % {"name": line.name})
        elif counted == line.quantity and not remark:
            words = _t("數量與單上相同，請寫明哪裡不符，或改選「相符」")
            self.add_error(f"remark_{line.pk}", words)
        else:
            data["found"][line.pk] = Found(counted, remark)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.check_pickup."""
        names = ("clerk", "keeper", "customer_person", "customer_phone", "credential", "found")
        return {name: self.cleaned_data[name] for name in names}


def _expected(note: ShippingNote, user: User, last: PickupCheck | None) -> dict:
    """Who is probably there: whoever holds the tablet, and the others of the last check."""
    facts = {"clerk": last.clerk if last else note.issuer}
    facts["keeper"] = last.keeper if last else note.verified_by
    for name in ("customer_person", "customer_phone", "credential"):
        facts[name] = getattr(last, name) if last else ""
    if CLERK in user.own_permissions:
        facts["clerk"] = user
    elif KEEPER in user.own_permissions:
        facts["keeper"] = user
    return facts


class CauseForm(BaseForm):
    cause = forms.CharField(
        label=_("原因"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("單與貨為什麼不符：裝錯、漏裝、單上寫錯、標籤貼錯……"),
    )
    measure = forms.CharField(
        label=_("怎樣改正"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("補什麼、換什麼、怎樣重新包裝；經理同意後還要顧客確認"),
    )


class ConfirmationForm(BaseForm):
    confirmed_person = text(PickupDifference, "confirmed_person", _("顧客確認人"))
    confirmed_means = forms.ChoiceField(
        label=_("確認方式"), choices=PickupDifference.Means.choices, widget=forms.RadioSelect
    )
    confirmed_at = MomentField(
        label=_("確認時間"), help_text=_("顧客確認的時間：經理同意之後，不晚於現在")
    )
    widths = {"confirmed_means": "wide"}


class RepackForm(BaseForm):
    repack_remark = text(
        PickupDifference, "repack_remark", _("包裝說明"), required=False,
        help_text=_("換了什麼、包裝編號等"), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class HandOverForm(SignedForm):
    """The receiver: a name, and a signature drawn here or photographed from the paper."""

    name = text(Signature, "name", _("收貨人姓名"))
    phone = text(Signature, "phone", _("手機"), required=False)
    photo = forms.FileField(label=_("簽名照片"), required=False)

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.hand_over."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "path", "photo")}
