"""The forms every page starts from: crispy layout without a form tag, refusals at their field."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.attachments import IMAGES, KINDS
from aftersales.core.models import Company
from aftersales.core.text import listed

_GENERAL = forms.Field.default_error_messages["required"]
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


class AskingForm:
    """For forms: an empty field asks for what it is called, where it has no words of its own."""

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            if field.error_messages.get("required") is _GENERAL and not field.widget.is_hidden:
                field.error_messages["required"] = _asking(field) % {"label": self[name].label}
        super().full_clean()


def _asking(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return _t("請勾選「%(label)s」")
    return _t("請選擇%(label)s") if isinstance(field, _CHOSEN) else _t("請填寫%(label)s")


class BaseForm(AskingForm, forms.Form):
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


class BaseModelForm(AskingForm, forms.ModelForm):
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


class SeveralFiles(forms.FileInput):
    """A file control that takes several at once."""

    allow_multiple_selected = True


class AttachmentForm(BaseForm):
    """Files for a document, sent to the URL attachment_upload; the same kinds as are accepted."""

    file = forms.FileField(
        label=_("選擇檔案"),
        widget=SeveralFiles(attrs={"multiple": True, "accept": ",".join(sorted(KINDS))}),
    )


class CompanyForm(BaseModelForm):
    """Letterhead and rules of the house; the fields are the keyword arguments of edit_company."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    logo = forms.FileField(
        label=_("標誌"),
        required=False,
        help_text=_("JPG、PNG 或 WebP；會縮到 480 × 160 點以內"),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(IMAGES))}),
    )
    remove_logo = forms.BooleanField(label=_("拿掉現在的標誌"), required=False)

    sections = [
        (
            _("抬頭"),
            "",
            ["name", "short_name", "english_name", "tax_no", "address", "postcode", "phone", "fax"],
        ),
        (_("標誌"), "", ["logo", "remove_logo"]),
        (_("規則"), "", ["procedure_ref", "blind_count"]),
    ]
    widths = {"address": "wide", "logo": "wide", "remove_logo": "wide", "blind_count": "wide"}

    class Meta:
        model = Company
        fields = [
            "name",
            "short_name",
            "english_name",
            "address",
            "postcode",
            "phone",
            "fax",
            "tax_no",
            "procedure_ref",
            "blind_count",
            "version",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["remove_logo"]


class UploadRegisterForm(BaseForm):
    """A register to be read; nothing is written before its preview is confirmed. `refers_to` are
    the words for what its rows name."""

    file = forms.FileField(
        label=_("試算表"),
        help_text=_("Excel（.xlsx）或 CSV；上傳後先預覽，確認前不會寫入"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )
    create_missing = forms.BooleanField(label=_("建立主檔裡沒有的"), required=False)

    widths = {"create_missing": "wide"}

    def __init__(self, *args, refers_to=(), **kwargs):
        super().__init__(*args, **kwargs)
        if refers_to:
            words = _("建立主檔裡沒有的%(kinds)s")
            self.fields["create_missing"].label = words % {"kinds": listed(refers_to)}
        else:
            del self.fields["create_missing"]


class ConfirmImportForm(BaseForm):
    """What was seen in the preview (its fingerprint), and whether rows that exist are changed."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    update_existing = forms.BooleanField(label=_("更新已有的"), required=False)
