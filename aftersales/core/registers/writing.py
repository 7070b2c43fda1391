"""What was read is written: all of it in one transaction, by one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.registers.checking import Reading
from aftersales.core.registers.progress import Progress, Step, quietly, told
from aftersales.core.registers.register import DIFFERENT, NEW, WRONG, Order, Planned
from aftersales.core.spreadsheets.problems import Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were created and changed, and how many were left as they are."""

    created: int
    changed: int
    unchanged: int


class ImportRefused(RuleViolation):
    """Nothing of the file was written; `findings` say why by row."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__(
            _("檔案有 %(count)s 個問題，沒有匯入任何一列：%(first)s")
            % {"count": len(findings), "first": findings[0].message},
            field="file",
        )
        self.findings = list(findings)


@transaction.atomic
def write(
    reading: Reading,
    *,
    actor,
    now: datetime,
    source: str = "",
    update_existing: bool = True,
    progress: Progress = quietly,
) -> Outcome:
    """Store what is new and, where wanted, change what differs; `source` is the file's name.

    Rows are judged again under the lock, so what somebody stored meanwhile is not stored twice.
    Raises RuleViolation where the actor may not, or where the reading has errors; ImportRefused
    where a row has become wrong meanwhile. Nothing is written then.
    """
    register = reading.register
    if not actor.has_perm(register.permission):
        raise RuleViolation(_("您的角色沒有匯入%(title)s的權限") % {"title": register.title})
    if errors := reading.error_count:
        raise RuleViolation(
            _("檔案裡還有 %(number)d 處錯誤，沒有寫入任何一列；請改好後重新上傳")
            % {"number": errors}
        )
    _take_turns(register.name)
    register.begin()
    order = Order(actor, now, source, update_existing)
    counts, done = dict.fromkeys((NEW, DIFFERENT), 0), 0
    for batch in reading.batches():
        _write(register, batch, order)
        rows = [row for rows in batch for row in rows] if register.in_groups else batch
        for row in rows:
            if row.status in counts:
                counts[row.status] += 1
        done += len(rows)
        told(progress, Step.WRITING, done, reading.total)
    changed = counts[DIFFERENT] if update_existing else 0
    return Outcome(counts[NEW], changed, reading.total - counts[NEW] - changed)


def _write(register, batch, order: Order) -> None:
    refusals = _Refusals()
    try:
        with transaction.atomic():
            register.write(batch, refusals, order)
    except IntegrityError as error:
        raise RuleViolation(
            _("匯入的同時有人存了同一筆，沒有寫入任何一列；請再匯入一次")
        ) from error
    if refusals.findings:
        raise ImportRefused(refusals.findings)


def _take_turns(name: str) -> None:
    """Wait for another import of the same kind: what it stores has to be seen. SQLite has one
    writer at a time anyway."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"register:{name}"])
    except OperationalError as error:
        raise RuleViolation(_("另一個匯入正在寫入，請等它完成後再匯入")) from error


class _Refusals:
    """What has become wrong since the file was checked; doubts were told then."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(self, row: Planned, fact: str, code: str, message) -> None:
        row.status = WRONG
        row.failed.add(fact)
        self.findings.append(Finding(row.number, None, code, str(message)))

    def warn(self, row: Planned, fact: str, code: str, message) -> None:
        pass
