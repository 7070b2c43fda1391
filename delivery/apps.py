from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("交付")

    def ready(self) -> None:
        from aftersales.core import attachments, navigation, search, timeline, work
        from aftersales.core.registers import kinds
        from delivery import access, boards, month, todo
        from delivery.events import EVENTS
        from delivery.models import Reversal, ShippingNote, TransitLoss
        from delivery.navigation import NAVIGATION, SHORTCUTS
        from delivery.registers.shipments import ShipmentRegister
        from delivery.search import LOSSES, REVERSALS, SOURCE

        attachments.register_subject(ShippingNote, access.may_see, access.may_add)
        attachments.register_subject(Reversal, access.may_see_by_note, access.may_add_by_note)
        attachments.register_subject(TransitLoss, access.may_see_loss, access.may_add_to_loss)
        timeline.register(EVENTS)
        work.register(todo.tasks)
        work.register_figures(month.month_so_far)
        work.register_boards(boards.boards)
        for shortcut in SHORTCUTS:
            work.register_shortcut(shortcut)
        kinds.register(ShipmentRegister.name, ShipmentRegister)
        search.register(SOURCE)
        search.register(LOSSES)
        search.register(REVERSALS)
        navigation.register(NAVIGATION)
