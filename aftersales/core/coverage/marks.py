"""The tests that carry a clause by @pytest.mark.clause("3.1.4"), read without running pytest."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from aftersales.core.coverage.rules import own_wings


def test_files() -> list[Path]:
    """The test files of the installation; an image without tests has none."""
    root = Path(settings.BASE_DIR)
    packages = sorted({config.name.partition(".")[0] for config in own_wings()})
    return [path for name in packages for path in sorted((root / name).rglob("tests/**/test_*.py"))]


def marked_tests(files: list[Path]) -> Iterator[tuple[str, str]]:
    """Each (clause, test) of these files; a test reads "delivery/tests/test_x.py::test_y"."""
    for path in files:
        text = path.read_text(encoding="utf-8")
        if "mark.clause" in text:
            place = path.relative_to(settings.BASE_DIR).as_posix()
            yield from of_body(ast.parse(text).body, place)


def of_body(
    body: list[ast.stmt], place: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """The tests of a module or class, under its own marks and those from above."""
    shared = above
    for node in body:
        if isinstance(node, ast.Assign) and _is_pytestmark(node.targets):
            shared += _clauses(node.value)
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        clauses = shared + tuple(
            clause for mark in node.decorator_list for clause in _clauses(mark)
        )
        here = f"{place}::{node.name}"
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from of_body(node.body, here, clauses)
        elif node.name.startswith("test"):
            for clause in dict.fromkeys(clauses):
                yield clause, here


def _is_pytestmark(targets: list[ast.expr]) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets)


def _clauses(expression: ast.expr) -> tuple[str, ...]:
    """The clauses of every `mark.clause(…)` in an expression, alone, in a list or in a param."""
    return tuple(
        argument.value
        for call in ast.walk(expression)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "clause"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    )
