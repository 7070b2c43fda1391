"""A large register is read and written by a worker; the row of the run tells how it stands."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from aftersales.celery import app
from aftersales.core import pending_uploads, tasks
from aftersales.core.errors import RuleViolation
from aftersales.core.models import ImportRun
from aftersales.core.models.import_runs import SILENCE
from aftersales.core.registers import runs
from aftersales.core.registers.progress import Step
from aftersales.core.tests.registers import workbook
from aftersales.masterdata.models import Product

HEADINGS = ["料號", "品名"]
ROWS = [["P-1", "離心泵"], ["P-2", "機械密封"]]


@pytest.fixture
def start(sales_clerk, now):
    """start(*rows): a run for a list of products that somebody has just uploaded."""

    def start(*rows) -> ImportRun:
        upload = SimpleUploadedFile("產品.xlsx", workbook(HEADINGS, *rows))
        token = pending_uploads.keep(upload, user=sales_clerk)
        return runs.start(
            "products", token=token, file_name="產品.xlsx", create_missing=False,
            user=sales_clerk, now=now,
        )  # fmt: skip

    return start


@pytest.fixture
def work(now):
    """work(run): what the worker does; the row as it is then."""

    def work(run: ImportRun) -> ImportRun:
        runs.work_on(run.pk, clock=lambda: now)
        run.refresh_from_db()
        return run

    return work


@pytest.fixture
def at_once():
    """Tasks are done where they are sent."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def confirm(run: ImportRun, now, **answers) -> None:
    answers = {"fingerprint": run.fingerprint, "update_existing": False} | answers
    runs.confirm(run, now=now, **answers)


def test_a_run_is_read_shown_confirmed_and_written(start, work, now):
    run = work(start(*ROWS))
    assert (run.state, run.preview["counts"], run.total) == ("ready", {"new": 2}, 2)
    assert run.preview["rows"][0]["name"] == "離心泵"
    assert not Product.objects.exists()

    confirm(run, now)
    run = work(run)

    assert (run.state, run.created, run.changed, run.unchanged) == ("done", 2, 0, 0)
    assert Product.objects.count() == 2


def test_a_task_that_runs_twice_writes_once(start, work, now):
    run = work(start(*ROWS))
    confirm(run, now)

    assert runs.work_on(run.pk, clock=lambda: now) is True
    assert runs.work_on(run.pk, clock=lambda: now) is False
    assert Product.objects.count() == 2


def test_a_file_with_errors_cannot_be_confirmed(start, work, now):
    run = work(start(*ROWS, ["P-1", "又一次"]))

    assert (run.state, run.preview["error_count"]) == ("refused", 1)
    assert run.preview["errors"][0]["code"] == "duplicate"
    with pytest.raises(RuleViolation, match="檔案有錯"):
        confirm(run, now)


def test_what_was_not_seen_is_not_confirmed(start, work, now):
    run = work(start(*ROWS))

    with pytest.raises(RuleViolation, match="有變動"):
        confirm(run, now, fingerprint="of another preview")


def test_what_has_changed_since_the_preview_is_shown_again(start, work, now, make_product):
    run = work(start(*ROWS))
    confirm(run, now)
    make_product("P-1", "別人剛建的")

    run = work(run)

    assert (run.state, run.preview["counts"]) == ("ready", {"new": 1, "different": 1})
    assert "有變動" in run.reason
    assert Product.objects.count() == 1


def test_the_tick_decides_whether_what_exists_is_changed(start, work, now, make_product):
    make_product("P-1", "水泵")
    run = work(start(*ROWS))
    confirm(run, now, update_existing=True)

    run = work(run)

    assert (run.created, run.changed) == (1, 1)
    assert Product.objects.get(part_no="P-1").name == "離心泵"


