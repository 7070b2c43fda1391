"""Agreements with carriers: they fix the responsibility for quality on the way (3.1.2).

Their history is the carrier's.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy
from aftersales.masterdata import citations
from aftersales.masterdata.actions import rows
from aftersales.masterdata.actions.carriers import PERMISSION, locked_in_use
from aftersales.masterdata.models import Carrier, CarrierAgreement

FIELDS = (
    "number", "liability_terms", "claim_within_days", "signed_on", "valid_from", "valid_until",
    "remark",
)  # fmt: skip
CLAUSE = "3.1.2"


@transaction.atomic
def create_agreement(carrier: Carrier, *, actor, now: datetime, **facts) -> CarrierAgreement:
    """登記承運協議 (3.1.2). `facts` are FIELDS. Raises RuleViolation or ValidationError."""
    rows.check_permission(actor, PERMISSION)
    carrier = locked_in_use(carrier)
    _check_signed(facts, now)
    agreement = CarrierAgreement(carrier=carrier, **facts)
    rows.store(
        agreement, event="agreement.created", actor=actor, now=now, subject=carrier,
        clause=CLAUSE, name=agreement.number,
    )  # fmt: skip
    return agreement


@transaction.atomic
def edit_agreement(
    agreement: CarrierAgreement, *, actor, now: datetime, version: int | None = None, **facts
) -> CarrierAgreement:
    """修改承運協議 (3.1.2), as long as no note cites it: a claim rests on what was agreed when the
    goods left. Raises RuleViolation, StaleEdit."""
    rows.check_permission(actor, PERMISSION)
    agreement = _locked(agreement)
    check_editable(agreement)
    _check_signed(facts, now)
    return rows.edit(
        agreement, facts, event="agreement.edited", actor=actor, now=now, version=version,
        subject=agreement.carrier, clause=CLAUSE, name=agreement.number,
    )  # fmt: skip


@transaction.atomic
def terminate_agreement(
    agreement: CarrierAgreement, *, actor, now: datetime, terminated_on: date, reason: str
) -> CarrierAgreement:
    """提前終止承運協議 (3.1.2): from this local day on it binds no more. Notes that cite it keep
    citing it. Raises RuleViolation."""
    rows.check_permission(actor, PERMISSION)
    agreement = _locked(agreement)
    _check_termination(agreement, terminated_on, timezone.localdate(now))
    agreement.terminated_on, agreement.termination_reason = terminated_on, tidy(reason)
    agreement.version += 1
    rows.store(
        agreement, event="agreement.terminated", actor=actor, now=now,
        subject=agreement.carrier, clause=CLAUSE, name=agreement.number,
        terminated_on=terminated_on, reason=agreement.termination_reason,
    )  # fmt: skip
    return agreement


def check_editable(agreement: CarrierAgreement) -> None:
    """Raises RuleViolation where a note cites the agreement, or it has been terminated."""
    _check_not_terminated(agreement)
    if document := citations.citing(agreement):
        message = _(
            "協議 %(number)s 已被 %(document)s 引用，不能修改；條件變了請另立一份新協議，要停止就提前終止"
        )
        facts = {"number": agreement.number, "document": citations.named(document)}
        raise RuleViolation(message % facts, clause=CLAUSE)


def _check_termination(agreement: CarrierAgreement, on: date, today: date) -> None:
    _check_not_terminated(agreement)
    facts = {"number": agreement.number, "today": today, "until": agreement.valid_until, "on": on}
    if agreement.valid_until < today:
        message = _("協議 %(number)s 已於 %(until)s 到期，不必再終止")
        raise RuleViolation(message % facts, clause=CLAUSE)
    if on < today:
        message = _("終止日最早是今天（%(today)s），不能是 %(on)s")
        raise RuleViolation(message % facts, clause=CLAUSE, field="terminated_on")
    if on > agreement.valid_until:
        message = _("協議 %(number)s 到 %(until)s 就到期，終止日不能晚於這天")
        raise RuleViolation(message % facts, clause=CLAUSE, field="terminated_on")


def _check_not_terminated(agreement: CarrierAgreement) -> None:
    if agreement.terminated_on:
        message = _("協議 %(number)s 已自 %(on)s 起終止：%(reason)s")
        facts = {
            "number": agreement.number,
            "on": agreement.terminated_on,
            "reason": agreement.termination_reason,
        }
        raise RuleViolation(message % facts, clause=CLAUSE)


def _locked(agreement: CarrierAgreement) -> CarrierAgreement:
    """The carrier's row is locked too: its audit chain grows."""
    Carrier.objects.select_for_update().get(pk=agreement.carrier_id)
    found = CarrierAgreement.objects.select_for_update(of=("self",)).select_related("carrier")
    return found.get(pk=agreement.pk)


def _check_signed(facts: dict, now: datetime) -> None:
    rows.check_not_future(
        CarrierAgreement, "signed_on", facts.get("signed_on"), now=now, clause=CLAUSE
    )
