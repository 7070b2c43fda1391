"""What the master data know, for the reader of shipping notes; see `lookup.Catalogue`."""

from aftersales.core.text import fold
from aftersales.masterdata.imports.catalogue import Catalogue
from aftersales.masterdata.models import Customer, Product
from delivery.imports.lookup import near

_MOST_NAMES = 3_000


class DatabaseCatalogue(Catalogue):
    """The catalogue of the site. Answers Customer and Product rows."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] | None = None

    def find_part_by_name(self, name: str, spec: str) -> Product | None:
        rows = Product.objects.active().filter(search_text__holds=f"|{fold(name)}|")
        same = [row for row in rows if (fold(row.name), fold(row.spec)) == (fold(name), fold(spec))]
        return same[0] if len(same) == 1 else None

    def part_no_of(self, part: Product) -> str:
        return part.part_no

    def similar_customers(self, name: str) -> list[str]:
        if self._names is None:
            names = Customer.objects.active().values_list("name", flat=True)
            self._names = list(names[:_MOST_NAMES])
        return near(name, self._names)
