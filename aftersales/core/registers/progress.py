"""How far long work has come: told to whoever waits for it."""

from collections.abc import Callable
from enum import StrEnum

from django.db import reset_queries


class Step(StrEnum):
    """What is being done with the file."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"


# Told are the step, how many rows are done, and of how many; None while nobody knows.
Progress = Callable[[Step, int, int | None], None]


def quietly(_step: Step, _done: int, _total: int | None) -> None:
    """For work of a moment."""


def told(progress: Progress, step: Step, done: int, total: int | None) -> None:
    """Tell it, and let go of what DEBUG remembers of the statements so far."""
    reset_queries()
    progress(step, done, total)
