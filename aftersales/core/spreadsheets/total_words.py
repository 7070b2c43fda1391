"""The words that stand beside a total, and what merely begins like one."""

import re

from aftersales.core.text import fold

_TOTAL = re.compile(
    r"(?:本页|此页|本单|每页|全部|以上|本次|本车|当页|货物|数量|金额|件数|价税)?"
    r"(?:合计|小计|总计|共计|总合计|总共|合计数|总数|总数量|总金额|总额|总件数|汇总|累计|subtotal|grandtotal|total|totals|sum)"
    r"(?:数量|金额|件数|台数|总数|人民币|rmb|大写|小写|元|qty|quantity|amount|pcs|\(.*\))*[:]?.*"
)
_SUBTOTALS = ("小计", "subtotal")
_BEHIND_TOTAL = re.compile(
    r"(?:数量|金额|件数|台数|人民币|rmb|大写|小写|元|qty|quantity|amount|[\s:()（）/,.\-¥$\d]|[台套件支个只箱片]|nt)*"
)
_WORD_OF_TOTAL = re.compile(
    r"合计|小计|总计|共计|总共|总数量?|总金额|总额|总件数|汇总|累计|subtotal|grandtotal|totals?|sum"
)


def total_word(text: str) -> str | None:
    """The word of a total that the text is about, None for 小計量泵 and the like."""
    folded = fold(text)
    if len(folded) > 60 or not _TOTAL.fullmatch(folded):
        return None
    found = _WORD_OF_TOTAL.search(folded)
    rest = folded[found.end() :] if found else folded
    is_words = rest.startswith((":", "(", "人民币", "大写"))
    return found[0] if found and (is_words or _BEHIND_TOTAL.fullmatch(rest)) else None


def is_subtotal(word: str) -> bool:
    """A subtotal may be followed by more lines."""
    return word in _SUBTOTALS
