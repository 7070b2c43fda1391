"""An .xlsx package made into a grid: which sheets, which texts, which formats, which epoch."""

from aftersales.core.spreadsheets import formats, signatures
from aftersales.core.spreadsheets.grid import EPOCH_1900, EPOCH_1904, Grid, Sheet
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.package import Package
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.spreadsheets.worksheet import Budget, SheetReader, StringsReader

_TRUE = ("1", "true", "on")


def read_workbook(data: bytes, *, name: str, limits: Limits) -> Grid:
    """All sheets with rows of cells; raises UnreadableFile.

    Damaged styles, missing pictures and the like are survived: only what holds values must be
    whole. Chart sheets and sheets whose part is missing are left out.
    """
    package = Package(data, limits=limits)
    part = _workbook_part(package)
    tree = package.tree(part)
    relations = package.relations(part)
    properties = tree.find("workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "").lower() in _TRUE
    grid = Grid(name, [], EPOCH_1904 if is_1904 else EPOCH_1900)
    strings = _strings(package, _related(relations, "sharedStrings", "xl/sharedstrings.xml"))
    styles = _styles(package, _related(relations, "styles", "xl/styles.xml"))
    budget = Budget(limits)
    for number, entry in enumerate(list(tree.iter("sheet"))[: limits.sheets], start=1):
        kind, target = relations.get(
            _relation_id(entry), ("worksheet", f"xl/worksheets/sheet{number}.xml")
        )
        if kind != "worksheet" or target not in package:
            continue
        reader = SheetReader(strings=strings, styles=styles, epoch=grid.epoch, budget=budget)
        package.stream(target, start=reader.start, end=reader.end, text=reader.text)
        grid.sheets.append(
            Sheet(
                title=entry.get("name", ""),
                number=number,
                rows=reader.rows,
                merges=reader.merges,
                is_hidden=entry.get("state", "visible") != "visible",
            )
        )
    if not grid.sheets:
        raise UnreadableFile(signatures.DAMAGED)
    return grid


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
    package.stream(part, start=reader.start, end=reader.end, text=reader.text)
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
