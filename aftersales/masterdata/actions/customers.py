"""Customers: created by hand, by an import, or from a spreadsheet that names a new one."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

import opencc
from django.db import transaction

from aftersales.masterdata.actions import rows
from aftersales.masterdata.models import Customer

FIELDS = (
    "code", "name", "name_simplified", "short_name", "region", "address", "phone",
    "is_key_account", "salesperson", "is_active", "remark",
)  # fmt: skip
PERMISSION = "masterdata.edit_customer"
PREFIX = "K"


@transaction.atomic
def create_customer(*, actor, now: datetime, **facts) -> Customer:
    """新增客戶. `facts` are FIELDS; an empty code gets the next free K-number, an empty
    Simplified name is made from the Traditional one. Raises RuleViolation or ValidationError.
    """
    rows.check_permission(actor, PERMISSION)
    customer = Customer(**facts)
    customer.code = customer.code or next(next_codes())
    customer.name_simplified = customer.name_simplified or simplified(customer.name)
    rows.store(customer, event="customer.created", actor=actor, now=now)
    return customer


@transaction.atomic
def edit_customer(
    customer: Customer, *, actor, now: datetime, version: int | None = None, **facts
) -> Customer:
    """修改客戶. Raises StaleEdit where somebody changed it since `version`."""
    rows.check_permission(actor, PERMISSION)
    if "name_simplified" in facts:
        facts["name_simplified"] = facts["name_simplified"] or simplified(
            facts.get("name", customer.name)
        )
    return rows.edit(
        customer, facts, event="customer.edited", actor=actor, now=now, version=version
    )


@transaction.atomic
def deactivate_customer(customer: Customer, *, actor, now: datetime, reason: str) -> Customer:
    """停用 (nothing is deleted): new documents cannot take it any more, older ones keep it."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        customer, False, event="customer.deactivated", actor=actor, now=now, reason=reason
    )


@transaction.atomic
def reactivate_customer(customer: Customer, *, actor, now: datetime, reason: str) -> Customer:
    """恢復: back in use."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        customer, True, event="customer.reactivated", actor=actor, now=now, reason=reason
    )


def simplified(name: str) -> str:
    """The name in Simplified characters."""
    return _converter().convert(name)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def next_codes() -> Iterator[str]:
    """The codes after the largest of the form K0001, one after the other."""
    return rows.next_codes(Customer, PREFIX)
