"""An .xlsx package made into sheets of rows: which texts, which formats, which epoch."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from aftersales.core.spreadsheets import formats, signatures
from aftersales.core.spreadsheets.grid import EPOCH_1900, EPOCH_1904, Merge, Row
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.package import Package
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.spreadsheets.worksheet import Budget, SheetReader, StringsReader

_TRUE = ("1", "true", "on")


@dataclass
class WorkbookSheet:
    """A sheet of a package. `rows` reads it anew each time; `merges` are known after a reading."""

    title: str
    number: int
    is_hidden: bool
    _package: Package
    _part: str
    _strings: list[str]
    _styles: list[str]
    _epoch: datetime.date
    merges: list[Merge] = field(default_factory=list)

    def rows(self, budget: Budget) -> Iterator[Row]:
        """Its rows in the order of the file. Raises UnreadableFile."""
        reader = SheetReader(
            strings=self._strings, styles=self._styles, epoch=self._epoch, budget=budget
        )
        part = self._package.stream(
            self._part, start=reader.start, end=reader.end, text=reader.text
        )
        try:
            for _piece in part:
                yield from reader.taken()
        except (ValueError, TypeError, IndexError, OverflowError, RecursionError) as damage:
            # Whatever a damaged package makes of numbers and references, it is no workbook.
            raise UnreadableFile(signatures.DAMAGED) from damage
        self.merges = reader.merges


def sheets_of(
    stream: BinaryIO, *, size: int, limits: Limits
) -> tuple[list[WorkbookSheet], datetime.date]:
    """The sheets of a package and the day from which it counts; raises UnreadableFile.

    Damaged styles, missing pictures and the like are survived: only what holds values must be
    whole. Chart sheets and sheets whose part is missing are left out.
    """
    package = Package(stream, size=size, limits=limits)
    part = _workbook_part(package)
    tree = package.tree(part)
    relations = package.relations(part)
    properties = tree.find("workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "").lower() in _TRUE
    epoch = EPOCH_1904 if is_1904 else EPOCH_1900
    strings = _strings(package, _related(relations, "sharedStrings", "xl/sharedstrings.xml"))
    styles = _styles(package, _related(relations, "styles", "xl/styles.xml"))
    sheets = []
    for number, entry in enumerate(list(tree.iter("sheet"))[: limits.sheets], start=1):
        kind, target = relations.get(
            _relation_id(entry), ("worksheet", f"xl/worksheets/sheet{number}.xml")
        )
        if kind != "worksheet" or target not in package:
            continue
        is_hidden = entry.get("state", "visible") != "visible"
        sheets.append(
            WorkbookSheet(
                entry.get("name", ""), number, is_hidden, package, target, strings, styles, epoch
            )
        )
    if not sheets:
        raise UnreadableFile(signatures.DAMAGED)
    return sheets, epoch


def _workbook_part(package: Package) -> str:
    stated = [
        target
        for kind, target in package.relations("").values()
        if kind == "officeDocument" and target.endswith(".xml")
    ]
    for part in [*stated, "xl/workbook.xml"]:
        if part in package and package.tree(part).tag == "workbook":
            return part
    raise UnreadableFile(signatures.not_this_package(package.names))


def _relation_id(entry) -> str:
    return next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")


def _related(relations: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
    return next((target for found, target in relations.values() if found == kind), usual)


def _strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    reader = StringsReader()
    for _piece in package.stream(part, start=reader.start, end=reader.end, text=reader.text):
        pass
    return reader.strings


def _styles(package: Package, part: str) -> list[str]:
    """The number format of each cell style; nothing where the part is damaged or missing."""
    try:
        tree = package.tree(part) if part in package else None
    except UnreadableFile as damage:
        if damage.code == "too_large":
            raise
        return []
    if tree is None:
        return []
    own = {
        entry.get("numFmtId", ""): entry.get("formatCode", "General")
        for entry in tree.iter("numFmt")
    }
    cell_styles = tree.find("cellXfs")
    ids = [] if cell_styles is None else [style.get("numFmtId", "0") for style in cell_styles]
    return [own.get(number) or _built_in(number) for number in ids]


def _built_in(number: str) -> str:
    if not number.isdigit():
        return "General"
    if int(number) in formats.BUILT_IN_DATES:
        return "yyyy-mm-dd"
    return formats.BUILT_IN.get(int(number), "0")
