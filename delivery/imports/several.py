"""One cell with several facts, taken apart: by its signs first, by the looks of the pieces next."""

import re

from aftersales.core.text import half_width, tidy, tidy_lines
from delivery.imports.modes import is_carrier_name, is_mere_mode

_PHONE = re.compile(
    r"(?<![\w-])\+?\(?\d[\d\-\s()]{5,18}\d(?:\s*(?:ext\.?|轉|转|#|分機|分机)\s*\d{1,6})?(?![\w-])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[省市縣县區区鎮镇鄉乡村路街巷弄號号樓楼園园道]|\b(?:road|rd|street|st|no)\b", re.IGNORECASE
)
_HOUSE = re.compile(r"[\d\-]{1,6}|[\d\-]*[號号樓楼室弄巷棟栋座層层幢]\S{0,6}")
_COMPANY = re.compile(r"公司|廠|厂|集團|集团|有限|企業|企业|行$|co\.|ltd|inc", re.IGNORECASE)
_BETWEEN = re.compile(r"[/\n;；|｜]+")
_BETWEEN_MORE = re.compile(r"[/\n;；|｜,，、]+|\s{1,}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_./#*+]*")
_IN_BRACKETS = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_THINGS = frozenset(
    ("name", "part_no", "spec", "uom", "quantity", "lot_no", "line_remark", "unit_price")
)


def taken_apart(targets: tuple[str, ...], text: str) -> dict[str, str]:
    """The facts of a cell whose heading names several; those that are not there are left out."""
    text = tidy_lines(text)
    if not text:
        return {}
    if set(targets) <= _THINGS:
        return _things(targets, text)
    return _delivery(targets, text)


def person_and_phone(text: str) -> tuple[str, str]:
    """A name and a telephone number out of one text; either may be empty."""
    found = phone_in(text)
    if not found:
        return tidy(text), ""
    rest = tidy(
        re.sub(r"[()（）:：,，/;；、]+|(?:電話|电话|手機|手机|tel)", " ", text.replace(found, " "))
    )
    return rest, tidy(found)


def phone_in(text: str) -> str:
    """The first telephone number in the text, as written; empty where there is none."""
    for found in _PHONE.finditer(half_width(text)):
        if 7 <= sum(char.isdigit() for char in found[0]) <= 15:
            return found[0].strip()
    return ""


def is_code(text: str) -> bool:
    """Looks like a part number: no Han, at least one digit, no blank."""
    return bool(_CODE.fullmatch(text)) and any(char.isdigit() for char in text)


def _delivery(targets: tuple[str, ...], text: str) -> dict[str, str]:
    pieces = [piece for piece in map(tidy, _BETWEEN.split(text)) if piece]
    if len(pieces) == len(targets):
        facts = dict(zip(targets, pieces, strict=True))
        if "phone" not in facts or phone_in(facts["phone"]):
            return facts
    phone = phone_in(text) if "phone" in targets else ""
    rest = half_width(text).replace(phone, "\n") if phone else text
    facts = {"phone": phone} if phone else {}
    pieces = [piece for piece in map(tidy, _BETWEEN.split(rest)) if piece]
    if len(pieces) < len(targets) - len(facts):
        pieces = [piece for piece in map(tidy, _BETWEEN_MORE.split(rest)) if piece]
    return facts | _by_looks([target for target in targets if target not in facts], pieces)


def _by_looks(wanted: list[str], pieces: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    left: list[str] = []
    for piece in _joined(pieces):
        if (
            "carrier" in wanted
            and "carrier" not in facts
            and (is_carrier_name(piece) or is_mere_mode(piece))
        ):
            facts["carrier"] = piece
        elif "customer" in wanted and "customer" not in facts and _COMPANY.search(piece):
            facts["customer"] = piece
        elif (
            "address" in wanted
            and _ADDRESS.search(piece)
            and (len(piece) > 5 or "address" in facts)
        ):
            facts["address"] = f"{facts['address']} {piece}" if "address" in facts else piece
        else:
            left.append(piece)
    for target in wanted:
        if target not in facts and left and target != "phone":
            facts[target] = left.pop(0)
    return facts


def _joined(pieces: list[str]) -> list[str]:
    """Pieces without stray brackets; 88 and 號 go back to the street before them."""
    joined: list[str] = []
    for piece in (piece.strip("()（）:：,，") for piece in pieces):
        if joined and _ADDRESS.search(joined[-1]) and _HOUSE.fullmatch(piece):
            joined[-1] = f"{joined[-1]} {piece}"
        elif piece:
            joined.append(piece)
    return joined


def _things(targets: tuple[str, ...], text: str) -> dict[str, str]:
    pieces = [piece for piece in map(tidy, re.split(r"[/\n|｜;；]+", text)) if piece]
    if len(pieces) > len(targets):
        # The signs inside of the last fact are its own: 機械密封/φ22 SiC/SiC
        pieces = [
            tidy(piece) for piece in re.split(r"[/\n|｜;；]+", text, maxsplit=len(targets) - 1)
        ]
    if len(pieces) == 1 and (found := _IN_BRACKETS.fullmatch(text)) and "part_no" in targets:
        pieces = [tidy(found[1]), tidy(found[2])]
    if len(pieces) == 1:
        pieces = _by_script(tidy(text))
    if len(pieces) > len(targets):
        pieces = [tidy(text)]
    return _assigned(targets, pieces)


def _by_script(text: str) -> list[str]:
    """多級離心泵 CDL32-50 in two, where the blanks part Han from what has none; else whole."""
    words = text.split(" ")
    has_han = [bool(_HAN.search(word)) for word in words]
    changes = [at for at in range(1, len(words)) if has_han[at] != has_han[at - 1]]
    if len(changes) != 1:
        return [text]
    return [" ".join(words[: changes[0]]), " ".join(words[changes[0] :])]


def _assigned(targets: tuple[str, ...], pieces: list[str]) -> dict[str, str]:
    if len(pieces) == 1:
        only = pieces[0]
        if "part_no" in targets and is_code(only):
            return {"part_no": only}
        return {next((target for target in targets if target != "part_no"), targets[0]): only}
    facts = dict(zip(targets, pieces, strict=False))
    if "part_no" in facts and not is_code(facts["part_no"]):
        other = next((t for t in facts if t != "part_no" and is_code(facts[t])), None)
        if other:
            facts["part_no"], facts[other] = facts[other], facts["part_no"]
    elif _HAN.search(facts.get("spec", "")) and not _HAN.search(facts.get("name", "泵")):
        facts["name"], facts["spec"] = facts["spec"], facts["name"]
    return facts
