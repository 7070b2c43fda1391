import django_filters
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import Department, User
from aftersales.accounts.roles import ROLE_CHOICES


class UserFilter(django_filters.FilterSet):
    """Who is looked for: by words, department, role, and whether still here (the rule)."""

    q = django_filters.CharFilter(label=_("姓名、工號、帳號"), method="by_words")
    department = django_filters.ModelChoiceFilter(
        label=_("部門"), queryset=Department.objects.all(), empty_label=_("全部")
    )
    role = django_filters.ChoiceFilter(
        label=_("角色"), choices=ROLE_CHOICES, method="by_role", empty_label=_("全部")
    )
    active = django_filters.ChoiceFilter(
        label=_("在職"),
        choices=[("no", _("已停用")), ("all", _("全部"))],
        method="by_active",
        empty_label=_("在職"),
    )

    class Meta:
        model = User
        fields = []

    def by_words(self, rows, name, value):
        return rows.matching(value)

    def by_role(self, rows, name, value):
        return rows.filter(role_assignments__role=value)

    def by_active(self, rows, name, value):
        return rows

    def filter_queryset(self, rows):
        wanted = self.form.cleaned_data.get("active")
        if wanted != "all":
            rows = rows.filter(is_active=wanted != "no")
        return super().filter_queryset(rows)
