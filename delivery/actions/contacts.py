"""3.1.1 contact with the customer to agree delivery."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import locked, required_text
from delivery.models import ContactLog, ShippingNote
from delivery.workflow import WORKFLOW

FIRST = datetime(2000, 1, 1, tzinfo=UTC)


@transaction.atomic
def log_contact(
    note: ShippingNote,
    *,
    actor,
    now: datetime,
    at: datetime,
    channel: str,
    person: str,
    agreed: str,
) -> ContactLog:
    """物流員聯絡客戶約定交付 (3.1.1): when (aware, not after `now`), with whom, what was agreed.

    Raises RuleViolation where the note is signed or ended, or a field does not say enough.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "log_contact", actor=actor)
    if at > now:
        raise RuleViolation(
            _("聯絡時間 %(at)s 晚於現在（%(now)s），請填實際聯絡的時間")
            % {"at": _local(at), "now": _local(now)},
            clause=step.clause,
            field="at",
        )
    if at < FIRST:
        raise RuleViolation(
            _("聯絡時間應在 2000 年之後，請填實際聯絡的時間"), clause=step.clause, field="at"
        )
    contact = ContactLog(
        note=note,
        at=at,
        channel=channel,
        person=required_text(person, "person", _("對方"), clause=step.clause),
        agreed=required_text(agreed, "agreed", _("約定內容"), clause=step.clause, lines=True),
        logged_by=actor,
        logged_at=now,
    )
    contact.clean_fields(exclude=["note", "logged_by"])
    contact.save()
    audit.record(
        note,
        "shippingnote.contact_logged",
        actor=actor,
        now=now,
        step=step,
        at=at,
        channel=channel,
        person=contact.person,
        agreed=contact.agreed,
    )
    return contact


def _local(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
