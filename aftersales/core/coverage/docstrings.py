"""The verbs and records whose docstring names their clause, read without importing them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import get_language, gettext

from aftersales.core.clauses import named_in, without_names
from aftersales.core.coverage.rules import Kind, Rule, later, name_of, own_wings

# The rooms of a wing in which a docstring with a clause is a rule.
ROOMS = {
    "actions": Kind.ACTION,
    "models": Kind.RECORD,
    "figures": Kind.FIGURE,
    "tasks": Kind.TASK,
}
# The standard's words at the beginning of a docstring: "分管領導簽發 (3.1.3), by one who …"
_HAN = re.compile("[\u3400-\u9fff][^A-Za-z(（:：.。]*")
_SENTENCE_END = re.compile(r"(?<=[.。])\s|(?<=。)")

Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def docstring_rules() -> Iterator[Rule]:
    """Each function and class of the rooms that names a clause, once for every clause."""
    for config in own_wings():
        for room, kind in ROOMS.items():
            for path in _files(config, room):
                yield from _of_file(config, path, kind)


def _files(config: AppConfig, room: str) -> list[Path]:
    """A room is a file or a package of that name."""
    home = Path(config.path)
    return [
        path
        for path in (home / f"{room}.py", *sorted((home / room).rglob("*.py")))
        if path.is_file()
    ]


def _of_file(config: AppConfig, path: Path, kind: Kind) -> Iterator[Rule]:
    parts = path.relative_to(config.path).with_suffix("").parts
    module = ".".join((config.name, *(part for part in parts if part != "__init__")))
    for name, node in _defined(ast.parse(path.read_text(encoding="utf-8"))):
        docstring = ast.get_docstring(node) or ""
        for clause in named_in(docstring):
            words = later(lambda name=name, text=docstring: _said(config, name, text))
            yield Rule(clause, kind, words, f"{module}.{name}")


def _defined(tree: ast.AST, above: str = "") -> Iterator[tuple[str, Defined]]:
    """Functions and classes of a module, and what stands inside of classes, with dotted names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Defined):
            yield f"{above}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from _defined(node, f"{above}{node.name}.")


def _said(config: AppConfig, name: str, docstring: str) -> str:
    """The standard's own words before the clause, the model's name, or the first sentence."""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    if words := _HAN.match(paragraph):
        return _read_by_all(words[0].strip())
    return _model_name(config, name) or without_names(_SENTENCE_END.split(paragraph)[0]).rstrip(
        ".:"
    )


def _model_name(config: AppConfig, name: str) -> str:
    try:
        return str(name_of(config.get_model(name)))
    except LookupError:
        return ""


def _read_by_all(words: str) -> str:
    """Words of a docstring: translated where a page says the same, else in the reader's script."""
    said = gettext(words)
    return _simplified(words) if said == words and get_language() == "zh-hans" else said


@cache
def _simplified(words: str) -> str:
    from opencc import OpenCC

    return OpenCC("t2s").convert(words)
