"""What only master data ask of a cell: the months of a warranty."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import prose
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem

_MONTHS = re.compile(r"(\d+(?:\.0+)?)\s*(?:個月|个月|月|months?|m)?")
_YEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:年|years?|y)")


def months(cell: Cell) -> int:
    """A number of months: 12, "12 個月", "2 年". Raises CellProblem "not_a_number"."""
    text = prose(cell).lower()
    if found := _YEARS.fullmatch(text):
        number = Decimal(found[1]) * 12
    elif found := _MONTHS.fullmatch(text):
        number = Decimal(found[1])
    else:
        number = None
    if number is None or number != int(number):
        message = _("「%(value)s」不是整數的月數，請寫成例如 12")
        raise CellProblem("not_a_number", message % {"value": text[:40]})
    if number > 240:
        message = _("保修 %(value)s 個月太長，最多 240（20 年）")
        raise CellProblem("too_large", message % {"value": int(number)})
    return int(number)
