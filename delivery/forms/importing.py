"""A spreadsheet to be read, and what its columns hold."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm
from aftersales.core.spreadsheets.limits import Limits
from delivery.imports.vocabulary import DOCUMENT_FACTS, LINE_FACTS

ACCEPTED = (".xlsx", ".csv")
UNUSED = "ignored"

# What a column may hold, in the words of the form of a note.
LABELS = {
    "external_no": _("單號"),
    "customer": _("客戶"),
    "customer_code": _("客戶代號"),
    "consignee": _("收貨人"),
    "phone": _("電話"),
    "address": _("收貨地址"),
    "order_no": _("合同號"),
    "carrier": _("承運商"),
    "issued_on": _("開單日期"),
    "ship_on": _("發貨日期"),
    "delivery_mode": _("交付方式"),
    "remark": _("備註（整張）"),
    "line_no": _("行號"),
    "part_no": _("料號"),
    "name": _("品名"),
    "spec": _("規格型號"),
    "uom": _("單位"),
    "quantity": _("數量"),
    "unit_price": _("單價"),
    "amount": _("金額"),
    "serial_nos": _("序列號"),
    "lot_no": _("批號"),
    "due_on": _("交期"),
    "line_remark": _("備註（本行）"),
}
TARGETS = [
    (UNUSED, _("不使用")),
    (_("整張單"), [(target, LABELS[target]) for target in DOCUMENT_FACTS]),
    (_("每一行"), [(target, LABELS[target]) for target in LINE_FACTS]),
]


class UploadSheetForm(BaseForm):
    """The upload; what is in the file is judged by its reader, not by its name."""

    file = forms.FileField(
        label=_("試算表"),
        help_text=_(".xlsx 或 .csv，10 MB 以內，選擇或拖到框裡；表頭在哪一列、用什麼詞都可以"),
        error_messages={"required": _("請選擇要匯入的 .xlsx 或 .csv 檔")},
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )

    def clean_file(self):
        """Refused before it is kept; everything else is told by the preview."""
        file = self.cleaned_data["file"]
        if file.size > Limits().file_size:
            raise forms.ValidationError(
                _t(
                    "%(name)s 有 %(size)s，最多 %(limit)s；請刪去不需要的工作表與圖片，或分成幾個檔案"
                )
                % {
                    "name": file.name,
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(Limits().file_size),
                }
            )
        return file


class ColumnsForm(BaseForm):
    """What each column holds: a choice for every guess, named column-<position>."""

    def __init__(self, *args, guesses, **kwargs):
        super().__init__(*args, **kwargs)
        self.guesses = guesses
        for position, guess in enumerate(guesses):
            choices = list(TARGETS)
            if guess.target and "+" in guess.target:
                words = "＋".join(str(LABELS[part]) for part in guess.target.split("+"))
                choices.insert(1, (guess.target, words))
            self.fields[f"column-{position}"] = forms.ChoiceField(
                label=f"{guess.column} {guess.header}".strip(),
                choices=choices,
                initial=guess.target or UNUSED,
                required=False,
            )

    def show(self, columns) -> None:
        """Show what a remembered mapping makes of the columns, instead of the guesses."""
        taken = {(each.sheet, each.column): each.target for each in columns}
        for position, guess in enumerate(self.guesses):
            target = taken.get((guess.sheet, guess.column), guess.target)
            self.initial[f"column-{position}"] = target or UNUSED

    def chosen(self) -> "Wishes":
        """Only what differs from the guess; the rest is left to the reader."""
        pairs = []
        for position, guess in enumerate(self.guesses):
            wanted = self.cleaned_data.get(f"column-{position}")
            if wanted and wanted != (guess.target or UNUSED):
                pairs.append((wanted, guess.header))
        return Wishes(pairs)


class Wishes:
    """A mapping of target and heading in which several columns may be left unused."""

    def __init__(self, pairs: list[tuple[str, str]]):
        self._pairs = pairs

    def items(self) -> list[tuple[str, str]]:
        return self._pairs

    def __bool__(self) -> bool:
        return bool(self._pairs)
