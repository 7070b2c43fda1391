"""3.2.2 what the loss amounts to, line by line."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy
from delivery.actions.losses.locking import CLAUSE, check_seen, locked_loss, money, stored
from delivery.models import TransitLoss, TransitLossLine
from delivery.quantities import plain
from delivery.workflow import LOSS_WORKFLOW


@transaction.atomic
def assess_loss(
    loss: TransitLoss,
    *,
    actor: User,
    now: datetime,
    amounts: Mapping[int, Decimal | None],
    remarks: Mapping[int, str] | None = None,
    version: int | None = None,
) -> TransitLoss:
    """核定損失金額 (3.2.2): an amount of 0 or more and a remark for each line, by its pk.

    A remark that is not given stays. Raises StaleEdit, or RuleViolation at `amount_<pk>` or
    `remark_<pk>`.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "assess", actor=actor)
    check_seen(loss, version)
    rows = list(loss.lines.all())
    for row in rows:
        row.amount = _amount_of(row, amounts.get(row.pk))
        row.remark = _remark_of(row, (remarks or {}).get(row.pk, row.remark))
        row.save(update_fields=["amount", "remark"])
    stored(loss)
    audit.record(
        loss,
        "transitloss.assessed",
        actor=actor,
        now=now,
        step=step,
        amount=loss.lost_amount,
        amounts=[[row.line.line_no, row.get_kind_display(), plain(row.amount)] for row in rows],
    )
    return loss


def _amount_of(row: TransitLossLine, given) -> Decimal:
    field = f"amount_{row.pk}"
    if given is None:
        facts = {"line": row.line.line_no, "kind": row.get_kind_display()}
        message = _("請填第 %(line)d 行「%(kind)s」的損失金額，沒有損失就填 0") % facts
        raise RuleViolation(message, clause=CLAUSE, field=field)
    label = _("第 %(line)d 行的損失金額") % {"line": row.line.line_no}
    return money(given, label=label, field=field)


def _remark_of(row: TransitLossLine, given: str) -> str:
    text = tidy(given or "")
    most = row._meta.get_field("remark").max_length
    if len(text) > most:
        message = _("情形最多 %(most)d 個字，現在有 %(now)d 個字")
        facts = {"most": most, "now": len(text)}
        raise RuleViolation(message % facts, clause=CLAUSE, field=f"remark_{row.pk}")
    return text
