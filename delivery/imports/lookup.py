"""What the reader asks about customers and parts: a protocol, and one that lives in memory."""

from typing import Any, Protocol

from aftersales.core.text import fold


class Catalogue(Protocol):
    """Finds what master data knows. Each answers an object, or None."""

    def find_customer(self, name_or_code: str) -> Any | None:
        """By name in either script, short name or code, folded."""

    def find_part(self, part_no: str) -> Any | None:
        """By part number, folded."""

    def find_part_by_name(self, name: str, spec: str) -> Any | None:
        """The one product of this name and specification; None where none or several match."""

    def part_no_of(self, part: Any) -> str:
        """The part number of what `find_part` or `find_part_by_name` has answered."""

    def similar_customers(self, name: str) -> list[str]:
        """Names that come near, for a message; at most three."""


class MemoryCatalogue:
    """A catalogue of plain lists: (code, name, …other names) and (part number, name, spec)."""

    def __init__(self, customers=(), products=()):
        self._customers = {
            fold(name): customer for customer in customers for name in customer if name
        }
        self._products = {fold(product[0]): product for product in products}
        self._names = [customer[1] for customer in customers]

    def find_customer(self, name_or_code: str):
        return self._customers.get(fold(name_or_code))

    def find_part(self, part_no: str):
        return self._products.get(fold(part_no))

    def find_part_by_name(self, name: str, spec: str):
        wanted = (fold(name), fold(spec))
        found = [
            product
            for product in self._products.values()
            if (fold(product[1]), fold(product[2])) == wanted
        ]
        return found[0] if len(found) == 1 else None

    def part_no_of(self, part) -> str:
        return part[0]

    def similar_customers(self, name: str) -> list[str]:
        return near(name, self._names)


def near(name: str, names: list[str]) -> list[str]:
    """At most three of `names` that share much with `name`, the nearest first."""
    from difflib import SequenceMatcher

    wanted = fold(name)
    scored = [(SequenceMatcher(None, wanted, fold(other)).ratio(), other) for other in names]
    return [other for score, other in sorted(scored, reverse=True)[:3] if score >= 0.5]
