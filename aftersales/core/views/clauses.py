from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftersales.core.agenda import Tab
from aftersales.core.clauses import CHAPTERS, chapter_of
from aftersales.core.coverage import Standing, coverage
from aftersales.core.filters import ClauseFilterForm, is_shown

OPENED = 3  # so few found clauses are shown with what carries them


@dataclass(frozen=True)
class Chapter:
    """A heading with its clauses, and with what names the chapter as a whole."""

    number: str
    title: str
    whole: Standing | None
    rows: list[Standing]


@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """Each clause of the procedure with the rules and tests that carry it, read from the code."""
    found = coverage()
    form = ClauseFilterForm(request.GET)
    matching = form.matching(found.clauses)
    rows = form.shown(matching)
    is_narrowed = bool(form.value("q") or form.value("show"))
    context = {
        "form": form,
        "tabs": [
            Tab(
                code,
                label,
                sum(is_shown(row, code) for row in matching),
                code == form.value("show"),
            )
            for code, label in form.fields["show"].choices
        ],
        "chapters": [
            Chapter(
                number, CHAPTERS[number], _whole(found.chapters.get(number), is_narrowed), list(of)
            )
            for number, of in groupby(rows, lambda row: chapter_of(row.clause))
        ],
        "is_opened": bool(form.value("q")) and len(rows) <= OPENED,
        "has_test_files": found.has_test_files,
    }
    return render(request, "core/clauses.html", context)


def _whole(chapter: Standing | None, is_narrowed: bool) -> Standing | None:
    """What names a chapter is no clause: it stands only where nothing is looked for."""
    has_carriers = chapter is not None and (chapter.rules or chapter.tests)
    return chapter if has_carriers and not is_narrowed else None
