"""Serial numbers as they are kept: one spelling for one number, so that it is found again."""

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import half_width, tidy
from delivery.imports.serials import serials_in

LONGEST = 80
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def tidy_serial(text: str) -> str:
    """Half width, capital letters, plain dashes, no blanks: C2611-0417 however it was typed."""
    return half_width(tidy(text)).translate(_DASHES).replace(" ", "").upper()


def read_serials(text: str, *, quantity=None) -> list[str]:
    """The serial numbers in a typed text, in any separators, ranges (C2611-0417~0420) written out.

    Raises RuleViolation at `serial_nos` for a range whose ends do not fit.
    """
    try:
        return [tidy_serial(found) for found in serials_in(text, quantity=quantity)]
    except CellProblem as problem:
        raise RuleViolation(problem.message, clause="3.1.4", field="serial_nos") from problem


def distinct_serials(serial_nos, *, clause: str) -> list[str]:
    """Tidied and each once. Raises RuleViolation for one that stands twice or is too long."""
    found: list[str] = []
    for serial_no in map(tidy_serial, serial_nos):
        if not serial_no:
            continue
        if serial_no in found:
            message = _("序列號 %(serial)s 掃了兩次，請刪去一個") % {"serial": serial_no}
            raise RuleViolation(message, clause=clause, field="serial_nos")
        if len(serial_no) > LONGEST:
            message = _("序列號「%(serial)s…」太長，最多 %(most)d 個字") % {
                "serial": serial_no[:30],
                "most": LONGEST,
            }
            raise RuleViolation(message, clause=clause, field="serial_nos")
        found.append(serial_no)
    return found
