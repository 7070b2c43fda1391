from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.forms import BaseModelForm


class ProfileForm(BaseModelForm):
    """What people keep up to date themselves; keyword arguments of edit_profile."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("介面語言"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["phone", "language", "wants_mail", "version"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["language"] = self.instance.language or settings.LANGUAGE_CODE
