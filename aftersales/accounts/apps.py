from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "aftersales.accounts"
    label = "accounts"
    verbose_name = _("人員與權限")

    def ready(self) -> None:
        from aftersales.accounts.models import Leave
        from aftersales.core import notices

        notices.register_deputies(Leave.objects.deputies_of)
