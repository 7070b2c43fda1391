"""Contracts with customers: how goods are handed over and what service follows (2.5, 3.2.1, 3.3.3)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import changes
from aftersales.core.errors import RuleViolation
from aftersales.masterdata import citations
from aftersales.masterdata.actions import rows
from aftersales.masterdata.models import Contract

FIELDS = (
    "number", "customer", "title", "signed_on", "valid_from", "valid_until", "delivery_terms",
    "allows_pickup", "pickup_terms", "warranty_months", "warranty_terms", "technical_agreement",
    "has_commissioning", "arrival_hours", "remark",
)  # fmt: skip
# What still changes once a document cites the contract; the rest is what was agreed when the
# goods left, and a change of it is a contract of its own.
FREE = ("title", "valid_until", "remark")
PERMISSION = "masterdata.edit_contract"
CLAUSE = "3.3.3"


@transaction.atomic
def create_contract(*, actor, now: datetime, **facts) -> Contract:
    """登記合同 (3.3.3). `facts` are FIELDS. Raises RuleViolation or ValidationError."""
    rows.check_permission(actor, PERMISSION)
    _check_signed(facts, now)
    contract = Contract(**facts)
    rows.store(contract, event="contract.created", actor=actor, now=now)
    return contract


@transaction.atomic
def edit_contract(
    contract: Contract, *, actor, now: datetime, version: int | None = None, **facts
) -> Contract:
    """修改合同 (3.3.3): all of it until a document cites it, then only FREE; an end that is moved
    then lies not in the past. Raises RuleViolation, StaleEdit."""
    rows.check_permission(actor, PERMISSION)
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    if document := citations.citing(contract):
        _check_unchanged(contract, facts, document)
        _check_end(contract, facts.get("valid_until"), timezone.localdate(now))
    _check_signed(facts, now)
    return rows.edit(
        contract, facts, event="contract.edited", actor=actor, now=now, version=version
    )


def _check_unchanged(contract: Contract, facts: dict, document) -> None:
    for field, value in facts.items():
        if field in FREE or value == getattr(contract, field):
            continue
        message = _(
            "合同 %(number)s 已被 %(document)s 引用：%(field)s 應為 %(value)s，不能修改；"
            "約定變了請另立補充合同"
        )
        words = {
            "number": contract.number,
            "document": citations.named(document),
            "field": contract._meta.get_field(field).verbose_name,
            "value": changes.in_words(contract, field) or "—",
        }
        raise RuleViolation(message % words, clause=CLAUSE, field=field)


def _check_end(contract: Contract, until: date | None, today: date) -> None:
    if until is None or until == contract.valid_until or until >= today:
        return
    message = _("合同已被引用，到期日最早改到今天（%(today)s），不能是 %(given)s")
    raise RuleViolation(
        message % {"today": today, "given": until}, clause=CLAUSE, field="valid_until"
    )


def _check_signed(facts: dict, now: datetime) -> None:
    rows.check_not_future(Contract, "signed_on", facts.get("signed_on"), now=now, clause=CLAUSE)
