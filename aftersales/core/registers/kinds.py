"""Which registers there are: each wing registers its own in AppConfig.ready().

The name is the KIND of manage.py import_register and stands in the table of runs.
"""

from collections.abc import Callable

from aftersales.core.registers.register import Register

_kinds: dict[str, Callable[[], Register]] = {}


def register(name: str, make: Callable[[], Register]) -> None:
    """Make a kind of register known; `make()` gives an instance for one reading of one file."""
    _kinds[name] = make


def names() -> list[str]:
    return list(_kinds)


def make(name: str) -> Register:
    """A fresh register of a kind. Raises KeyError for one that nobody registered."""
    return _kinds[name]()
