"""Which rules and which tests carry each clause of the procedure, read from the code itself.

Nothing is listed by hand: steps and guards come from the workflow tables, constraints from the
models' messages, permissions from the table of roles, verbs from the docstrings that name their
clause, tests from their marks. See docs/clauses.md.
"""

from aftersales.core.coverage.rules import Kind, Rule, register
from aftersales.core.coverage.standing import Coverage, Standing, coverage

__all__ = ["Coverage", "Kind", "Rule", "Standing", "coverage", "register"]
