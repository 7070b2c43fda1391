from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import Department, User
from aftersales.accounts.roles import ROLE_CHOICES
from aftersales.core.forms import BaseForm, BaseModelForm


class UserForm(BaseModelForm):
    """The facts of a person; the fields are keyword arguments of create_user and edit_user."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = [
        (_("身分"), "", ["employee_no", "name", "username", "email", "phone"]),
        (_("崗位"), "2.4", ["department", "level", "superior"]),
    ]
    widths = {"employee_no": "third", "name": "third", "username": "third"} | {
        "department": "third", "level": "third", "superior": "third"
    }  # fmt: skip

    class Meta:
        model = User
        fields = [
            "employee_no",
            "name",
            "username",
            "email",
            "phone",
            "department",
            "level",
            "superior",
            "version",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.instance
        superiors = User.objects.active() | User.objects.filter(pk=person.superior_id or 0)
        self.fields["superior"].queryset = superiors.exclude(pk=person.pk or 0)
        departments = Department.objects.filter(is_active=True)
        self.fields["department"].queryset = departments | Department.objects.filter(
            pk=person.department_id or 0
        )
        self.fields["email"].help_text = _("通知與設定密碼的信寄到這裡；留空時改用一次性連結")

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip()

    def validate_unique(self) -> None:
        """Left to the action, which names the person who has the name already."""

    def validate_constraints(self) -> None:
        """Left to the action, under its lock."""


class RolesForm(BaseForm):
    """Which roles a person holds; the page shows beside each what it allows."""

    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=ROLE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReasonForm(BaseForm):
    """Why: it stays in the audit trail."""

    reason = forms.CharField(label=_("理由"), max_length=300)
    widths = {"reason": "wide"}
