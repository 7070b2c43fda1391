"""How much of a file is read; a caller that expects more says so."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; rows and cells are those that hold something, over all sheets."""

    file_size: int = 10 * MEGABYTE
    unpacked_size: int = 100 * MEGABYTE
    ratio: int = 200
    parts: int = 5_000
    sheets: int = 20
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000
