from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MasterdataConfig(AppConfig):
    name = "aftersales.masterdata"
    label = "masterdata"
    verbose_name = _("主檔")

    def ready(self) -> None:
        from aftersales.core import search
        from aftersales.masterdata.search import SOURCES

        for source in SOURCES:
            search.register(source)
