"""The facts of a 發貨單 as the clerk fills them in; fields are named as the action's arguments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseForm
from delivery.forms.fields import SuggestedCustomerField
from delivery.models import ShippingNote


class NoteForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    customer = SuggestedCustomerField(
        label=_("客戶"), help_text=_("代號或名稱，繁簡皆可；輸入後從清單選")
    )
    ship_to = SuggestedCustomerField(
        label=_("收貨客戶"), required=False, help_text=_("與客戶不同時才填")
    )
    bill_to = SuggestedCustomerField(
        label=_("收款客戶"), required=False, help_text=_("與客戶不同時才填")
    )
    consignee = forms.CharField(label=_("收貨人"), required=False, max_length=60)
    phone = forms.CharField(label=_("電話"), required=False, max_length=60)
    address = forms.CharField(label=_("收貨地址"), required=False, max_length=200)
    order_no = forms.CharField(label=_("合同號"), required=False, max_length=60)
    external_no = forms.CharField(label=_("客戶或辦事處單號"), required=False, max_length=60)
    customer_ref = forms.CharField(label=_("客戶參考"), required=False, max_length=60)
    issued_on = DayField(label=_("開單日期"), required=False)
    ship_on = DayField(
        label=_("發貨日期"),
        required=False,
        help_text=_("預計的日子；業務員安排交付時定案（3.1.2）"),
    )
    salesperson = forms.ModelChoiceField(
        label=_("業務員"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("依客戶主檔"),
    )
    needs_commissioning = forms.BooleanField(label=_("需要安裝調試"), required=False)
    remark = forms.CharField(
        label=_("備註"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    sections = [
        (_("交給誰"), "3.1.3", ["customer", "ship_to", "bill_to", "consignee", "phone", "address"]),
        (
            _("依據與日期"),
            "",
            [
                "order_no", "external_no", "customer_ref", "issued_on", "ship_on", "salesperson",
                "remark", "needs_commissioning",
            ],
        ),
    ]  # fmt: skip
    widths = {
        "customer": "third", "ship_to": "third", "bill_to": "third", "consignee": "third",
        "phone": "third", "address": "third", "order_no": "third", "external_no": "third",
        "customer_ref": "third", "issued_on": "third", "ship_on": "third", "salesperson": "third",
        "needs_commissioning": "wide",
    }  # fmt: skip

    def __init__(self, *args, note: ShippingNote | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        sellers = User.objects.with_role("salesperson", "sales_manager")
        if note and note.salesperson_id:
            sellers = sellers | User.objects.filter(pk=note.salesperson_id).distinct()
        self.fields["salesperson"].queryset = sellers
        if note is None:
            hint = _("空白時帶入客戶主檔的資料")
            for name in ("consignee", "phone", "address"):
                self.fields[name].help_text = hint
        elif note.scheduled_at:
            self.fields["ship_on"].disabled = True
            self.fields["ship_on"].help_text = _("已安排並通知倉庫；改日期請用「安排交付」")

    @staticmethod
    def facts_of(note: ShippingNote) -> dict:
        """The initial values that show a stored note."""
        names = [name for name in NoteForm.base_fields if hasattr(note, name)]
        return {name: getattr(note, name) for name in names}
