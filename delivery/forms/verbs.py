"""The forms of the desk's verbs; their fields are the keyword arguments of the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField, MomentField
from aftersales.core.forms import BaseForm
from delivery.models import ContactLog


class ConfirmForm(BaseForm):
    """Nothing to fill in: the step is only confirmed."""


class ReasonForm(BaseForm):
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("至少 2 個字；會記在單上，並告訴有關的人"),
    )


class ReleaseForm(BaseForm):
    """The version that the leader has before the eyes goes along."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.BooleanField(
        label=_("已看過這張單的全部內容"),
        error_messages={"required": _("請看過內容後勾選「已看過」，再簽發")},
    )

    def clean(self):
        # What the action takes is the version; the tick is the form's own demand.
        return {"version": self.cleaned_data.get("version")}


class VersionForm(BaseForm):
    """Only confirmed; the version that was looked at goes along."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ContactForm(BaseForm):
    at = MomentField(label=_("聯絡時間"), help_text=_("實際聯絡的時間，不晚於現在"))
    channel = forms.ChoiceField(
        label=_("方式"), choices=ContactLog.Channel.choices, widget=forms.RadioSelect
    )
    person = forms.CharField(label=_("對方"), max_length=60, help_text=_("與客戶的哪一位談定"))
    agreed = forms.CharField(
        label=_("約定內容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("到貨日期、地點、卸貨條件等談定的事"),
    )
    widths = {"at": "half", "channel": "half", "person": "half"}


class InspectionForm(BaseForm):
    final_inspection_no = forms.CharField(label=_("終檢合格單號"), max_length=60)
    final_inspection_on = DayField(label=_("終檢日期"), help_text=_("不晚於今天"))
    final_inspection_by = forms.CharField(label=_("終檢人"), max_length=60)
    widths = {
        "final_inspection_no": "third",
        "final_inspection_on": "third",
        "final_inspection_by": "third",
    }
