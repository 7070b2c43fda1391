"""The other ways of handing over: by an outside carrier, and fetched by the customer; and what
comes after the last signature. Each function is a verb that a plan names: it takes `now` and the
walk of its note."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from aftersales.masterdata.models import Contract
from delivery import actions
from delivery.actions import losses
from delivery.actions.pickup.checking import Found
from delivery.models import PickupDifference, TransitLoss
from delivery.sample.pictures import handwriting

OWN_FLEET = {
    "delivery_mode": "own_fleet",
    "delivery_mode_reason": "整車直送，當日往返，車隊費用低於外部運輸",
}


def arrangement(walk) -> dict:
    """How the goods are handed over, as schedule_note takes it."""
    order, customer = walk.order, walk.customer
    contract = Contract.objects.filter(customer=customer).order_by("pk").first()
    if order.carrier:
        return {
            "delivery_mode": "carrier",
            "delivery_mode_reason": "零擔，專程派車費用約為運費三倍",
            "carrier": walk.cast.carriers[order.carrier],
            "waybill_no": f"DPK{walk.note.pk:08d}",
            "contract": contract,
        }
    if not order.pickup:
        return OWN_FLEET | {"contract": contract}
    is_agreed = contract is not None and contract.allows_pickup
    return {
        "delivery_mode": "pickup",
        "delivery_mode_reason": "客戶自有車輛順路到廠",
        "contract": contract,
        "pickup_basis": "contract" if is_agreed else "agreement",
        "pickup_basis_text": "" if is_agreed else order.pickup,
    }


# --- fetched by the customer (3.2.1) --------------------------------------------------------------


def check(now: datetime, walk, **differing: tuple[int, str]) -> None:
    """The three check; `line_20=(5, "少一件")` is what differs."""
    found = {}
    for line in walk.lines():
        quantity, remark = differing.get(f"line_{line.line_no}", (line.quantity, ""))
        found[line.pk] = Found(Decimal(quantity), remark)
    actions.check_pickup(
        walk.note, actor=walk.clerk, now=now, clerk=walk.clerk, keeper=walk.keeper,
        customer_person=walk.contact.name, customer_phone=walk.contact.phone,
        credential="提貨委託書", found=found,
    )  # fmt: skip


def cause(now: datetime, walk) -> None:
    actions.state_pickup_cause(
        _difference(walk), actor=walk.clerk, now=now,
        cause="備貨時兩箱標籤貼反，一箱錯放到相鄰棧板",
        measure="換回正確的一箱，重新貼標並拍照",
    )  # fmt: skip


def consent(now: datetime, walk) -> None:
    actions.consent_pickup(_difference(walk), actor=walk.people["salesmanager"], now=now)


def confirm_again(now: datetime, walk) -> None:
    actions.confirm_pickup(
        _difference(walk), actor=walk.clerk, now=now, confirmed_person=walk.contact.name,
        confirmed_means="present", confirmed_at=now - timedelta(minutes=2),
    )  # fmt: skip


def repack(now: datetime, walk) -> None:
    actions.repack_pickup(
        _difference(walk), actor=walk.keeper, now=now, repack_remark="已換箱並重新貼標"
    )


def hand_over(now: datetime, walk) -> None:
    walk.note = actions.hand_over(
        walk.note, actor=walk.clerk, now=now, name=walk.contact.name, phone=walk.contact.phone,
        path=handwriting(walk.contact.name),
    )  # fmt: skip


def _difference(walk) -> PickupDifference:
    return PickupDifference.objects.filter(check_made__note=walk.note).latest("pk")


# --- what was lost on the way (3.2.2) -------------------------------------------------------------


def assess(now: datetime, walk) -> None:
    """The amounts that were proposed from the prices."""
    loss = _loss(walk)
    losses.assess_loss(
        loss, actor=loss.owner, now=now,
        amounts={row.pk: row.amount or Decimal(0) for row in loss.lines.all()},
    )  # fmt: skip


def claim(now: datetime, walk) -> None:
    loss = _loss(walk)
    losses.claim_loss(loss, actor=loss.owner, now=now)


def accept(now: datetime, walk) -> None:
    loss = _loss(walk)
    losses.accept_claim(
        loss, actor=loss.owner, now=now, agreed_amount=loss.claimed_amount,
        reply="經查途中雨布破損，同意按發貨單價賠償，併入下月運費抵扣。",
        replied_on=timezone.localdate(now),
    )  # fmt: skip


def settle(now: datetime, walk) -> None:
    loss = _loss(walk)
    losses.settle_claim(
        loss, actor=walk.people["salesmanager"], now=now, settled_amount=loss.agreed_amount,
        settlement_ref="抵扣運費 記賬憑證 0417",
    )  # fmt: skip


def resolve(now: datetime, walk) -> None:
    losses.resolve_incident(
        _loss(walk), actor=walk.people["salesmanager"], now=now,
        cause="裝車時未用綁帶固定，急煞時木箱移位撞裂。",
        measure="車隊每車配綁帶六條，出廠前由發貨人員拍照確認綁紮。",
    )  # fmt: skip


def _loss(walk) -> TransitLoss:
    return TransitLoss.objects.get(note=walk.note)


# --- after the last signature (3.2.2) -------------------------------------------------------------


def reverse(now: datetime, walk, line_no: int, quantity: int, reason: str) -> None:
    line = walk.note.lines.get(line_no=line_no)
    actions.draft_reversal(
        walk.note, actor=walk.clerk, now=now, reason=reason,
        quantities={line.pk: Decimal(quantity)},
    )  # fmt: skip


def approve(now: datetime, walk) -> None:
    leader = walk.people[walk.order.leader]
    actions.approve_reversal(walk.note.reversals.latest("pk"), actor=leader, now=now)
