"""What the search box finds among shipping notes; a whole number jumps to its note."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import FEW, narrow
from aftersales.core.search import Hit, Source
from aftersales.core.text import fold
from delivery.models import LineSerial, Reversal, ShippingNote, TransitLoss


def _notes(user, text: str, limit: int) -> list[Hit]:
    """By number, customer and consignee; a whole serial number finds the notes it went on."""
    within = ShippingNote.objects.visible_to(user)
    carrying = LineSerial.objects.filter(serial_no__in={text, text.upper()})
    carrying = list(carrying.values_list("line__note", flat=True)[:FEW])
    rows = narrow(within, Q(search_text__holds=fold(text)) | Q(pk__in=carrying), most=FEW)
    return [
        Hit(
            note.title,
            note.get_absolute_url(),
            f"{note.customer.name} {note.external_no}".strip(),
            note.get_state_display(),
            note.tone,
        )
        for note in rows.select_related("customer").order_by("-pk")[:limit]
    ]


def _jump(user, text: str) -> str:
    """The note of this number: the revision that is named, else the newest one."""
    within = ShippingNote.objects.visible_to(user)
    number = text.upper()
    newest = within.filter(number=number).order_by("-revision").first()
    note = newest or within.by_reference(number).first() or within.by_reference(text).first()
    return note.get_absolute_url() if note else ""


def _more(text: str) -> str:
    return f"{reverse('shippingnote_list')}?{urlencode({'q': text})}"


SOURCE = Source(_("發貨單"), "truck", 10, _notes, _jump, _more)


def _reversals(user, text: str, limit: int) -> list[Hit]:
    rows = Reversal.objects.visible_to(user).filter(number__icontains=text)
    return [
        Hit(each.number, each.get_absolute_url(), each.reason, each.state_text, each.tone)
        for each in rows.order_by("-pk")[:limit]
    ]


def _reversal_of(user, text: str) -> str:
    found = Reversal.objects.visible_to(user).filter(number=text.upper()).first()
    return found.get_absolute_url() if found else ""


def _more_reversals(text: str) -> str:
    return f"{reverse('reversal_list')}?{urlencode({'q': text})}"


REVERSALS = Source(_("沖銷單"), "arrow-return-left", 14, _reversals, _reversal_of, _more_reversals)


def _losses(user, text: str, limit: int) -> list[Hit]:
    rows = TransitLoss.objects.visible_to(user).filter(number__icontains=text)
    return [
        Hit(
            each.number,
            each.get_absolute_url(),
            f"{each.note.title} {each.note.customer.name}",
            each.get_state_display(),
            each.tone,
        )
        for each in rows.select_related("note__customer").order_by("-pk")[:limit]
    ]


def _loss_of(user, text: str) -> str:
    found = TransitLoss.objects.visible_to(user).filter(number=text.upper()).first()
    return found.get_absolute_url() if found else ""


def _more_losses(text: str) -> str:
    return f"{reverse('transitloss_list')}?{urlencode({'q': text})}"


LOSSES = Source(_("途損"), "exclamation-triangle", 13, _losses, _loss_of, _more_losses)
