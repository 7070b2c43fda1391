"""Many callers at the same moment, each with a connection of its own."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection
from django.db.models import QuerySet


def race(calls: list[Callable[[], object]]) -> list[object]:
    """Run all calls at once; gives each one's result, or the exception it raised."""
    outcomes: list[object] = [None] * len(calls)
    start = Barrier(len(calls))

    def run(index: int, call: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            outcomes[index] = call()
        except Exception as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@contextmanager
def lock_off():
    """The control of a race: `select_for_update` locks nothing."""
    locking = QuerySet.select_for_update
    QuerySet.select_for_update = lambda self, *args, **kwargs: self.all()
    try:
        yield
    finally:
        QuerySet.select_for_update = locking
