from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "aftersales.accounts"
    label = "accounts"
    verbose_name = _("人員與權限")

    def ready(self) -> None:
        from aftersales.accounts.coverage import permission_rules
        from aftersales.accounts.events import EVENTS
        from aftersales.accounts.models import Department, Leave, User
        from aftersales.accounts.navigation import NAVIGATION
        from aftersales.core import coverage, navigation, notices, reach, timeline

        notices.register_deputies(Leave.objects.deputies_by_person)
        navigation.register(NAVIGATION)
        timeline.register(EVENTS)
        coverage.register(permission_rules)
        for model in (User, Department):
            reach.register(model, lambda row, user: user.has_perm("accounts.manage_staff"))
        reach.register(
            Leave, lambda leave, user: Leave.objects.visible_to(user).filter(pk=leave.pk).exists()
        )
