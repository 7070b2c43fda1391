"""3.1.2 the salesperson arranges the delivery and tells the warehouse, which acknowledges."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import half_width_words, tidy
from aftersales.masterdata import qualification
from aftersales.masterdata.models import Carrier, Contract
from delivery.actions.locking import check_lengths, locked
from delivery.actions.telling import tell, warehouse
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

LAST = date(2100, 12, 31)


def mode_refusal(delivery_mode: str, ship_on: date) -> str:
    """Why a delivery mode cannot be carried out on a local day; empty where it can (3.1.2)."""
    mode = ShippingNote.DeliveryMode
    if delivery_mode == mode.CARRIER and not Carrier.objects.qualified(ship_on).exists():
        return _(
            "%(on)s 沒有一家承運商有有效的承運協議與能力驗證（3.1.2），不能委託外部運輸；請先在主檔補齊，或改用公司車隊"
        ) % {"on": ship_on}
    if delivery_mode not in mode.values:
        return _("請選擇交付方式：公司車隊、委託外部運輸或顧客自提")
    return ""


@transaction.atomic
def schedule_note(
    note: ShippingNote,
    *,
    actor,
    now: datetime,
    ship_on: date,
    delivery_mode: str,
    delivery_mode_reason: str = "",
    carrier: Carrier | None = None,
    waybill_no: str = "",
    pickup_basis: str = "",
    contract: Contract | None = None,
    pickup_basis_text: str = "",
) -> ShippingNote:
    """業務員安排交付並通知倉庫 (3.1.2): the local day, the mode, its feasibility and cost.

    An outside `carrier` must be qualified on that day; its agreement is bound to the note, to be
    cited when something is lost. Pick-up rests on a `contract` of the customer in force that
    allows it, or on an agreement told in `pickup_basis_text` (3.2.1). Arranging anew before
    release takes back the warehouse's acknowledgement and tells it again. Raises RuleViolation.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "schedule", actor=actor)
    _check_day(ship_on, now, step)
    if message := mode_refusal(delivery_mode, ship_on):
        raise RuleViolation(message, clause=step.clause, field="delivery_mode")
    note.ship_on, note.delivery_mode = ship_on, delivery_mode
    note.delivery_mode_reason = tidy(delivery_mode_reason)
    _bind_carrier(note, carrier, waybill_no)
    _bind_basis(note, pickup_basis, contract, pickup_basis_text)
    is_again = note.scheduled_at is not None
    note.scheduled_at, note.scheduled_by = now, actor
    note.acknowledged_at = note.acknowledged_by = None
    note.version += 1
    check_lengths(note, "delivery_mode_reason", "waybill_no", "pickup_basis_text")
    note.save()
    entry = audit.record(
        note,
        "shippingnote.scheduled",
        actor=actor,
        now=now,
        step=step,
        ship_on=ship_on,
        delivery_mode=delivery_mode,
        delivery_mode_reason=note.delivery_mode_reason,
        carrier=note.carrier.name if note.carrier else "",
        agreement=note.carrier_agreement.number if note.carrier_agreement else "",
        pickup_basis=note.pickup_basis,
        contract=note.contract.number if note.contract else "",
        is_again=is_again,
    )
    ask_warehouse(note, entry, now=now, is_again=is_again)
    return note


def _check_day(ship_on: date, now: datetime, step) -> None:
    today = timezone.localdate(now)
    if not today <= ship_on <= LAST:
        raise RuleViolation(
            _("發貨日期最早是今天（%(today)s），不能是 %(given)s")
            % {"today": today, "given": ship_on},
            clause=step.clause,
            field="ship_on",
        )


