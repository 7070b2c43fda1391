from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("交付")

    def ready(self) -> None:
        from aftersales.core import attachments, navigation, search, timeline, work
        from delivery import access, month, todo
        from delivery.events import EVENTS
        from delivery.models import ShippingNote
        from delivery.search import SOURCE

        attachments.register_subject(ShippingNote, access.may_see, access.may_add)
        timeline.register(EVENTS)
        work.register(todo.tasks)
        work.register_figures(month.month_so_far)
        for shortcut in todo.SHORTCUTS:
            work.register_shortcut(shortcut)
        search.register(SOURCE)
        navigation.register(todo.NAVIGATION)
