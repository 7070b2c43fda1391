"""A file of shipping notes, read: documents, and everything that is to be said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.grid import TEXT, Cell, Grid
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.problems import Finding, Findings
from aftersales.core.spreadsheets.reading import open_grid
from aftersales.core.spreadsheets.refusals import UnreadableFile
from delivery.imports.assembling import Assembler
from delivery.imports.documents import Document
from delivery.imports.forms import section_of_a_form
from delivery.imports.headings import IGNORED
from delivery.imports.labels import Fact
from delivery.imports.lexicon import plain
from delivery.imports.lookup import Catalogue
from delivery.imports.note_lists import Listed, notes_listed
from delivery.imports.sections import Section, sections_of
from delivery.imports.tables import Wishes
from delivery.imports.titles import number_in_sheet_title
from delivery.imports.view import View
from delivery.imports.vocabulary import TARGETS


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column of the file was taken for; `target` None where it is not used."""

    sheet: str
    column: str
    header: str
    target: str | None


@dataclass(slots=True)
class Reading:
    """What a file says. With any error `documents` is empty."""

    documents: list[Document] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    columns: list[ColumnGuess] = field(default_factory=list)

    def as_json(self) -> dict:
        """{"documents": […], "warnings": [W], "errors": [W]}; see docs/spreadsheets.md."""
        return {
            "documents": [document.as_json() for document in self.documents],
            "warnings": [finding.as_json() for finding in self.warnings],
            "errors": [finding.as_json() for finding in self.errors],
        }


def read_shipping_notes(
    file: BinaryIO | bytes | Path,
    name: str,
    *,
    catalogue: Catalogue,
    create_missing: bool = False,
    mapping: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Reading:
    """Read shipping notes (3.1.3) out of a workbook or CSV file; nothing is written.

    `mapping` says which heading holds what ({"part_no": "本廠品號"}) and goes before every guess;
    with `create_missing` customers and parts that the catalogue lacks are no errors. Never raises
    for what is in the file: a file that is no workbook gives one error without row or column.
    """
    try:
        grid = open_grid(file, name, limits=limits)
    except UnreadableFile as refusal:
        return Reading(errors=[Finding(None, None, refusal.code, str(refusal.message))])
    return read_grid(grid, catalogue=catalogue, create_missing=create_missing, mapping=mapping)


def read_grid(
    grid: Grid,
    *,
    catalogue: Catalogue,
    create_missing: bool = False,
    mapping: Mapping[str, str] | None = None,
) -> Reading:
    """Like `read_shipping_notes`, of a workbook that has been opened."""
    findings = Findings()
    sections = _sections(grid, mapping or {}, findings)
    assembler = Assembler(catalogue, findings, create_missing=create_missing, listed=_listed(grid))
    for section in sections:
        if not section.table.is_weak:
            assembler.add(section, epoch=grid.epoch)
    reading = Reading(columns=_columns(sections))
    documents = assembler.finish()
    if not documents and not findings.errors:
        _say_nothing_found(sections, findings)
    several_sheets = len({section.view.sheet.number for section in sections}) > 1
    shown = (lambda finding: finding) if several_sheets else Finding.without_sheet
    reading.warnings = [shown(finding) for finding in findings.warnings]
    reading.errors = [shown(finding) for finding in findings.errors]
    reading.documents = [] if reading.errors else documents
    return reading


def unknown_targets(mapping: Mapping[str, str]) -> list[str]:
    """Names in a mapping that are no fact of a shipping note."""
    return [target for target in mapping if _target(target) not in TARGETS]


def _target(name: str) -> str:
    name = name.removeprefix("lines.")
    return {"line_remark": "line_remark", "serial_no": "serial_nos"}.get(name, name)


def _sections(grid: Grid, mapping: Mapping[str, str], findings: Findings) -> list[Section]:
    """Those tables of all visible sheets that hold notes; lists of codes and the like left out."""
    wishes = Wishes({plain(header): _target(target) for target, header in mapping.items()})
    found: list[Section] = []
    forms: list[Section] = []
    for sheet in grid.sheets:
        if sheet.is_hidden or not sheet.rows:
            continue
        view = View(sheet)
        sections = sections_of(view, wishes=wishes, epoch=grid.epoch)
        for section in sections:
            _name_by_sheet(section)
        found.extend(sections)
        if not sections:
            form = section_of_a_form(view, wishes=wishes, epoch=grid.epoch)
            forms.extend([form] if form else [])
    strong = [section for section in found if not section.table.is_weak] + forms
    with_lines = [section for section in strong if section.has_lines]
    named = [section for section in with_lines if section.has_identity]
    _say_what_mapping_missed(mapping, found, findings)
    chosen = named or with_lines or strong or found
    return sorted(chosen, key=lambda section: (section.view.sheet.number, section.table.top))


def _listed(grid: Grid) -> dict[str, Listed]:
    listed: dict[str, Listed] = {}
    for sheet in grid.sheets:
        if not sheet.is_hidden:
            listed = notes_listed(View(sheet)) | listed
    return listed


def _name_by_sheet(section: Section) -> None:
    """A sheet whose name is a number and that says no other is called by it."""
    number = number_in_sheet_title(section.view.sheet.title)
    if not number or section.table.column("external_no"):
        return
    for context in section.contexts:
        if not context.said.says("external_no"):
            cell = Cell(section.table.top, 1, number, TEXT)
            context.said.facts.append(Fact("external_no", cell, 9))


def _say_what_mapping_missed(
    mapping: Mapping[str, str], sections: list[Section], findings: Findings
) -> None:
    words = {plain(column.text) for section in sections for column in section.table.columns}
    words |= {
        plain(piece)
        for section in sections
        for column in section.table.columns
        for piece in column.text.split(" ")
    }
    labels = {
        str(fact.target)
        for section in sections
        for context in section.contexts
        for fact in context.said.facts
    }
    for target, header in mapping.items():
        if plain(header) not in words and _target(target) not in labels:
            message = _("檔案裡沒有「%(header)s」這一欄（對應 %(target)s），請核對欄名")
            findings.error(
                None, None, None, "no_header", message % {"header": header, "target": target}
            )


def _say_nothing_found(sections: list[Section], findings: Findings) -> None:
    if not sections:
        message = _("找不到表頭：應有一列寫著料號（或品名）與數量。請核對檔案，或指定欄位對應")
        findings.error(None, None, None, "no_header", message)
        return
    section = sections[0]
    sheet, top = section.view.sheet, section.table.top
    if section.table.is_weak:
        message = _("表頭裡沒有數量欄，請補上，或指定欄位對應")
        findings.error(sheet, top, None, "no_header", message)
        return
    message = _("表頭下面沒有任何一行貨物")
    findings.error(sheet, top, None, "no_lines", message)


def _columns(sections: list[Section]) -> list[ColumnGuess]:
    guesses = {}
    for section in sections:
        for column in section.table.columns:
            targets = [target for target in column.targets if target != IGNORED]
            guess = ColumnGuess(
                section.view.sheet.title, column.letter, column.text, "+".join(targets) or None
            )
            guesses.setdefault((guess.sheet, guess.column, guess.header), guess)
    return list(guesses.values())
