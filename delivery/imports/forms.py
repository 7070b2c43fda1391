"""A sheet without a table, for one line only: 料號 | P-100-2, 數量 | 4, label beside value."""

import datetime

from aftersales.core.spreadsheets.cells import looks_like_number
from delivery.imports.sections import Context, Section, labels_of
from delivery.imports.tables import Table, Wishes
from delivery.imports.view import View
from delivery.imports.vocabulary import LINE_FACTS


def section_of_a_form(view: View, *, wishes: Wishes, epoch: datetime.date) -> Section | None:
    """A section of one line, or None where the labels name no quantity of anything."""
    said = labels_of(view, view.sheet.rows, wishes=wishes, epoch=epoch)
    facts = {
        target: fact.cell
        for target in LINE_FACTS
        if target != "line_remark" and (fact := said.best(target))
    }
    if not looks_like_number(facts.get("quantity")) or not {"part_no", "name"} & set(facts):
        return None
    top = min(cell.row for cell in facts.values())
    return Section(view, Table(top, top), [Context(0, said)], [], facts)
