"""3.2.2 the vehicle and its driver; the goods issue that opens the driver's link, or asks for the
check of the three where the customer fetches (3.2.1)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry, PublicLink
from aftersales.core.text import half_width_words, tidy
from aftersales.masterdata import qualification
from delivery.actions.locking import check_lengths, locked, required_text
from delivery.actions.telling import issuing_clerks, keepers, tell
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW, S

LOAD, RECEIVE = "load", "receive"
LASTS = {LOAD: timedelta(hours=24), RECEIVE: timedelta(days=30)}
# While a note is here, its link of this purpose may be made anew, by whom.
OPEN_STATES = {LOAD: (S.ISSUED,), RECEIVE: (S.IN_TRANSIT, S.DELIVERED)}
MAY_RENEW = {LOAD: "delivery.issue_shippingnote", RECEIVE: "delivery.record_receipt"}


@transaction.atomic
def assign_vehicle(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    vehicle_no: str,
    driver_name: str,
    driver_phone: str = "",
) -> ShippingNote:
    """指定車輛與司機 (3.2.2), also anew until the driver has signed. Raises RuleViolation."""
    note = locked(note)
    step = WORKFLOW.apply(note, "assign_vehicle", actor=actor)
    before = (note.vehicle_no, note.driver_name, note.driver_phone)
    vehicle_no = required_text(vehicle_no, "vehicle_no", _("車號"), clause=step.clause)
    note.vehicle_no = half_width_words(vehicle_no).upper()
    note.driver_name = required_text(driver_name, "driver_name", _("司機"), clause=step.clause)
    note.driver_phone = half_width_words(tidy(driver_phone))
    check_lengths(note, "vehicle_no", "driver_name", "driver_phone")
    note.save(update_fields=["vehicle_no", "driver_name", "driver_phone"])
    audit.record(
        note,
        "shippingnote.vehicle_assigned",
        actor=actor,
        now=now,
        step=step,
        vehicle_no=note.vehicle_no,
        driver_name=note.driver_name,
        driver_phone=note.driver_phone,
        before=[text for text in before if text],
    )
    return note


@transaction.atomic
def issue_note(note: ShippingNote, *, actor: User, now: datetime) -> ShippingNote:
    """出庫放行 (3.2.2): post the goods (local day) and open the driver's link for 24 hours.

    The customer's link is there too, for the printed 送貨單, and stays shut until departure.
    Goods that the customer fetches have no driver: clerks and keepers are asked to check them
    with the customer's person (3.2.1). What an outside carrier takes leaves under the agreement
    that holds now. Raises RuleViolation without a vehicle, or where not every line has matched.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "issue", actor=actor, now=now)
    note.posted_on = timezone.localdate(now)
    note.issued_at, note.issued_by = now, actor
    if note.is_carried:
        day = max(note.ship_on or note.posted_on, note.posted_on)
        note.carrier_agreement = qualification.standing(note.carrier, day).agreement
    note.save(update_fields=["state", "posted_on", "issued_at", "issued_by", "carrier_agreement"])
    if not note.is_pickup:
        public_links.open_link(note, LOAD, now=now, lasts=LASTS[LOAD])
        # Printed on the 送貨單 that goes along; it opens once the driver has signed.
        public_links.open_link(note, RECEIVE, now=now, lasts=LASTS[RECEIVE])
    entry = audit.record(
        note,
        "shippingnote.issued",
        actor=actor,
        now=now,
        step=step,
        posted_on=note.posted_on,
        vehicle_no=note.vehicle_no,
        driver_name=note.driver_name,
        agreement=note.carrier_agreement.number if note.carrier_agreement else "",
    )
    (_ask_to_check if note.is_pickup else _ask_to_load)(note, entry, now=now)
    return note


def _ask_to_load(note: ShippingNote, entry: AuditEntry, *, now: datetime) -> None:
    facts = {"note": note.title, "vehicle": note.vehicle_no, "driver": note.driver_name}
    tell(
        keepers(),
        note,
        entry,
        lambda: _("出庫放行，請裝車：%(note)s") % facts,
        body=lambda: _("%(vehicle)s，司機 %(driver)s。司機掃碼點數簽收後才可離廠。") % facts,
        now=now,
    )


def _ask_to_check(note: ShippingNote, entry: AuditEntry, *, now: datetime) -> None:
    facts = {"note": note.title, "customer": note.customer.name, "consignee": note.consignee}
    tell(
        [*keepers(), *issuing_clerks(note)],
        note,
        entry,
        lambda: _("顧客自提，請三方核對：%(note)s") % facts,
        body=lambda: (
            _(
                "%(customer)s（%(consignee)s）來提貨時，銷售內勤、倉庫保管員與顧客一起核對；收貨人簽名後才交貨。"
            )
            % facts
        ),
        url=reverse("shippingnote_pickup", args=[note.reference]),
        now=now,
    )


@transaction.atomic
def renew_link(note: ShippingNote, *, actor: User, now: datetime, purpose: str) -> PublicLink:
    """重新產生 the link of the driver ("load") or the customer ("receive"); the old one closes.

    Raises RuleViolation where the note is not at the step that the link is for, or the actor
    may not let goods out or record receipts.
    """
    note = locked(note)
    labels = {LOAD: _("司機簽收連結"), RECEIVE: _("客戶簽收連結")}
    facts = {"note": note.title, "link": labels[purpose], "state": note.get_state_display()}
    if note.is_pickup:
        raise RuleViolation(_("%(note)s 由顧客自提，沒有%(link)s") % facts, clause="3.2.1")
    if note.state not in OPEN_STATES[purpose]:
        message = _("%(note)s 目前是「%(state)s」，沒有%(link)s可以重新產生")
        raise RuleViolation(message % facts, clause="3.2.2")
    if not actor.has_perm(MAY_RENEW[purpose]):
        raise RuleViolation(_("您的角色不能重新產生%(link)s") % facts, clause="3.2.2")
    public_links.revoke(note, now=now, purpose=purpose)
    link = public_links.open_link(note, purpose, now=now, lasts=LASTS[purpose])
    audit.record(
        note, "shippingnote.link_renewed", actor=actor, now=now, clause="3.2.2", purpose=purpose
    )
    return link
