"""The links of people without a login: each opens for one note, one purpose, once."""

from datetime import datetime

from django.utils.translation import gettext as _

from aftersales.core import public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import PublicLink
from delivery.actions.dispatching import OPEN_STATES
from delivery.models import ShippingNote


class LinkGone(RuleViolation):
    """The link is used, expired or closed, or the note is not at its step: one same answer."""

    def __init__(self):
        super().__init__(
            _("這個連結不能用了：可能已經簽過、過期或收回，請向發貨方索取新的連結"),
            clause="3.2.2",
        )


def check(note: ShippingNote, link: PublicLink, purpose: str, *, now: datetime) -> None:
    """Raises LinkGone unless the link opens this note now. Called under the note's lock."""
    if (
        link is None
        or link.purpose != purpose
        or (link.content_type.model_class(), link.object_id) != (ShippingNote, note.pk)
        or note.state not in OPEN_STATES[purpose]
        or public_links.find(public_links.token_of(link), purpose, now=now) is None
    ):
        raise LinkGone


def close(link: PublicLink, *, now: datetime) -> None:
    """Use the link up. Raises LinkGone where somebody else has at the same moment."""
    if not public_links.use(link, now=now):
        raise LinkGone
