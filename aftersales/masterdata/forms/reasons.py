from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm


class ReasonForm(BaseForm):
    """Why: it stays in the audit trail."""

    reason = forms.CharField(label=_("理由"), max_length=300)
    widths = {"reason": "wide"}
