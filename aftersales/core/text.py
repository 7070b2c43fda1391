"""Texts made comparable: Traditional and Simplified, full width and half width, large and small.

`fold` is for matching, never for showing: what a user typed is kept as typed. `half_width` and
`tidy` are for keeping: they take away what nobody sees (wide digits, odd blanks, line ends).
`listed` is for showing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from django.utils.translation import gettext as _

# Forms that a character table leaves apart although offices use them for one another.
_VARIANTS = {
    "覆": "复",
    "瞭": "了",
    "衞": "卫",
    "著": "着",
    "裡": "里",
    "臺": "台",
    "綫": "线",
    "祕": "秘",
    "迴": "回",
    "傢": "家",
    "乾": "干",
    "昇": "升",
    "陞": "升",
    "滙": "汇",
    "鉅": "巨",
    "牀": "床",
    "峯": "峰",
    "羣": "群",
    "佔": "占",
    "佈": "布",
    "託": "托",
    "註": "注",
    "癥": "症",
    "甯": "宁",
    "薑": "姜",
    "鍾": "钟",
    "菸": "烟",
    "煙": "烟",
    "砲": "炮",
    "麽": "么",
    "於": "于",
    "爲": "为",
    "啓": "启",
    "汙": "污",
    "珎": "珍",
    "塩": "盐",
    "舘": "馆",
    "汎": "泛",
    "週": "周",
    "莊": "庄",
    "帳": "账",
    "帐": "账",
    "厰": "厂",
    "鉄": "铁",
    "凈": "净",
    "淨": "净",
    "〇": "零",
    "○": "零",
}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_ODD_BLANKS = dict.fromkeys(map(ord, "\u00a0\u1680\u202f\u205f\u3000"), " ")
_ODD_BLANKS |= dict.fromkeys(range(0x2000, 0x200B), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_BLANKS = re.compile(r"\s+")
_WORD = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_WIDE_WORD = re.compile(rf"{_WORD}+(?:[-./+#&*_=@~－．／＋＃＆＊＿＝＠～]+{_WORD}+)*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@cache
def _simplified() -> dict[int, str]:
    """One Simplified character for each Han character; made once, when first needed."""
    from opencc import OpenCC

    han = [chr(code) for code in range(0x3400, 0xA000)]
    # One character a line, so that no phrase of the converter's dictionary can match across.
    plain = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {ord(a): b for a, b in zip(han, plain, strict=True) if a != b}
    return table | {ord(a): b for a, b in _VARIANTS.items()}


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """The form of `text` in which equal things are equal: for look-ups and comparisons.

    Simplified, half width, lower case, one kind of dash, and without any blank or line end.
    """
    return code_key(text).translate(_simplified())


def code_key(text: str) -> str:
    """Like `fold`, but Chinese characters as they are: for serial numbers, which keep no folded form."""
    text = unicodedata.normalize("NFKC", text.translate(_UNSEEN))
    return _BLANKS.sub("", text).casefold().translate(_DASHES)


def half_width(text: str) -> str:
    """Wide letters, digits, signs and blanks as ordinary ones; everything else as it is."""
    return text.translate(_WIDE)


def half_width_words(text: str) -> str:
    """Wide letters, digits, blanks and the signs inside of numbers as ordinary ones.

    Punctuation of a sentence or a name stays as the writer set it: 泵（立式） keeps its brackets.
    """
    return _WIDE_WORD.sub(lambda found: half_width(found[0]), text).replace("\u3000", " ")


def tidy(text: str) -> str:
    """`text` without unseen characters, with one blank where there are several, and trimmed."""
    text = _CONTROLS.sub("", text.translate(_UNSEEN).translate(_ODD_BLANKS))
    return _BLANKS.sub(" ", text).strip()


def tidy_lines(text: str) -> str:
    """Like `tidy`, but lines stay lines; empty ones at the ends are dropped."""
    lines = [tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def listed(words: Iterable) -> str:
    """Several words in one sentence, with the comma of the page's language between them."""
    return _("、").join(str(word) for word in words)
