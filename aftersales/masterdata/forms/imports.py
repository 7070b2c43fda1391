from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm


class UploadForm(BaseForm):
    """The file to be read; nothing is written before its preview is confirmed."""

    file = forms.FileField(
        label=_("試算表"),
        help_text=_("Excel（.xlsx）或 CSV，2,000 列以內；上傳後先預覽，確認前不會寫入"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )


class ConfirmForm(BaseForm):
    """What was seen in the preview (its fingerprint), and whether rows that exist are changed."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    update_existing = forms.BooleanField(label=_("更新已有的"), required=False)


class ReasonForm(BaseForm):
    """Why: it stays in the audit trail."""

    reason = forms.CharField(label=_("理由"), max_length=300)
    widths = {"reason": "wide"}
