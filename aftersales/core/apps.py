from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "aftersales.core"
    label = "core"
    verbose_name = _("基礎")

    def ready(self) -> None:
        from aftersales.core import checks  # noqa: F401  (registers the system checks)
