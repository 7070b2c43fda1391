from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.forms import BaseForm


class LocalMoment(forms.DateTimeInput):
    """The browser's own date and time, in local time."""

    input_type = "datetime-local"

    def __init__(self, **attrs):
        super().__init__(format="%Y-%m-%dT%H:%M", attrs=attrs)


class LeaveForm(BaseForm):
    """A leave with its deputy; the fields are the keyword arguments of create_leave."""

    user = forms.ModelChoiceField(label=_("休假人"), queryset=User.objects.none())
    deputy = forms.ModelChoiceField(
        label=_("代理人"),
        queryset=User.objects.none(),
        help_text=_("收到休假人的通知，並可代為處理；審計記錄會註明代理"),
    )
    starts_at = forms.DateTimeField(label=_("開始"), widget=LocalMoment())
    ends_at = forms.DateTimeField(label=_("結束"), widget=LocalMoment())
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)

    widths = {"reason": "wide"}

    def __init__(self, *args, people, **kwargs):
        """`people`: those for whom leave may be registered, the person itself among them."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["deputy"].queryset = User.objects.active()
