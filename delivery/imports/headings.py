"""What the text of a heading or a label says: one fact, several, or none that we know."""

import re
from dataclasses import dataclass
from functools import lru_cache

from aftersales.core.text import half_width, tidy, tidy_lines
from delivery.imports import lexicon
from delivery.imports.lexicon import plain

IGNORED = "ignored"
_LONGEST = 60
_MARKS = "*★☆●※◎#＊:：;.。,、?!_- \t\n"
_LEADING_COUNT = re.compile(r"^\(?\d{1,2}[.、)]\s*(?=\D)")
_BRACKETS = re.compile(r"[(\[【〔{<《「]([^()\[\]【】〔〕{}<>《》「」]*)[)\]】〕}>》」]")
_BETWEEN = re.compile(r"[/\\|+&\n、,，;；]|\band\b|[及和與与]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .'’/#\-]*")
_COUNT_BEHIND = re.compile(r"(?<=[\u3400-\u9fff])\s*[0-9一二三]$")
_REQUIRED = re.compile(r"(?:必填|選填|选填|必選|必选|required|optional)$", re.IGNORECASE)
# A word that ends a longer heading is its head: 本次要出的數量 is a quantity.
_HEAD_AT_LEAST = 2
_UNIT = re.compile(r"[^\W\d_]{1,3}|pcs|sets?|ea", re.IGNORECASE)
_NOT_UNITS = frozenset(
    ["元", "圓", "必填", "選填", "稅", "含稅", "未稅", "rmb", "ntd", "usd", "cny", "twd"]
)
# What a heading may carry that makes its last word another thing than it seems.
_SPOILERS = tuple(
    plain(word)
    for word in [
        "庫存",
        "箱",
        "已",
        "未",
        "累計",
        "退",
        "差異",
        "實收",
        "核對",
        "裝車",
        "點收",
        "簽收",
        "客戶料",
        "客戶品",
        "客戶物料",
        "客戶型",
        "客戶零件",
        "供應商",
        "發票",
        "稅",
        "業務",
        "司機",
        "製單",
        "審核",
        "倉",
        "訂單日",
        "下單",
        "上次",
        "上月",
        "重量",
        "體積",
        "每",
        "備品",
        "不良",
        "報廢",
        "短少",
        "破損",
        "結餘",
    ]
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    `targets` are facts in the order of the words; several with `is_several` stand in one cell,
    several with `is_unsure` are the possible meanings, the likeliest first. `rank` 0 is surest.
    `unit` is a unit of quantity that stands in brackets behind the word.
    """

    targets: tuple[str, ...]
    rank: int = 0
    is_several: bool = False
    is_unsure: bool = False
    unit: str = ""

    @property
    def target(self) -> str:
        return self.targets[0]

    @property
    def is_known(self) -> bool:
        """It says something that we want, for certain enough."""
        return self.target != IGNORED


@lru_cache(maxsize=50_000)
def heading_of(text: str) -> Heading | None:
    """What the whole text says as a heading; None for a text that is none."""
    text = half_width(tidy_lines(text))
    if not text or len(text) > _LONGEST:
        return None
    text = _LEADING_COUNT.sub("", text.strip(_MARKS))
    text = _REQUIRED.sub("", text).strip(_MARKS) or text
    return (
        _exact(text)
        or _exact(_COUNT_BEHIND.sub("", text))
        or _with_brackets(text)
        or _in_pieces(text)
        or _in_two_languages(text)
        or _by_its_head(text)
    )


@lru_cache(maxsize=50_000)
def label_of(text: str) -> Heading | None:
    """Like `heading_of`, for a label beside its value: only words that we know as a whole."""
    text = half_width(tidy_lines(text)).strip(_MARKS)
    if not text or len(text) > 30:
        return None
    return (
        _exact(text)
        or _exact(_COUNT_BEHIND.sub("", text))
        or _with_brackets(text)
        or (_in_pieces(text, all_known=True) if len(text) <= 24 else None)
        or _in_two_languages(text, both_known=True)
    )


def _exact(text: str) -> Heading | None:
    word = plain(text)
    if not word:
        return None
    if meaning := lexicon.known().get(word):
        return Heading((meaning.target,), meaning.rank)
    if targets := lexicon.unsure().get(word):
        return Heading(targets, is_unsure=True)
    if targets := lexicon.several().get(word):
        return Heading(targets, is_several=True)
    return None


def _with_brackets(text: str) -> Heading | None:
    """客戶(編碼), 品名(料號), 數量(台), 金額(三包填0元)."""
    inner = [tidy(inside) for inside in _BRACKETS.findall(text)]
    outer = tidy(_BRACKETS.sub(" ", text).split("(")[0]).strip(_MARKS)
    if not inner and outer == text:
        return None
    for inside in inner:
        joined = _exact(outer + inside)
        if joined and joined.is_known and not joined.is_several:
            return joined
    base = _exact(outer) or _in_pieces(outer) or _in_two_languages(outer) or _by_its_head(outer)
    if base is None:
        # Only what stands in brackets is known: 品項編碼表(料號)
        return next((found for inside in inner if (found := _exact(inside))), None)
    for inside in inner:
        second = _exact(inside)
        if second is None or not second.is_known or second.is_unsure or second.is_several:
            continue
        if base.is_unsure and second.target in base.targets:
            return second
        pair = (base.target, second.target)
        if pair[0] != pair[1] and not base.is_several and _can_share_a_cell(pair):
            return Heading(pair, base.rank, is_several=True)
    return Heading(base.targets, base.rank, base.is_several, base.is_unsure, _unit(inner))


def _can_share_a_cell(pair: tuple[str, ...]) -> bool:
    things = {"name", "part_no", "spec"}
    people = {"customer", "consignee", "phone", "address", "carrier"}
    return set(pair) <= things or set(pair) <= people


def _unit(inner: list[str]) -> str:
    words = [inside.strip("單位:： ") for inside in inner]
    return next(
        (word for word in words if _UNIT.fullmatch(word) and plain(word) not in _NOT_UNITS), ""
    )


def _in_pieces(text: str, *, all_known: bool = False) -> Heading | None:
    """規格/型號 is one fact, 快遞/地址/手機/姓名 are four, 數量/台 is one with its unit."""
    pieces = [piece for piece in map(tidy, _BETWEEN.split(text)) if piece]
    if len(pieces) < 2:
        return None
    found = [(piece, _exact(piece) or _in_two_languages(piece)) for piece in pieces]
    if (
        len(pieces) == 2
        and (joined := _exact("".join(pieces)))
        and joined.target == "customer_code"
    ):
        return Heading(("customer", "customer_code"), is_several=True)
    known = [heading for _piece, heading in found if heading and heading.is_known]
    if not known or (all_known and len(known) < len(pieces)):
        return None
    targets = tuple(dict.fromkeys(heading.target for heading in known if not heading.is_unsure))
    if not targets:
        return known[0] if len(known) == len(pieces) else None
    if len(targets) == 1:
        rest = [piece for piece, heading in found if heading is None]
        if len(rest) > len(known):
            return None
        return Heading(targets, known[0].rank, unit=_unit(rest))
    return Heading(targets, max(heading.rank for heading in known), is_several=True)


def _in_two_languages(text: str, *, both_known: bool = False) -> Heading | None:
    """料號 Part No. and Qty 數量."""
    han = tidy(_LATIN.sub(" ", text)).strip(_MARKS + "/()")
    latin = tidy(" ".join(_LATIN.findall(text))).strip(_MARKS + "/()")
    if not han or not latin:
        return None
    in_han, in_latin = _exact(han), _exact(latin)
    if in_latin is None and any(char.isdigit() for char in latin):
        return None  # 發貨單 FH-001 is a title with its number
    if both_known and (in_han is None or in_latin is None):
        return None
    if in_han and (not in_han.is_unsure or not in_latin or in_latin.is_unsure):
        return in_han
    return in_latin or in_han


def _by_its_head(text: str) -> Heading | None:
    """The longest known word that the text ends with, or that stands in it."""
    if len(text) > 20 or any(sign in text for sign in "。;；!！?？"):
        return None
    word = plain(text)
    if any(spoiler in word for spoiler in _SPOILERS):
        return None
    known = lexicon.known()
    for size in range(len(word) - 1, _HEAD_AT_LEAST - 1, -1):
        meaning = known.get(word[-size:])
        if meaning and (size >= 4 or not word[-size:].isascii()):
            if meaning.target == IGNORED:
                return None
            return Heading((meaning.target,), meaning.rank + 3)
    for size in range(len(word) - 1, 2, -1):
        for start in range(len(word) - size):
            meaning = known.get(word[start : start + size])
            if meaning and not word[start : start + size].isascii() and meaning.target != IGNORED:
                return Heading((meaning.target,), meaning.rank + 4)
    return None
