"""What creating and editing a row of master data have in common."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.roles import holders_of
from aftersales.core import audit, changes
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.text import listed


def check_permission(actor, permission: str) -> None:
    """Raises RuleViolation where the actor may not keep this kind of master data."""
    if not actor.has_perm(permission):
        roles = listed(str(role.label) for role in holders_of(permission))
        message = _("您的角色不能維護這份主檔，請找%(roles)s")
        raise RuleViolation(message % {"roles": roles})


def check_not_future(
    model: type[models.Model], field: str, day: date | None, *, now: datetime, clause: str
) -> None:
    """Raises RuleViolation where what is told as done lies after the local day of `now`."""
    today = timezone.localdate(now)
    if day is not None and day > today:
        message = _("%(field)s最晚是今天（%(today)s），不能是 %(given)s")
        facts = {"field": model._meta.get_field(field).verbose_name, "today": today, "given": day}
        raise RuleViolation(message % facts, clause=clause, field=field)


def next_codes(model: type[models.Model], prefix: str) -> Iterator[str]:
    """The codes after the largest of the form K0001, one after the other."""
    taken = model._default_manager.filter(code__regex=rf"^{prefix}[0-9]+$")
    numbers = (int(code.removeprefix(prefix)) for code in taken.values_list("code", flat=True))
    return (f"{prefix}{number:04d}" for number in count(max(numbers, default=0) + 1))


def store(
    row: models.Model, *, event: str, actor, now: datetime, subject: models.Model | None = None,
    **data,
) -> None:  # fmt: skip
    """Check the row, save it and write the event; a twin stored meanwhile is a refusal.

    The event stands in the history of `subject`, whose row the caller has locked; without one in
    that of the row. The constraints are left to the database, which holds them anyway: a list of
    thousands of rows is not asked about each twice. What it refuses is looked up to be told in
    words.
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
    audit.record(subject or row, event, actor=actor, now=now, **data)


def edit(
    row: models.Model, facts: dict, *, event: str, actor, now: datetime, version: int | None,
    **data,
) -> models.Model:  # fmt: skip
    """Change the facts of a locked row; `data` goes with the event. Raises StaleEdit where
    somebody else was faster."""
    model = type(row)
    row = model._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and version != row.version:
        raise StaleEdit(row)
    before = model._default_manager.get(pk=row.pk)
    for field, value in facts.items():
        setattr(row, field, value)
    row.version += 1
    changed = changes.between(before, row, facts)
    store(row, event=event, actor=actor, now=now, changes=changed, **data)
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
