"""Number formats: is it a date, and how does a number look that is really a name?"""

import datetime
import re
from functools import cache

# Ids that Excel has built in and does not write out; 27-36 and 50-58 are the dates of its
# Chinese, Japanese and Korean editions.
BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 49: "@"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general|E[+-]', re.IGNORECASE)
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#?]+)|([- /()])|_(.)')


@cache
def is_date(number_format: str) -> bool:
    """Whether a number in this format is shown as a day (a mere time of day is not)."""
    codes = _NOT_SHOWN.sub("", number_format.split(";")[0]).lower()
    if any(sign in codes for sign in "0#?@"):
        return False
    if "y" in codes or "d" in codes or "e" in codes:
        return True
    return "m" in codes and "h" not in codes and "s" not in codes


@cache
def _pattern(number_format: str) -> tuple[str | int, ...] | None:
    """Literals and counts of digits, if the format is made of nothing else."""
    parts: list[str | int] = []
    at = 0
    section = number_format.split(";")[0]
    if "0" not in section and "#" not in section:
        return None
    for found in _TOKEN.finditer(section):
        if found.start() != at:
            return None
        at = found.end()
        literal, escaped, digits, sign, padding = found.groups()
        if digits:
            parts.append(digits.count("0"))
        elif not padding:
            parts.append(literal or escaped or sign or "")
    return tuple(parts) if at == len(section) else None


def shown(value: int, number_format: str) -> str:
    """A whole number as its format shows it: 7 in "FH-"0000 is FH-0007.

    Only for numbers that are names (part and serial numbers); thousands, decimals and the like
    are no part of a name, and such a format gives the plain digits.
    """
    parts = _pattern(number_format) if value >= 0 else None
    if not parts:
        return str(value)
    digits, pieces = str(value), []
    counts = [part for part in parts if isinstance(part, int)]
    for part in reversed(parts):
        if isinstance(part, str):
            pieces.append(part)
        elif counts.pop() is not None and counts:
            digits, piece = digits[:-part] if part else digits, digits[-part:] if part else ""
            pieces.append(piece.zfill(part))
        else:
            pieces.append(digits.zfill(part))
    return "".join(reversed(pieces))


def to_datetime(serial: float, epoch: datetime.date) -> datetime.datetime | None:
    """The moment that Excel means by a number of days; None where there is no such moment."""
    if not -700_000 < serial < 2_958_466:
        return None
    start = datetime.datetime(epoch.year, epoch.month, epoch.day)  # noqa: DTZ001 - sheets know no zone
    if epoch.year == 1899 and 0 <= serial < 60:
        serial += 1  # Excel counts a 29th of February 1900 that never was
    moment = start + datetime.timedelta(days=int(serial))
    return moment + datetime.timedelta(seconds=round((serial - int(serial)) * 86_400))
