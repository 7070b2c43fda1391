"""When something runs: one table, and every entry of it wakes a task that is there."""

from aftersales.celery import app


def test_every_entry_of_the_schedule_names_a_registered_task():
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)

    missing = {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks)

    assert missing == set()
