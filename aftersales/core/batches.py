"""Long lists taken some hundred at a time: for queries by many values, and for work in steps."""

from collections.abc import Iterable, Iterator
from itertools import islice


def in_batches(values: Iterable, size: int = 500) -> Iterator[list]:
    """The values in their order, so many at a time; the last batch holds what is left."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
