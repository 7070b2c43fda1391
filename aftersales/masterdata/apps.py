from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MasterdataConfig(AppConfig):
    name = "aftersales.masterdata"
    label = "masterdata"
    verbose_name = _("主檔")

    def ready(self) -> None:
        from aftersales.core import navigation, reach, search, timeline, work
        from aftersales.core.registers import kinds
        from aftersales.masterdata import access, todo
        from aftersales.masterdata.events import EVENTS
        from aftersales.masterdata.imports.customers import CustomerRegister
        from aftersales.masterdata.imports.products import ProductRegister
        from aftersales.masterdata.imports.units import UnitRegister
        from aftersales.masterdata.navigation import NAVIGATION
        from aftersales.masterdata.search import SOURCES

        for register in (CustomerRegister, ProductRegister, UnitRegister):
            kinds.register(register.name, register)
        for source in SOURCES:
            search.register(source)
        navigation.register(NAVIGATION)
        timeline.register(EVENTS)
        work.register(todo.tasks)
        for model, may_add in access.FILES.items():
            reach.register(model, access.may_see, may_add)
