"""What is said about a file as a whole: headings that are missing, columns and sheets not taken."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from aftersales.core.registers.columns import Table
from aftersales.core.registers.register import Register
from aftersales.core.spreadsheets.grid import column_letter
from aftersales.core.spreadsheets.problems import Finding
from aftersales.core.spreadsheets.reading import Book


def missing_headings(
    register: Register, table: Table | None, mapping: Mapping[str, str] | None
) -> list[Finding]:
    """An error for each heading of the mapping that is not there; else for the first fact that
    has no column."""
    labels = {column.name: str(column.label) for column in register.columns}
    row = table.heading if table else None
    places = table.places if table else {}
    words = _("檔案裡沒有「%(heading)s」這一欄（%(target)s），請更正對應檔或標題列")
    unknown = [
        Finding(row, None, "unknown_header", words % {"heading": heading, "target": name})
        for name, heading in (mapping or {}).items()
        if name not in places
    ]
    if unknown:
        return unknown
    for names in register.needs:
        if table is None or not table.has_one_of(names):
            wanted = _("或").join(labels[name] for name in names)
            message = _("找不到「%(field)s」欄，請在標題列寫上欄名（見下面的欄位表）")
            return [Finding(row, None, "no_heading", message % {"field": wanted})]
    return []


def about_columns(
    register: Register, table: Table, used: set[int], mapping: Mapping[str, str] | None
) -> list[Finding]:
    """A warning for each column with contents that is not taken over; a mapping says itself
    which columns are."""
    if mapping is not None:
        return []
    ignored = {
        table.places[column.name]: (str(column.label), str(column.note))
        for column in register.columns
        if column.note and column.name in table.places
    }
    words = _("「%(heading)s」欄不認得，沒有匯入")
    ignored |= {
        number: (text, words % {"heading": text[:40]}) for number, text in table.unknown.items()
    }
    return [
        Finding(
            table.heading, column_letter(number), "ignored_column", message, heading=heading[:40]
        )
        for number, (heading, message) in sorted(ignored.items())
        if number in used
    ]


def about_sheets(book: Book, table: Table) -> Iterator[Finding]:
    """A warning for each other sheet that somebody sees and that holds something."""
    words = _("工作表「%(title)s」沒有讀；一次只讀一張")
    for sheet in book.sheets:
        if (
            sheet is not table.sheet
            and not sheet.is_hidden
            and any(True for _row in book.rows(sheet))
        ):
            yield Finding(None, None, "ignored_sheet", words % {"title": sheet.title})
