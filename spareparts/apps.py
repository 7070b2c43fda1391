from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SparePartsConfig(AppConfig):
    name = "spareparts"
    verbose_name = _("售後配件")
