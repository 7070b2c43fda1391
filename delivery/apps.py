from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("交付")

    def ready(self) -> None:
        from aftersales.core import attachments, navigation, search, work
        from delivery import figures, todo
        from delivery.models import ShippingNote
        from delivery.search import SOURCE

        attachments.register_subject(
            ShippingNote,
            lambda note, user: ShippingNote.objects.visible_to(user).filter(pk=note.pk).exists(),
        )
        work.register(todo.tasks)
        work.register_figures(figures.month_so_far)
        work.register_shortcut(todo.SHORTCUT)
        search.register(SOURCE)
        navigation.register(todo.NAVIGATION)
