"""3.2.1 clerk, keeper and the customer's person check together against the 成品發貨單."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import half_width_words, tidy
from delivery.actions.locking import locked, required_text
from delivery.actions.pickup.locking import consenters, tell_at_pickup
from delivery.actions.telling import issuing_clerks, sales_side
from delivery.models import (
    PickupCheck,
    PickupCheckLine,
    PickupDifference,
    ShippingNote,
    ShippingNoteLine,
)
from delivery.quantities import exact, plain
from delivery.workflow import WORKFLOW

CLAUSE = "3.2.1"
# What shows that somebody is a sales clerk or a keeper, or stands in for one.
CLERK, KEEPER = "delivery.state_pickup_cause", "delivery.verify_shippingnote"


@dataclass(frozen=True)
class Found:
    """What the three found of one line. A remark tells what is wrong: such a line differs."""

    quantity: Decimal
    remark: str = ""


@transaction.atomic
def check_pickup(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    clerk: User,
    keeper: User,
    customer_person: str,
    found: Mapping[int, Found],
    customer_phone: str = "",
    credential: str = "",
) -> PickupCheck:
    """三方核對 (3.2.1): who was there, and what was found of every line, by the line's pk.

    Every attempt is kept. All right: the goods can be handed over. Any difference opens a
    PickupDifference, and clerk and sales manager are told at once. Raises RuleViolation at
    `clerk`, `keeper`, `customer_person`, `customer_phone` or `line_<pk>`, and while an earlier
    difference has not been repacked.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "check_pickup", actor=actor)
    _check_parties(actor, clerk, keeper)
    check = PickupCheck(
        note=note,
        attempt=note.pickup_checks.count() + 1,
        clerk=clerk,
        keeper=keeper,
        customer_person=required_text(
            customer_person, "customer_person", _("顧客代表的姓名"), clause=CLAUSE
        ),
        customer_phone=half_width_words(tidy(customer_phone)),
        credential=half_width_words(tidy(credential)),
        checked_at=now,
        recorded_by=actor,
    )
    _check_known(check)
    lines = [_line(line, found.get(line.pk)) for line in note.lines.all()]
    check.is_match = not any(line.differs for line in lines)
    check.full_clean()
    check.save()
    for line in lines:
        line.check_made = check
        line.clean_fields(exclude=["check_made", "line"])
    PickupCheckLine.objects.bulk_create(lines)
    (_agree if check.is_match else _differ)(check, lines, step, actor=actor, now=now)
    return check


def _check_parties(actor: User, clerk: User, keeper: User) -> None:
    """Two of our people who hold the posts, one of whom writes it down."""
    if clerk is None or not clerk.has_perm(CLERK):
        message = _("請選在場的銷售內勤（或其代理人）")
        raise RuleViolation(message, clause=CLAUSE, field="clerk")
    if keeper is None or not keeper.has_perm(KEEPER):
        message = _("請選在場的倉庫保管員（或其代理人）")
        raise RuleViolation(message, clause=CLAUSE, field="keeper")
    if clerk.pk == keeper.pk:
        message = _("銷售內勤與倉庫保管員要是兩個人，三方一起核對")
        raise RuleViolation(message, clause=CLAUSE, field="keeper")
    if actor.pk not in {clerk.pk, keeper.pk}:
        message = _("三方核對由在場的銷售內勤或倉庫保管員登記，%(who)s 不在其中")
        raise RuleViolation(message % {"who": actor}, clause=CLAUSE, field="clerk")


def _check_known(check: PickupCheck) -> None:
    """Goods are not given to a mere name."""
    if not check.customer_phone and not check.credential:
        message = _("請填顧客代表的電話或提貨憑證，至少一項，以確認是顧客派來的人")
        raise RuleViolation(message, clause=CLAUSE, field="customer_phone")


def _line(line: ShippingNoteLine, found: Found | None) -> PickupCheckLine:
    field = f"line_{line.pk}"
    if found is None or found.quantity is None:
        message = _("第 %(line)d 行 %(name)s 還沒有核對")
        facts = {"line": line.line_no, "name": line.name}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    quantity = exact(found.quantity, label=_("實點數量"), clause=CLAUSE, field=field)
    remark = tidy(found.remark)
    differs = quantity != line.quantity or bool(remark)
    return PickupCheckLine(line=line, counted_quantity=quantity, remark=remark, differs=differs)


def _agree(check: PickupCheck, lines, step, *, actor: User, now: datetime) -> None:
    entry = _record(check, "shippingnote.pickup_agreed", step, actor=actor, now=now)
    facts = {"note": check.note.title, "person": check.customer_person}
    tell_at_pickup(
        [check.clerk, check.keeper, *sales_side(check.note)],
        check.note,
        entry,
        lambda: _("三方核對相符，收貨人簽名後交貨：%(note)s") % facts,
        body=lambda: _("顧客代表 %(person)s。") % facts,
        now=now,
        is_urgent=False,
    )


def _differ(check: PickupCheck, lines, step, *, actor: User, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):  # what is kept is in the company's language
        found = [_sentence(line) for line in lines if line.differs]
    PickupDifference.objects.create(check_made=check, description="\n".join(found))
    entry = _record(
        check, "shippingnote.pickup_differs", step, actor=actor, now=now, differences=found
    )
    facts = {"note": check.note.title, "found": "；".join(found)}
    tell_at_pickup(
        [check.clerk, check.keeper, *issuing_clerks(check.note), *consenters()],
        check.note,
        entry,
        lambda: _("提貨時單貨不符，請銷售內勤查明原因：%(note)s") % facts,
        body=lambda: facts["found"],
        now=now,
    )


def _record(check: PickupCheck, event: str, step, *, actor: User, now: datetime, **data):
    return audit.record(
        check.note,
        event,
        actor=actor,
        now=now,
        step=step,
        attempt=check.attempt,
        clerk=check.clerk.display_name,
        keeper=check.keeper.display_name,
        customer_person=check.customer_person,
        customer_phone=check.customer_phone,
        credential=check.credential,
        **data,
    )


def _sentence(found: PickupCheckLine) -> str:
    line = found.line
    facts = {
        "line": line.line_no,
        "name": line.name,
        "ordered": plain(line.quantity),
        "counted": plain(found.counted_quantity),
        "uom": line.uom,
    }
    text = _("第 %(line)d 行 %(name)s：單上 %(ordered)s %(uom)s，實點 %(counted)s %(uom)s") % facts
    return f"{text}，{found.remark}" if found.remark else text
