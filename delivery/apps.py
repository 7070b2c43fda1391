from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("交付")

    def ready(self) -> None:
        from aftersales.core import attachments, navigation, work
        from delivery import todo
        from delivery.models import ShippingNote

        attachments.register_subject(
            ShippingNote,
            lambda note, user: ShippingNote.objects.visible_to(user).filter(pk=note.pk).exists(),
        )
        work.register(todo.tasks)
        navigation.register(todo.NAVIGATION)