def _bind_carrier(note: ShippingNote, carrier: Carrier | None, waybill_no: str) -> None:
    """The carrier with the agreement that binds it on the day; none for any other mode (3.1.2)."""
    if not note.is_carried:
        note.carrier = note.carrier_agreement = None
        note.waybill_no = ""
        return
    if carrier is None:
        raise RuleViolation(_("請選承運商"), clause="3.1.2", field="carrier")
    if message := qualification.refusal(carrier, note.ship_on):
        raise RuleViolation(message, clause="3.1.2", field="carrier")
    note.carrier = carrier
    note.carrier_agreement = qualification.standing(carrier, note.ship_on).agreement
    note.waybill_no = half_width_words(tidy(waybill_no))


def _bind_basis(note: ShippingNote, basis: str, contract: Contract | None, text: str) -> None:
    """The basis on which the customer fetches the goods; a contract may stand with any mode."""
    note.contract = contract
    if contract is not None and contract.customer_id != note.customer_id:
        message = _("合同 %(contract)s 是 %(customer)s 的，不是這張單的客戶的")
        facts = {"contract": contract, "customer": contract.customer}
        raise RuleViolation(message % facts, clause="3.2.1", field="contract")
    note.pickup_basis, note.pickup_basis_text = "", ""
    if not note.is_pickup:
        return
    bases = ShippingNote.PickupBasis
    if basis not in bases.values:
        message = _("請選自提的依據：合同約定，或雙方商定")
        raise RuleViolation(message, clause="3.2.1", field="pickup_basis")
    note.pickup_basis, note.pickup_basis_text = basis, tidy(text)
    if basis == bases.AGREEMENT and not note.pickup_basis_text:
        message = _("請寫明雙方怎樣商定自提：何時、與何人")
        raise RuleViolation(message, clause="3.2.1", field="pickup_basis_text")
    if basis == bases.CONTRACT:
        _check_contract(note)


def _check_contract(note: ShippingNote) -> None:
    """The contract allows the customer to fetch, and is in force on the day (3.2.1)."""
    contract = note.contract
    if contract is None:
        raise RuleViolation(_("請選約定自提的合同"), clause="3.2.1", field="contract")
    facts = {"contract": contract, "on": note.ship_on}
    if not contract.allows_pickup:
        message = _("合同 %(contract)s 沒有約定顧客自提；請改選「雙方商定」並寫明，或改交付方式")
        raise RuleViolation(message % facts, clause="3.2.1", field="contract")
    if not Contract.objects.in_force(note.ship_on).filter(pk=contract.pk).exists():
        message = _("合同 %(contract)s 在 %(on)s 不在有效期內")
        raise RuleViolation(message % facts, clause="3.2.1", field="contract")


def ask_warehouse(note: ShippingNote, entry, *, now: datetime, is_again: bool) -> None:
    """Tell the warehouse to prepare the goods; `is_again` where it was told otherwise before."""
    again, first = gettext_lazy("請重新確認備貨：%(note)s"), gettext_lazy("請確認備貨：%(note)s")
    words = again if is_again else first
    facts = {"note": note, "customer": note.customer, "ship_on": note.ship_on}
    tell(
        warehouse(),
        note,
        entry,
        lambda: words % facts,
        body=lambda: _("%(customer)s，%(ship_on)s 發貨。") % facts,
        now=now,
    )


@transaction.atomic
def acknowledge_note(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    """倉庫確認備貨通知 (3.1.2), once for each arrangement.

    Raises RuleViolation, with who and when, where it has been acknowledged.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "acknowledge", actor=actor)
    note.acknowledged_at, note.acknowledged_by = now, actor
    note.save()
    entry = audit.record(note, "shippingnote.acknowledged", actor=actor, now=now, step=step)
    facts = {
        "who": actor.display_name,
        "at": date_format(timezone.localtime(now), "SHORT_DATETIME_FORMAT"),
    }
    tell(
        [note.scheduled_by],
        note,
        entry,
        lambda: _("倉庫已確認備貨：%(note)s") % {"note": note.title},
        body=lambda: _("%(who)s 於 %(at)s 確認。") % facts,
        now=now,
    )
    return note
