"""manage.py clauses: for each clause of the procedure the rules and the tests that carry it."""

import json
import unicodedata
from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from aftersales.core.clauses import between, chapter_of
from aftersales.core.coverage import Coverage, Standing, coverage


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Which rules and tests carry each clause; with clauses named, these in full."

    def add_arguments(self, parser):
        parser.add_argument(
            "clauses", nargs="*", help="3.1.3, a range 3.1.1-3.2.2 or a chapter 3.1"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.add_argument(
            "--require",
            metavar="CLAUSES",
            help="2.5,3.1.1-3.2.2: exit 1 where one of these has no rule or no test",
        )

    def handle(self, *args, **options):
        wanted = _clauses(options["clauses"])
        required = _clauses((options["require"] or "").split(","))
        found = coverage()
        chosen = [row for row in found.clauses if not wanted or row.clause in wanted]
        if options["json"]:
            document = {"clauses": [_facts(row) for row in chosen]}
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        elif wanted:
            self.stdout.write("\n\n".join("\n".join(_in_full(row)) for row in chosen))
        else:
            self.stdout.write("\n".join(_table(found)))
        problems = [_problem(row) for row in found.clauses if row.clause in required]
        if missing := [problem for problem in problems if problem]:
            raise CommandError("\n".join(missing))


def _clauses(words: Iterable[str]) -> list[str]:
    """The clauses of several words, each a clause, a chapter, or a range with a dash."""
    found: list[str] = []
    for word in filter(None, (word.strip() for word in words)):
        first, _dash, last = word.partition("-")
        try:
            found += between(first, last or first)
        except KeyError as unknown:
            raise CommandError(f"there is no clause {unknown.args[0]}", returncode=2) from None
    return found


def _facts(row: Standing) -> dict:
    return {
        "clause": row.clause,
        "title": str(row.title),
        "rules": [str(rule) for rule in row.rules],
        "tests": list(row.tests),
    }


def _problem(row: Standing) -> str:
    if row.is_unwritten or (row.rules and row.tests):
        return ""
    lacks = [name for name, has in (("rule", row.rules), ("test", row.tests)) if not has]
    return f"{row.clause} has no {' and no '.join(lacks)}: {row.title}"


def _table(found: Coverage) -> Iterable[str]:
    yield _line(_("條款"), _("規則"), _("測試"), _("狀況"), _("要求"))
    chapter = ""
    for row in found.clauses:
        if chapter != chapter_of(row.clause):
            chapter = chapter_of(row.clause)
            yield from _heading(found, chapter)
        yield _line(row.clause, len(row.rules), len(row.tests), row.label, row.title)
    if not found.has_test_files:
        yield _("這個安裝不含測試檔案，所以沒有列出測試")


def _heading(found: Coverage, chapter: str) -> Iterable[str]:
    """A chapter with a number of its own; 3.4 and 7 are their only clause."""
    if row := found.chapters.get(chapter):
        yield _line(chapter, len(row.rules) or "", len(row.tests) or "", "", row.title)


def _line(clause, rules, tests, label, title) -> str:
    return f"{_wide(clause, 7)}{_wide(rules, 6)}{_wide(tests, 6)}{_wide(label, 16)}{title}"


def _wide(words, columns: int) -> str:
    """Padded to columns of a terminal, where a Han character takes two."""
    text = str(words)
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(columns - taken, 1)


def _in_full(row: Standing) -> Iterable[str]:
    yield f"{row.clause}  {row.title}  [{row.label}]"
    for kind, rules in row.rules_by_kind():
        yield f"  {kind.label}"
        yield from (f"    {rule}" for rule in rules)
    yield f"  {_('測試')}"
    yield from (f"    {test}" for test in row.tests or ("—",))
