from django import forms

from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import Contact


class ContactForm(BaseModelForm):
    """A person at a customer's; the fields are keyword arguments of the contact's actions."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    widths = {"is_active": "wide"}

    class Meta:
        model = Contact
        fields = ["name", "title", "phone", "email", "is_active", "version"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_active"]
