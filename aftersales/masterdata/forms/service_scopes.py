from datetime import date

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import ServiceScope
from aftersales.masterdata.models.service_scopes import LONGEST_ANSWER_HOURS

HEADINGS = ("legal", "harm", "nature", "requirements", "feedback")
_TERMS = ("warranty_months", "answer_hours", "arrival_hours")
_KEPT = (*HEADINGS, "decision", *_TERMS)
_LONGER = _("答復時限只能縮短 24 小時，不能延長：請填 1 至 24（2.5、4.4）")


class ServiceScopeForm(BaseModelForm):
    """An assessment; the fields are the keyword arguments of decide_scope. It begins with what
    `current`, the assessment that it takes the place of, says."""

    supersedes = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer_hours = forms.IntegerField(
        label=_("答復時限（小時）"),
        required=False,
        min_value=1,
        max_value=LONGEST_ANSWER_HOURS,
        error_messages={"min_value": _LONGER, "max_value": _LONGER},
        help_text=_("只能短於 24 小時，不能延長；留空就是 24 小時"),
    )

    sections = [
        (_("五項評定"), "2.5", [*HEADINGS]),
        (_("決定"), "2.5", ["decision", *_TERMS]),
        (_("日期"), "", ["decided_on", "review_on"]),
    ]
    widths = dict.fromkeys(_TERMS, "third")

    class Meta:
        model = ServiceScope
        fields = [*_KEPT, "decided_on", "review_on", "supersedes"]
        field_classes = dict.fromkeys(("decided_on", "review_on"), DayField)
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in (*HEADINGS, "decision")}
        # Said again, since a form begins a model's own label with a capital letter.
        labels = {name: ServiceScope._meta.get_field(name).verbose_name for name in HEADINGS}
        help_texts = {
            "legal": _("產品責任、三包、安全與行業規定對交付後服務的要求"),
            "harm": _("出了故障會傷人、停產或損壞設備嗎"),
            "nature": _("用在哪裡、怎樣用、能用多久、要怎樣保養"),
            "requirements": _("合同、技術協議與顧客提出的要求"),
            "feedback": _("投訴、走訪、滿意度與退貨說明了什麼"),
            "decision": _("因此提供哪些服務，到什麼程度"),
        }

    def __init__(self, *args, current: ServiceScope | None, today: date, **kwargs):
        initial = model_to_dict(current, _KEPT) if current else {}
        initial |= {"decided_on": today, "supersedes": current.pk if current else 0}
        super().__init__(*args, initial=initial, **kwargs)
        units = {
            "warranty_months": _("個月"),
            "answer_hours": _("小時"),
            "arrival_hours": _("小時"),
        }
        for name, unit in units.items():
            self.fields[name].unit = unit
