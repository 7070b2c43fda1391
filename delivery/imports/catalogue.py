"""What the master data know, for the reader of spreadsheets; each question is asked once."""

from aftersales.core.text import fold
from aftersales.masterdata.models import Customer, Product
from delivery.imports.lookup import near

_MOST_NAMES = 3_000


class DatabaseCatalogue:
    """The catalogue of the site. Answers Customer and Product rows; see `lookup.Catalogue`."""

    def __init__(self) -> None:
        self._customers: dict[str, Customer | None] = {}
        self._parts: dict[str, Product | None] = {}
        self._names: list[str] | None = None

    def find_customer(self, name_or_code: str) -> Customer | None:
        """By code, name, Simplified name or short name; None where a short name is shared."""
        key = fold(name_or_code)
        if key and key not in self._customers:
            self._customers[key] = self._customer(key)
        return self._customers.get(key)

    def _customer(self, key: str) -> Customer | None:
        found = list(Customer.objects.filter(search_text__contains=f"|{key}|")[:20])
        for fields in (("code",), ("name", "name_simplified"), ("short_name",)):
            same = [row for row in found if key in {fold(getattr(row, name)) for name in fields}]
            if same:
                active = [row for row in same if row.is_active] or same
                return active[0] if len(active) == 1 else None
        return None

    def find_part(self, part_no: str) -> Product | None:
        key = fold(part_no)
        if key and key not in self._parts:
            # By the index first: only a number in other dress needs the search.
            self._parts[key] = Product.objects.filter(part_no=part_no).first() or self._part(key)
        return self._parts.get(key)

    def _part(self, key: str) -> Product | None:
        rows = Product.objects.filter(search_text__contains=f"|{key}|")
        return next((row for row in rows if fold(row.part_no) == key), None)

    def find_part_by_name(self, name: str, spec: str) -> Product | None:
        rows = Product.objects.active().filter(search_text__contains=f"|{fold(name)}|")
        same = [row for row in rows if (fold(row.name), fold(row.spec)) == (fold(name), fold(spec))]
        return same[0] if len(same) == 1 else None

    def part_no_of(self, part: Product) -> str:
        return part.part_no

    def similar_customers(self, name: str) -> list[str]:
        if self._names is None:
            names = Customer.objects.active().values_list("name", flat=True)
            self._names = list(names[:_MOST_NAMES])
        return near(name, self._names)
