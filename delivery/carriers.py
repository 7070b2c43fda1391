"""The carrier that a text names: what stands on a paper is words, the master data are rows."""

from aftersales.core.text import fold
from aftersales.masterdata.models import Carrier


def named(text: str) -> Carrier | None:
    """The carrier of exactly this name, in either script, short name or code; None where none.

    One in use goes before one that is not. A name that two of them share names nobody.
    """
    wanted = fold(text)
    if not wanted:
        return None
    near = Carrier.objects.filter(search_text__contains=f"|{wanted}|").order_by("code")
    same = [carrier for carrier in near if wanted in _names(carrier)]
    found = [carrier for carrier in same if carrier.is_active] or same
    return found[0] if len(found) == 1 else None


def _names(carrier: Carrier) -> set[str]:
    names = (carrier.code, carrier.name, carrier.name_simplified, carrier.short_name)
    return {fold(name) for name in names if name}
