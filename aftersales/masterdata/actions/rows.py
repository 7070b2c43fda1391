"""What creating and editing a row of master data have in common."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from aftersales.core import audit, changes
from aftersales.core.errors import RuleViolation, StaleEdit


def check_permission(actor, permission: str) -> None:
    """Raises RuleViolation where the actor may not keep this kind of master data."""
    if not actor.has_perm(permission):
        raise RuleViolation(_("您的角色不能維護這份主檔，請找銷售內勤或系統管理員"))


def store(row: models.Model, *, event: str, actor, now: datetime, **data) -> None:
    """Check the row, save it and write the event; a twin stored meanwhile is a refusal.

    The constraints are left to the database, which holds them anyway: a list of thousands of
    rows is not asked about each twice. What it refuses is looked up to be told in words.
    """
    if hasattr(row, "folded"):
        row.search_text = row.folded()
    row.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        row.full_clean()
        raise RuleViolation(_("剛剛有人存了同一筆，請重新查詢後再試")) from error
    audit.record(row, event, actor=actor, now=now, **data)


def edit(
    row: models.Model, facts: dict, *, event: str, actor, now: datetime, version: int | None
) -> models.Model:
    """Change the facts of a locked row. Raises StaleEdit where somebody else was faster."""
    model = type(row)
    row = model._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and version != row.version:
        raise StaleEdit(row)
    before = model._default_manager.get(pk=row.pk)
    for field, value in facts.items():
        setattr(row, field, value)
    row.version += 1
    store(row, event=event, actor=actor, now=now, changes=changes.between(before, row, facts))
    return row


def set_active(
    row: models.Model, is_active: bool, *, event: str, actor, now: datetime, reason: str
) -> models.Model:
    """Take a row out of use, or back into it; what was made with it stays. A row that is so
    already is a refusal."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if row.is_active == is_active:
        raise RuleViolation(
            _("這一筆已經在使用中") if is_active else _("這一筆已經停用，請重新整理頁面")
        )
    row.is_active = is_active
    row.version += 1
    store(row, event=event, actor=actor, now=now, reason=reason)
    return row
