"""Large registers are read and written by a worker; the row of models.ImportRun says how it stands.

Work is claimed by a conditional UPDATE, so that a task which runs twice does it once. What was
written and that the run is done are one transaction: whoever dies before its end has written
nothing. A run that nobody speaks for is marked as stopped by a sweep, and can be read again.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation, sentences
from aftersales.core.models import ImportRun
from aftersales.core.registers import kinds
from aftersales.core.registers.checking import Reading, check
from aftersales.core.registers.previews import preview_of
from aftersales.core.registers.progress import Step
from aftersales.core.registers.writing import write

logger = logging.getLogger(__name__)

State = ImportRun.State
BEAT = timedelta(seconds=2)
Clock = Callable[[], datetime]


class _Stopped(Exception):
    """Somebody has marked the run as stopped: its work is over."""


def start(
    kind: str, *, token: str, file_name: str, create_missing: bool, user, now: datetime
) -> ImportRun:
    """A run for an upload that is kept under `token`; the caller wakes a worker after commit."""
    return ImportRun.objects.create(
        kind=kind, token=token, file_name=file_name[:200], create_missing=create_missing,
        user=user, queued_at=now,
    )  # fmt: skip


@transaction.atomic
def confirm(run: ImportRun, *, fingerprint: str, update_existing: bool, now: datetime) -> None:
    """Have written what the preview has shown. Raises RuleViolation where it shows something
    else by now, or where the run stands elsewhere."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != State.READY:
        raise RuleViolation(
            _("這次匯入現在是「%(state)s」，不能確認") % {"state": run.get_state_display()}
        )
    if fingerprint != run.fingerprint:
        raise RuleViolation(_("主檔在您預覽之後有變動，請再看一次下面的內容，再確認匯入"))
    run.state, run.update_existing, run.queued_at = State.CONFIRMED, update_existing, now
    run.done, run.reason = 0, ""
    run.save(update_fields=["state", "update_existing", "queued_at", "done", "reason"])


