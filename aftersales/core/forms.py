"""The forms every page starts from: crispy layout without a form tag, refusals at their field."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError


class BaseForm(forms.Form):
    """A plain form of a verb; its fields are named as the action's keyword arguments."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper

    def refuse(self, error: ValidationError) -> None:
        """Show a refusal of an action beside its field, or on top where it has none."""
        refuse(self, error)


class BaseModelForm(forms.ModelForm):
    """A form that creates or edits plain data; fields are named one by one."""

    helper = BaseForm.helper
    refuse = BaseForm.refuse


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put an action's refusal into a form: beside the named field, else on top of it."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, error)
