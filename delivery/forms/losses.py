"""The forms of the verbs of a loss in transit (3.2.2); fields are the actions' arguments.

Each carries the version that was looked at, so that nobody decides about what changed meanwhile.
"""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.form_fields import DayField, NumberField
from aftersales.core.forms import BaseForm
from delivery.actions.losses.handing_on import possible_owners
from delivery.models import TransitLoss, TransitLossLine
from delivery.quantities import plain


class LossForm(BaseForm):
    """Only confirmed; the base of the others."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AmountField(NumberField):
    """An amount of money: 0 or more, at most two places."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_digits=14, decimal_places=2, **kwargs)


def _words(label, rows: int = 3, most: int = 2000, **kwargs) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


@dataclass(frozen=True)
class AmountRow:
    """A line that was lost, with the fields that say what it amounts to."""

    lost: TransitLossLine
    amount: BoundField
    remark: BoundField


class AssessForm(LossForm):
    """An amount and a remark for each line."""

    def __init__(self, loss: TransitLoss, *args, **kwargs):
        super().__init__(*args, initial={"version": loss.version}, **kwargs)
        self.lost = list(loss.lines.all())
        for row in self.lost:
            where = {"line": row.line.line_no, "kind": row.get_kind_display()}
            self.fields[f"amount_{row.pk}"] = AmountField(
                label=_t("第 %(line)d 行「%(kind)s」的損失金額") % where,
                initial=None if row.amount is None else plain(row.amount),
            )
            self.fields[f"remark_{row.pk}"] = forms.CharField(
                label=_t("第 %(line)d 行「%(kind)s」的情形") % where,
                initial=row.remark,
                max_length=300,
                required=False,
            )

    @property
    def rows(self) -> list[AmountRow]:
        return [
            AmountRow(row, self[f"amount_{row.pk}"], self[f"remark_{row.pk}"]) for row in self.lost
        ]

    @property
    def facts(self) -> dict:
        """The keyword arguments of actions.assess_loss."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "amounts": {row.pk: data.get(f"amount_{row.pk}") for row in self.lost},
            "remarks": {row.pk: data.get(f"remark_{row.pk}", "") for row in self.lost},
        }

    def versions(self, current: TransitLoss) -> list[dict]:
        """What is stored now beside what was sent (components/stale_edit.html)."""
        data = self.cleaned_data
        return [
            {
                "label": self.fields[f"amount_{row.pk}"].label,
                "theirs": f"{plain(row.amount)} {row.remark}".strip(),
                "yours": f"{plain(data.get(f'amount_{row.pk}'))} "
                f"{data.get(f'remark_{row.pk}', '')}".strip(),
            }
            for row in current.lines.all()
        ]


class AcceptForm(LossForm):
    agreed_amount = AmountField(label=_("同意賠償金額"))
    replied_on = DayField(label=_("答復日期"), help_text=_("由索賠日期到今天"))
    reply = _words(_("對方答復"), help_text=_("對方怎樣說，何人答復；來函請作附件"))


class RejectForm(LossForm):
    replied_on = DayField(label=_("答復日期"), help_text=_("由索賠日期到今天"))
    reply = _words(_("對方答復"), help_text=_("拒絕的理由，何人答復；來函請作附件"))


class SettleForm(LossForm):
    settled_amount = AmountField(label=_("實收賠償金額"))
    settlement_ref = forms.CharField(
        label=_("收款憑證"),
        max_length=120,
        required=False,
        help_text=_("銀行回單、收據或抵扣運費的單號"),
    )
    reason = _words(
        _("少收的理由"),
        most=300,
        required=False,
        help_text=_("實收少於對方同意的金額時要寫明"),
    )


class ResolveForm(LossForm):
    cause = _words(_("原因"), help_text=_("為什麼會短少、受潮或損壞"))
    measure = _words(_("改進措施"), help_text=_("怎樣防止再發生，由誰做、何時做"))


class HandOnForm(LossForm):
    owner = forms.ModelChoiceField(
        label=_("新的負責人"),
        queryset=User.objects.none(),
        empty_label=_("請選"),
        help_text=_("在職的銷售或物流人員；新舊負責人都會收到通知"),
    )

    def __init__(self, loss: TransitLoss, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners().exclude(pk=loss.owner_id)


class WriteOffForm(LossForm):
    reason = _words(_("核銷理由"), most=300, help_text=_("至少 2 個字；會告訴負責人與物流"))
