from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseForm, BaseModelForm
from aftersales.masterdata.models import CarrierAgreement, CarrierVerification


class AgreementForm(BaseModelForm):
    """承運協議; the fields are the keyword arguments of create_agreement and edit_agreement."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = [
        (_("協議"), "3.1.2", ["number", "signed_on", "valid_from", "valid_until"]),
        (_("質量責任"), "3.2.2", ["liability_terms", "claim_within_days", "remark"]),
    ]
    widths = {
        "number": "wide", "signed_on": "third", "valid_from": "third", "valid_until": "third",
    }  # fmt: skip

    class Meta:
        model = CarrierAgreement
        fields = [
            "number",
            "signed_on",
            "valid_from",
            "valid_until",
            "liability_terms",
            "claim_within_days",
            "remark",
            "version",
        ]
        field_classes = dict.fromkeys(("signed_on", "valid_from", "valid_until"), DayField)
        widgets = {
            "liability_terms": forms.Textarea(attrs={"rows": 4}),
            "remark": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["claim_within_days"].unit = _("天")


class TerminationForm(BaseForm):
    """The day from which an agreement binds no more, and why; see terminate_agreement."""

    terminated_on = DayField(label=_("終止日"), help_text=_("自這天起不再有效；最早是今天"))
    reason = forms.CharField(label=_("理由"), max_length=300)
    widths = {"terminated_on": "third", "reason": "wide"}


class VerificationForm(BaseForm):
    """質量保證能力驗證; the fields are the keyword arguments of create_verification."""

    verdict = forms.ChoiceField(
        label=_("結論"),
        choices=CarrierVerification.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("請選結論：合格或不合格")},
    )
    verified_on = DayField(label=_("驗證日期"), help_text=_("最晚是今天"))
    expires_on = DayField(
        label=_("有效至"), required=False, help_text=_("結論合格時必填；不合格立即生效，不必填")
    )
    evidence = forms.CharField(
        label=_("驗證依據"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("車輛與資質、防潮防震、保險、以往運輸記錄；文件登記後在承運商頁加附件"),
    )
    remark = forms.CharField(
        label=_("備註"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    sections = [
        (_("驗證"), "3.2.2", ["verdict", "verified_on", "expires_on", "evidence", "remark"])
    ]
    widths = {"verdict": "wide"}
