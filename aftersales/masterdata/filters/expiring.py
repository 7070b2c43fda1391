"""How the list of what ends is narrowed."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata import expiry


class ExpiryFilterForm(forms.Form):
    """Which papers are shown in the list of what ends: of a kind, and by when."""

    kind = forms.ChoiceField(
        label=_("文件"),
        required=False,
        choices=[("", _("全部")), *((kind.code, kind.label) for kind in expiry.KINDS.values())],
    )
    within = forms.ChoiceField(
        label=_("到期"),
        required=False,
        choices=[
            ("", _("全部")),
            ("overdue", _("已過期")),
            ("7", _("7 天內")),
            ("30", _("30 天內")),
            ("60", _("60 天內")),
        ],
    )

    def entries(self, on: date):
        """The entries that match on a local day; what was typed wrong narrows nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        codes = [chosen["kind"]] if chosen.get("kind") else list(expiry.KINDS)
        within = chosen.get("within")
        if not within:
            return expiry.entries(on, codes)
        last = on - timedelta(days=1) if within == "overdue" else on + timedelta(days=int(within))
        return expiry.entries(on, codes, lte=last)