def test_a_run_whose_worker_died_is_marked_and_can_be_read_again(start, work, now):
    run = start(*ROWS)
    ImportRun.objects.filter(pk=run.pk).update(state="writing", heartbeat_at=now)

    assert runs.stop_silent(now=now + SILENCE) == 0
    assert runs.stop_silent(now=now + SILENCE + timedelta(seconds=1)) == 1
    run.refresh_from_db()
    assert run.state == "stopped"
    assert "什麼都沒有寫入" in run.reason

    runs.restart(run, now=now)
    assert work(run).state == "ready"


def test_only_a_stopped_run_is_read_again(start, work, now):
    run = work(start(*ROWS))

    with pytest.raises(RuleViolation, match="待確認"):
        runs.restart(run, now=now)


def test_a_run_that_was_marked_while_it_was_written_writes_nothing(start, work, now):
    """The sweep was wrong: the worker had only been asleep."""
    run = work(start(*ROWS))
    confirm(run, now)
    ImportRun.objects.filter(pk=run.pk).update(state="writing")
    sleeper = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(state="stopped")

    runs._do(sleeper, runs._write, lambda: now)

    run.refresh_from_db()
    assert run.state == "stopped"
    assert not Product.objects.exists()


def test_progress_is_written_every_few_seconds_and_stops_where_the_run_was_taken_away(start, now):
    run = start(*ROWS)
    upload = pending_uploads.fetch(run.token, user=run.user)
    moments = iter([now, now + timedelta(seconds=1), now + timedelta(seconds=3),
                    now + timedelta(seconds=6)])  # fmt: skip
    beat = runs.Heartbeat(run, upload, lambda: next(moments))

    seen = []
    for done in (200, 400, 600):
        beat(Step.READING, done, None)
        seen.append(runs.progress_of(ImportRun.objects.get(pk=run.pk)))
    ImportRun.objects.filter(pk=run.pk).update(state="stopped")

    assert seen == [(200, None), (200, None), (600, None)]
    with pytest.raises(runs._Stopped):
        beat(Step.READING, 800, None)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_although_what_is_written_is_not(start, now):
    run = start(*ROWS)
    run.state, run.total = "writing", 10
    run.save()
    beat = runs.Heartbeat(run, pending_uploads.fetch(run.token, user=run.user), lambda: now)
    beat.is_within_transaction = True

    with transaction.atomic():
        Product.objects.create(part_no="P-1", name="離心泵")
        beat(Step.WRITING, 4, 10)
        transaction.set_rollback(True)

    assert runs.progress_of(ImportRun.objects.get(pk=run.pk)) == (14, 20)
    assert not Product.objects.exists()


def test_what_is_written_has_been_read_once_more_before(start, work, now):
    run = work(start(*ROWS))
    run.state = "writing"
    beat = runs.Heartbeat(run, pending_uploads.fetch(run.token, user=run.user), lambda: now)

    assert beat._on_the_way(Step.READING, 1, None) == (1, 4)
    assert beat._on_the_way(Step.COMPARING, 1, 2) == (2, 4)
    assert beat._on_the_way(Step.WRITING, 1, 2) == (3, 4)


def test_a_file_that_is_no_longer_kept_is_told(start, work, now):
    run = start(*ROWS)
    Path(pending_uploads.fetch(run.token, user=run.user).path).unlink()

    run = work(run)

    assert run.state == "refused"
    assert "重新上傳" in run.reason


def test_an_error_that_nobody_expected_stops_the_run_and_is_not_hidden(start, now):
    run = start(*ROWS)
    ImportRun.objects.filter(pk=run.pk).update(kind="nothing")

    with pytest.raises(KeyError):
        runs.work_on(run.pk, clock=lambda: now)

    run.refresh_from_db()
    assert run.state == "stopped"


def test_the_sweep_takes_up_what_waits_although_its_task_is_lost(start, at_once):
    lost, fresh = start(*ROWS), start(*ROWS)
    moment = timezone.now()
    ImportRun.objects.filter(pk=lost.pk).update(queued_at=moment - timedelta(minutes=1))
    ImportRun.objects.filter(pk=fresh.pk).update(queued_at=moment)

    assert tasks.watch_imports() == 1

    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert (lost.state, fresh.state) == ("ready", "queued")
