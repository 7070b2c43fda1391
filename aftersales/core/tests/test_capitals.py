"""Amounts of money in capital numerals, as claims and cheques ask for."""

from decimal import Decimal

import pytest

from aftersales.core.capitals import LARGEST, in_capitals


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("15.30", "壹拾伍元叁角整"),
        ("20", "貳拾元整"),
        ("101", "壹佰零壹元整"),
        ("110", "壹佰壹拾元整"),
        ("325.04", "叁佰貳拾伍元零肆分"),
        ("1000", "壹仟元整"),
        ("1001", "壹仟零壹元整"),
        ("1080", "壹仟零捌拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陸佰捌拾元叁角貳分"),
        ("3370", "叁仟叁佰柒拾元整"),
        ("6007.14", "陸仟零柒元壹角肆分"),
        ("16409.02", "壹萬陸仟肆佰零玖元零貳分"),
        ("10000", "壹萬元整"),
        ("10001", "壹萬零壹元整"),
        ("100500", "壹拾萬零伍佰元整"),
        ("107000.53", "壹拾萬柒仟元伍角叁分"),
        ("1005000", "壹佰萬伍仟元整"),
        ("10000000", "壹仟萬元整"),
        ("100000000", "壹億元整"),
        ("100000001", "壹億零壹元整"),
        ("100010000", "壹億零壹萬元整"),
        ("100015000", "壹億零壹萬伍仟元整"),
        ("1000000000000", "壹萬億元整"),
        ("1000100000001.01", "壹萬億零壹億零壹元零壹分"),
    ],
)
def test_an_amount_is_written_out(amount, words):
    assert in_capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "NaN", "Infinity", str(LARGEST + 1)])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match="no amount of money"):
        in_capitals(Decimal(amount))


def read_back(words: str) -> Decimal:
    """The amount that the words say, by another way than they were written."""
    places = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for letter in words.removesuffix("整"):
        if letter in "零壹貳叁肆伍陸柒捌玖":
            digit = "零壹貳叁肆伍陸柒捌玖".index(letter)
        elif letter in places:
            group, digit = group + digit * places[letter], 0
        elif letter == "萬":
            total, group, digit = total + (group + digit) * 10_000, 0, 0
        elif letter == "元":
            total, group, digit = total + group + digit, 0, 0
        elif letter == "角":
            total, digit = total + digit * Decimal("0.1"), 0
        elif letter == "分":
            total, digit = total + digit * Decimal("0.01"), 0
    return Decimal(total)


def test_the_words_say_the_amount_without_two_zeros_side_by_side():
    for cents in range(0, 10_000_000_000, 9_876_543):
        amount = Decimal(cents) / 100

        words = in_capitals(amount)

        assert read_back(words) == amount, words
        assert "零零" not in words
        assert "零元" not in words or not amount
