"""Clause by clause: its sentence, the rules and the tests that carry it."""

from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _

from aftersales.core.clauses import CHAPTERS, RULES, UNWRITTEN
from aftersales.core.coverage.docstrings import docstring_rules
from aftersales.core.coverage.marks import marked_tests, test_files
from aftersales.core.coverage.rules import Kind, Rule, table_rules


@dataclass(frozen=True)
class Standing:
    """A clause with what carries it; `tests` are pytest's own names of them.

    An installation without test files (`has_test_files`) is judged by its rules alone.
    """

    clause: str
    title: str
    rules: tuple[Rule, ...]
    tests: tuple[str, ...]
    has_test_files: bool = True

    @property
    def is_unwritten(self) -> bool:
        return self.clause in UNWRITTEN

    @property
    def is_carried(self) -> bool:
        return bool(self.rules) and (bool(self.tests) or not self.has_test_files)

    @property
    def is_missing(self) -> bool:
        return not self.is_carried and not self.is_unwritten

    @property
    def tone(self) -> str:
        if self.is_carried:
            return "done"
        return "wait" if self.rules or self.tests else "draft"

    @property
    def label(self) -> str:
        if self.is_unwritten:
            return _("原文缺")
        if self.is_carried:
            return _("有規則與測試") if self.has_test_files else _("有規則")
        if not self.rules and not self.tests:
            return _("尚未建立")
        return _("缺測試") if self.rules else _("缺規則")

    def rules_by_kind(self) -> list[tuple[Kind, list[Rule]]]:
        return [(kind, list(rules)) for kind, rules in groupby(self.rules, lambda rule: rule.kind)]

    def tests_by_file(self) -> list[tuple[str, list[str]]]:
        """The sentences of the tests under the file in which they stand."""
        named = (test.partition("::")[::2] for test in self.tests)
        return [
            (file, [_sentence(name) for _file, name in tests])
            for file, tests in groupby(named, lambda test: test[0])
        ]


@dataclass(frozen=True)
class Coverage:
    """All clauses in the standard's order.

    `chapters` holds what names a chapter as a whole (3.1): it counts for none of its clauses.
    `unknown` holds the numbers that the code names and the standard does not have.
    """

    clauses: tuple[Standing, ...]
    chapters: dict[str, Standing]
    has_test_files: bool
    unknown: dict[str, list[str]] = field(default_factory=dict)

    def of(self, clause: str) -> Standing:
        return next(standing for standing in self.clauses if standing.clause == clause)


@cache
def coverage() -> Coverage:
    """Read the code once; it does not change while the process lives."""
    rules: dict[str, list[Rule]] = {}
    tests: dict[str, list[str]] = {}
    for rule in (*table_rules(), *docstring_rules()):
        rules.setdefault(rule.clause, []).append(rule)
    files = test_files()
    for clause, test in marked_tests(files):
        tests.setdefault(clause, []).append(test)

    def standing(clause: str, title: str) -> Standing:
        found = sorted(rules.get(clause, []), key=lambda rule: list(Kind).index(rule.kind))
        return Standing(clause, title, tuple(found), tuple(tests.get(clause, [])), bool(files))

    unknown: dict[str, list[str]] = {}
    for clause, carriers in (*rules.items(), *tests.items()):
        if clause and clause not in RULES and clause not in CHAPTERS:
            unknown.setdefault(clause, []).extend(str(carrier) for carrier in carriers)
    return Coverage(
        clauses=tuple(standing(clause, title) for clause, title in RULES.items()),
        chapters={
            chapter: standing(chapter, title)
            for chapter, title in CHAPTERS.items()
            if chapter not in RULES
        },
        has_test_files=bool(files),
        unknown=unknown,
    )


def _sentence(test: str) -> str:
    """test_the_issuer_may_not_release as people say it."""
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " ")