@transaction.atomic
def restart(run: ImportRun, *, now: datetime) -> None:
    """Read the file of a stopped run again. Raises RuleViolation where the run is not stopped, or
    where its file is no longer kept."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != State.STOPPED:
        raise RuleViolation(
            _("這次匯入現在是「%(state)s」，不必重做") % {"state": run.get_state_display()}
        )
    pending_uploads.fetch(run.token, user=run.user)
    run.state, run.queued_at, run.done, run.total, run.reason = State.QUEUED, now, 0, None, ""
    run.save(update_fields=["state", "queued_at", "done", "total", "reason"])


def work_on(pk: int, *, clock: Clock) -> bool:
    """Read or write the register of a waiting run; False where nobody waits (any more)."""
    for waiting, working, work in (
        (State.QUEUED, State.READING, _read), (State.CONFIRMED, State.WRITING, _write),
    ):  # fmt: skip
        claimed = ImportRun.objects.filter(pk=pk, state=waiting).update(
            state=working, heartbeat_at=clock()
        )
        if claimed:
            run = ImportRun.objects.select_related("user").get(pk=pk)
            with translation.override(run.user.language or settings.LANGUAGE_CODE):
                _do(run, work, clock)
            return True
    return False


def stop_silent(*, now: datetime) -> int:
    """Mark runs whose worker has died as stopped; returns how many."""
    silent = ImportRun.objects.silent(now)
    if not silent.exists():
        return 0
    try:
        return silent.update(
            state=State.STOPPED, finished_at=now,
            reason=_("讀取或寫入中途停了（程式被關閉或當機），什麼都沒有寫入；請按「再讀一次」"),
        )  # fmt: skip
    except OperationalError:
        # SQLite has one writer: somebody is at work, and is asked again in a minute.
        return 0


def _do(run: ImportRun, work, clock: Clock) -> None:
    try:
        upload = pending_uploads.fetch(run.token, user=run.user)
        register = kinds.make(run.kind)
        _slip(upload).unlink(missing_ok=True)
        beat = Heartbeat(run, upload, clock)
        with check(
            register, upload.path, upload.name, create_missing=run.create_missing, progress=beat
        ) as reading:
            work(run, reading, beat, clock)
    except _Stopped:
        logger.warning("import %s was stopped while it was worked on", run.pk)
    except RuleViolation as refusal:
        _end(run, State.REFUSED, clock, reason=_("；").join(sentences(refusal)))
    except Exception:
        _end(run, State.STOPPED, clock, reason=_("發生未預期的錯誤，什麼都沒有寫入；請再讀一次"))
        raise


def _read(run: ImportRun, reading: Reading, beat: "Heartbeat", clock: Clock) -> None:
    _show(run, reading, clock, reason="")


def _write(run: ImportRun, reading: Reading, beat: "Heartbeat", clock: Clock) -> None:
    if reading.fingerprint != run.fingerprint:
        reason = _("主檔在您預覽之後有變動，請再看一次下面的內容，再確認匯入")
        _show(run, reading, clock, reason=reason)
        return
    with transaction.atomic():
        beat.is_within_transaction = True
        outcome = write(
            reading, actor=run.user, now=clock(), source=run.file_name,
            update_existing=run.update_existing, progress=beat,
        )  # fmt: skip
        is_ours = _end(
            run, State.DONE, clock, created=outcome.created, changed=outcome.changed,
            unchanged=outcome.unchanged, done=reading.total, total=reading.total,
        )  # fmt: skip
        if not is_ours:
            raise _Stopped  # takes back what was written


def _show(run: ImportRun, reading: Reading, clock: Clock, *, reason: str) -> None:
    state = State.REFUSED if reading.error_count else State.READY
    _end(
        run, state, clock, preview=preview_of(reading), fingerprint=reading.fingerprint,
        done=reading.total, total=reading.total, reason=reason,
    )  # fmt: skip


def _end(run: ImportRun, state: str, clock: Clock, **facts) -> bool:
    """Let go of a run that is in our hands; False where it was taken away."""
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state)
    return mine.update(state=state, finished_at=clock(), **facts) == 1


def progress_of(run: ImportRun) -> tuple[int, int | None]:
    """How far the worker has come, and of how much; None where nobody knows."""
    if run.state == State.WRITING and connection.vendor == "sqlite":
        with suppress(OSError, ValueError, RuleViolation):
            upload = pending_uploads.fetch(run.token, user=run.user)
            done, total = json.loads(_slip(upload).read_text())
            return done, total
    return run.done, run.total


def _slip(upload: pending_uploads.PendingUpload) -> Path:
    """Beside the kept file: what the worker says while it holds the one writer's place."""
    return upload.path.with_suffix(f"{upload.path.suffix}.progress")


class Heartbeat:
    """Progress written into the run every few seconds. Within the transaction that writes the
    register it goes through a connection of its own; on SQLite, which has one writer, it goes
    onto a slip beside the file."""

    def __init__(self, run: ImportRun, upload: pending_uploads.PendingUpload, clock: Clock):
        self._run, self._slip, self._clock = run, _slip(upload), clock
        self._last: datetime | None = None
        self.is_within_transaction = False

    def __call__(self, step: Step, done: int, total: int | None) -> None:
        now = self._clock()
        if self._last and now - self._last < BEAT:
            return
        self._last = now
        done, total = self._on_the_way(step, done, total)
        if not self.is_within_transaction:
            mine = ImportRun.objects.filter(pk=self._run.pk, state=self._run.state)
            if not mine.update(done=done, total=total, heartbeat_at=now):
                raise _Stopped
        elif connection.vendor == "postgresql":
            self._beat_beside(done, total, now)
        else:
            self._slip.write_text(json.dumps([done, total]))

    def _on_the_way(self, step: Step, done: int, total: int | None) -> tuple[int, int | None]:
        """How far the whole work is: what is written has been read once more before."""
        rows = self._run.total
        if self._run.state != State.WRITING or not rows:
            return done, total
        far = {Step.READING: min(done, rows), Step.COMPARING: rows, Step.WRITING: rows + done}
        return far[step], 2 * rows

    def _beat_beside(self, done: int, total: int | None, now: datetime) -> None:
        beside = connection.copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute(
                    "UPDATE core_importrun SET done = %s, total = %s, heartbeat_at = %s"
                    " WHERE id = %s AND state = %s",
                    [done, total, now, self._run.pk, self._run.state],
                )
        finally:
            beside.close()
