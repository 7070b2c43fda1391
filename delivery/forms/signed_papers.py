"""Signed papers that came back: photos and scans at once, or one of them by its number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.barcodes import KINDS
from aftersales.core.forms import BaseForm
from delivery.forms.quantities import PhotosField

MOST_FILES = 30


class FilingForm(BaseForm):
    """Photos and scans; each finds its note by the QR code on it."""

    files = PhotosField(
        label=_("簽收單的照片或掃描"),
        required=True,
        help_text=_("可以一次選多張照片，或一個多頁的 PDF；每頁按右上角的二維碼歸到它的發貨單"),
        error_messages={"required": _("請選擇簽收單的照片或掃描")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = ",".join(KINDS)


class ByNumberForm(BaseForm):
    """A sheet whose code could not be read, filed by the number typed off it."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=200)
    number = forms.CharField(label=_("發貨單號"), max_length=30)
