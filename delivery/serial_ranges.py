"""Serial numbers as a paper writes them: runs by their two ends."""

import re
from collections.abc import Iterable
from itertools import pairwise

_PARTS = re.compile(r"(.*?)(\d+)")
_SHORTEST_TAIL = 4
_MOST_DIGITS = 18


def in_ranges(serial_nos: Iterable[str]) -> str:
    """C2611-0431～0434、C2611-0440、0441: runs of three and more by their ends, pairs shortened.

    The order of the numbers given does not matter; equal ones stand once.
    """
    return "、".join(_written(run) for run in _runs(sorted(set(serial_nos), key=_key)))


def _split(serial_no: str) -> tuple[str, str]:
    """The beginning and the digits at the end; no digits where it does not end in a number."""
    match = _PARTS.fullmatch(serial_no)
    return (match[1], match[2]) if match and len(match[2]) <= _MOST_DIGITS else (serial_no, "")


def _key(serial_no: str) -> tuple[str, int, int, str]:
    beginning, digits = _split(serial_no)
    return beginning, len(digits), int(digits or 0), serial_no


def _follows(one: str, other: str) -> bool:
    (beginning, digits), (next_beginning, next_digits) = _split(one), _split(other)
    return bool(
        digits
        and beginning == next_beginning
        and len(digits) == len(next_digits)
        and int(next_digits) == int(digits) + 1
    )


def _runs(serial_nos: list[str]) -> list[list[str]]:
    runs = [serial_nos[:1]] if serial_nos else []
    for one, other in pairwise(serial_nos):
        if _follows(one, other):
            runs[-1].append(other)
        else:
            runs.append([other])
    return runs


def _written(run: list[str]) -> str:
    if len(run) == 1:
        return run[0]
    first, last = _split(run[0])[1], _split(run[-1])[1]
    same = next(index for index in range(len(last)) if first[index] != last[index])
    tail = last[max(0, min(same, len(last) - _SHORTEST_TAIL)) :]
    return run[0] + ("～" if len(run) > 2 else "、") + tail
