"""The vocabulary made ready for looking up: folded words and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from aftersales.core.text import fold
from delivery.imports.vocabulary import (
    INSTRUCTIONS,
    NOTE_NAMES,
    OTHER,
    OUR_PEOPLE,
    SEVERAL,
    UNSURE,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says: a fact, and how sure that is (0 is surest)."""

    target: str
    rank: int = 0


def words_of(table: str) -> list[str]:
    """The folded words of a line of the table; a hyphen between Latin words is a blank."""
    return [plain(word) for word in table.split()]


def plain(text: str) -> str:
    """Folded, without the signs that writers set into words or leave out: P.O. No is pono."""
    return fold(text).replace(".", "").replace("-", "").replace("_", "").replace("'", "")


@cache
def known() -> Mapping[str, Meaning]:
    """Word to meaning, for every word that means one thing."""
    table = {word: Meaning("ignored") for word in words_of(OTHER)}
    for target, ranks in WORDS.items():
        for rank, words in enumerate(ranks):
            for word in words_of(words):
                table.setdefault(word, Meaning(target, rank))
    return table


@cache
def unsure() -> Mapping[str, tuple[str, ...]]:
    return {word: targets for words, targets in UNSURE.items() for word in words_of(words)}


@cache
def several() -> Mapping[str, tuple[str, ...]]:
    return {word: targets for words, targets in SEVERAL.items() for word in words_of(words)}


@cache
def instructions() -> frozenset[str]:
    return frozenset(words_of(INSTRUCTIONS))


@cache
def note_names() -> frozenset[str]:
    return frozenset(words_of(NOTE_NAMES))


@cache
def our_people() -> frozenset[str]:
    return frozenset(words_of(OUR_PEOPLE))
