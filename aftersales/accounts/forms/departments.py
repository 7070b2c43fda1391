from django import forms

from aftersales.accounts.models import Department
from aftersales.core.forms import BaseModelForm


class DepartmentForm(BaseModelForm):
    """A department; the fields are keyword arguments of create_department and edit_department."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Department
        fields = ["code", "name", "parent", "is_active", "version"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.instance.pk or 0
        self.fields["parent"].queryset = Department.objects.exclude(pk=own)
