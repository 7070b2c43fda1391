"""What suppliers and carriers have in common: a code of their own, names in both scripts."""

from datetime import datetime

from aftersales.masterdata.actions import rows
from aftersales.masterdata.actions.customers import simplified
from aftersales.masterdata.models.partners import Partner

FIELDS = (
    "code", "name", "name_simplified", "short_name", "contact", "phone", "email", "address",
    "remark",
)  # fmt: skip


def create(partner: Partner, prefix: str, *, event: str, actor, now: datetime) -> Partner:
    """A new one; an empty code gets the next free number, an empty Simplified name is made."""
    partner.code = partner.code or next(rows.next_codes(type(partner), prefix))
    partner.name_simplified = partner.name_simplified or simplified(partner.name)
    rows.store(partner, event=event, actor=actor, now=now)
    return partner


def edit(
    partner: Partner, facts: dict, *, event: str, actor, now: datetime, version: int | None
) -> Partner:
    """Change the facts; an empty Simplified name is made. Raises StaleEdit."""
    if "name_simplified" in facts:
        name = facts.get("name", partner.name)
        facts["name_simplified"] = facts["name_simplified"] or simplified(name)
    return rows.edit(partner, facts, event=event, actor=actor, now=now, version=version)
