"""What the master data know, for the readers of spreadsheets; each question is asked once."""

from aftersales.core.text import fold
from aftersales.masterdata.models import Customer, Product, Supplier

_FIELDS = (("code",), ("name", "name_simplified"), ("short_name",))


class Catalogue:
    """Finds customers, suppliers and parts by what somebody calls them, folded."""

    def __init__(self) -> None:
        self._partners: dict[tuple[type, str], list] = {}
        self._parts: dict[str, Product | None] = {}

    def forget_misses(self) -> None:
        """Ask again for what was not found: somebody may have stored it meanwhile."""
        self._partners = {key: found for key, found in self._partners.items() if found}
        self._parts = {key: found for key, found in self._parts.items() if found}

    def find_customer(self, name_or_code: str) -> Customer | None:
        """By code, name, Simplified name or short name; None where several are meant."""
        found = self.customers_meant(name_or_code)
        return found[0] if len(found) == 1 else None

    def customers_meant(self, name_or_code: str) -> list[Customer]:
        """All that may be meant; those in use, if any is. A code goes before a name."""
        return self._meant(Customer, name_or_code)

    def suppliers_meant(self, name_or_code: str) -> list[Supplier]:
        return self._meant(Supplier, name_or_code)

    def _meant(self, model: type, text: str) -> list:
        if fold(text) and (model, text) not in self._partners:
            self._partners[model, text] = _called(model, text)
        return self._partners.get((model, text), [])

    def find_part(self, part_no: str) -> Product | None:
        """By part number, whatever the width and case of its characters."""
        if fold(part_no) and part_no not in self._parts:
            # By the index first: only a number in other dress needs the search.
            exactly = Product.objects.filter(part_no=part_no).first()
            self._parts[part_no] = exactly or _part(fold(part_no))
        return self._parts.get(part_no)


def _called(model: type, text: str) -> list:
    key = fold(text)
    found = list(model.objects.filter(search_text__holds=f"|{key}|")[:20])
    if exactly := [row for row in found if row.code == text]:
        return exactly
    for fields in _FIELDS:
        same = [row for row in found if key in {fold(getattr(row, name)) for name in fields}]
        if same:
            return [row for row in same if row.is_active] or same
    return []


def _part(key: str) -> Product | None:
    rows = Product.objects.filter(search_text__holds=f"|{key}|")
    return next((row for row in rows if fold(row.part_no) == key), None)
