"""交付方式 out of words (3.2): who brings the goods."""

import re

from aftersales.core.text import fold, tidy

PICKUP, OWN_FLEET, CARRIER = "pickup", "own_fleet", "carrier"
_CARRIERS = (
    "德邦 順豐 中通 圓通 申通 韻達 京東 安能 跨越 百世 天地華宇 佳吉 壹米滴答 黑貓 新竹 嘉里大榮 大榮貨運 宅急便 宅配通 "
    "EMS DHL FedEx UPS TNT 郵政"
)
# In this order: 物流自提 is fetched at the carrier's, 自提 at ours.
_WORDS = (
    (CARRIER, "委託 委外 外部運輸 物流 快遞 貨運 代運 託運 承運 第三方 外包 courier carrier logistics forwarder"),
    (CARRIER, _CARRIERS),
    (PICKUP, "自提 自取 自運 上門提貨 上門取貨 客戶提貨 客戶取貨 客提 顧客提貨 來車提貨 提貨 pickup pick-up collect exw exworks"),
    (OWN_FLEET, "車隊 我司送貨 公司送貨 本公司 我方送貨 專車 自送 廠車 公司車 自有車 供方送貨 送貨 派車 ownfleet ourtruck ownvehicle ownfleet companytruck"),
    (CARRIER, "快運 專線 空運 海運 鐵路 陸運 宅配 郵寄 郵政 零擔 汽運 配送 express freight air sea rail third-party 3pl"),
)  # fmt: skip
_TABLE = [(mode, fold(word).replace("-", "")) for mode, words in _WORDS for word in words.split()]
_CARRIER_NAMES = [fold(word) for word in _CARRIERS.split()]
_CHECKED, _BOX = "■☑✓✔√☒▣◉●🗹", "□☐○〇"
_TICKED = re.compile(rf"[{_CHECKED}]\s*([^{_CHECKED}{_BOX}]+)")


def mode_of(text: str) -> str | None:
    """pickup, own_fleet or carrier; None for words that say none of them.

    Of a list of boxes the ticked one counts.
    """
    if any(box in text for box in _CHECKED + _BOX):
        ticked = _TICKED.findall(text)
        text = tidy(ticked[0]) if len(ticked) == 1 else ""
    folded = fold(text).replace("-", "")
    return next((mode for mode, word in _TABLE if word in folded), None)


def is_carrier_name(text: str) -> bool:
    """Whether the text names a carrier, known or by its kind of name (…物流, …快遞)."""
    folded = fold(text)
    if any(name in folded for name in _CARRIER_NAMES):
        return True
    return folded.endswith(
        tuple(map(fold, ("物流", "快遞", "快運", "貨運", "專線", "速運", "運輸", "配送")))
    )


def is_mere_mode(text: str) -> bool:
    """Whether a text in the carrier's place only says who carries (自提, 我司送貨)."""
    return mode_of(text) in (PICKUP, OWN_FLEET) and not is_carrier_name(text)
