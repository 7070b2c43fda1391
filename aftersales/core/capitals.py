"""Amounts of money in the capital numerals that nobody can change with a stroke: 叁仟叁佰柒拾元整.

As cheques and claims in China ask for. The words are the paper's own, whatever the screen speaks.
"""

from decimal import Decimal

_DIGITS = "零壹貳叁肆伍陸柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "萬", "億", "萬億")
LARGEST = Decimal("9999999999999999.99")


def in_capitals(amount: Decimal) -> str:
    """The amount in 元, 角 and 分; 整 where no 分 follows. Raises ValueError for what is less than
    0, larger than LARGEST, or has more than two places."""
    is_money = amount.is_finite() and 0 <= amount <= LARGEST and not amount % Decimal("0.01")
    if not is_money:
        raise ValueError(f"no amount of money: {amount}")
    whole, cents = divmod(int(amount * 100), 100)
    tenths, hundredths = divmod(cents, 10)
    text = f"{_whole(whole)}元" if whole or not cents else ""
    if tenths:
        text += f"{_DIGITS[tenths]}角"
    elif hundredths and whole:
        text += _DIGITS[0]
    return text + (f"{_DIGITS[hundredths]}分" if hundredths else "整")


def _whole(number: int) -> str:
    """The digits in groups of four; zeros in a row are one 零, those at the end are none."""
    if not number:
        return _DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, skipped = "", False
    for index, group in reversed(list(enumerate(groups))):
        if not group:
            skipped = bool(text)
            continue
        if text and (skipped or group < 1000):
            text += _DIGITS[0]
        text += _group(group) + _GROUPS[index]
        skipped = False
    return text


def _group(number: int) -> str:
    """Four digits with their places: 1080 is 壹仟零捌拾."""
    text, skipped = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            skipped = bool(text)
            continue
        text += (_DIGITS[0] if skipped else "") + _DIGITS[int(digit)] + place
        skipped = False
    return text
