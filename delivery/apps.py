from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("交付")

    def ready(self) -> None:
        from aftersales.core import attachments, navigation, search, timeline, work
        from delivery import month, todo
        from delivery.events import EVENTS
        from delivery.models import ShippingNote
        from delivery.search import SOURCE

        def may_see(note, user) -> bool:
            return ShippingNote.objects.visible_to(user).filter(pk=note.pk).exists()

        attachments.register_subject(ShippingNote, may_see, may_add=may_see)
        timeline.register(EVENTS)
        work.register(todo.tasks)
        work.register_figures(month.month_so_far)
        for shortcut in todo.SHORTCUTS:
            work.register_shortcut(shortcut)
        search.register(SOURCE)
        navigation.register(todo.NAVIGATION)
