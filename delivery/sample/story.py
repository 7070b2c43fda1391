"""Three months of shipments up to now, told in plans: `history`, `thread` and `open_work`.

The thread: 寧波海曙水務 orders pumps for its second pump house. At the first count a motor of
another size stands among the right ones; it is changed and counted again. At the customer's one
pump has a cracked foot: the customer reports it, the salesperson lets it be unloaded, and the
customer signs for what is sound and what is damaged.
"""

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from delivery.models import DamageKind, LineSerial
from delivery.receipts import Receipt
from delivery.sample import ways
from delivery.sample.cast import Cast
from delivery.sample.open_work import open_work
from delivery.sample.pictures import cracked_crate
from delivery.sample.plans import (
    closed_by_paper,
    closed_on_screen,
    to_release,
    to_transit,
    to_verified,
)
from delivery.sample.walk import Order, Walk, play
from delivery.sample.worktime import earlier, later

DAY = 480  # working minutes
DAYS = 76  # three months without Sundays
CLOSED = 30
_Fate = LineSerial.Fate

# What goes out together: part number and pieces for one set.
BASKETS = (
    (("P-100-2", 1), ("M-055-1", 1), ("L-042", 1), ("D-600", 1), ("S-210", 2), ("Z-002", 1)),
    (("P-100-3", 1), ("M-055-1", 1), ("L-042", 1), ("F-065", 2), ("G-001", 4), ("Z-002", 1)),
    (("P-160-1", 1), ("M-110-1", 1), ("F-065", 2), ("T-016", 1), ("Z-002", 1)),
    (("P-200-1", 1), ("F-080", 2), ("G-002", 2), ("Z-002", 1)),
    (("P-200-2", 1), ("F-080", 2), ("V-080", 1), ("Z-002", 1)),
    (("P-300-2", 1), ("C-002", 1), ("Z-002", 1)),
    (("P-300-1", 2), ("Z-002", 2)),
    (("S-210", 6), ("S-320", 4), ("G-001", 20), ("B-6309", 4)),
    (("Y-015", 2), ("Y-032", 2), ("B-6311", 2)),
)


def tell(cast: Cast, *, now: datetime) -> None:
    """Make the notes of three months, what happened first first."""
    play([*history(cast, now), thread(cast, now), *open_work(cast, now)])


def history(cast: Cast, now: datetime) -> list[list[tuple]]:
    """What is over: closed without trouble, with trouble, or ended otherwise."""
    chance = random.Random(8511)
    first = earlier(now, DAYS * DAY)
    plans = []
    for index in range(CLOSED):
        order = Order(
            customer=f"K{chance.randint(2, 18):04d}", goods=_goods(chance),
            clerk=chance.choice(("clerk", "clerk2")), leader=chance.choice(("leader", "leader2")),
            keeper=chance.choice(("warehouse", "warehouse", "warehouse2")), driver=index,
        )  # fmt: skip
        order = replace(order, **_WAYS.get(index, {}))
        begins_at = later(first, index * (DAYS - 6) * DAY / CLOSED + chance.randint(0, 200))
        walk = Walk(cast, order)
        _PLOTS.get(index, _plain)(walk, index)
        plans.append(_dated(walk, walk.from_(begins_at)))
    return plans


def thread(cast: Cast, now: datetime) -> list[tuple]:
    """The order for the second pump house, signed three days ago."""
    walk = Walk(
        cast,
        Order(
            customer="K0001",
            goods=(("P-100-2", 4), ("M-110-1", 4), ("S-210", 12), ("L-042", 4), ("D-600", 4),
                   ("F-065", 8), ("C-011", 1), ("Z-001", 4), ("Z-002", 4)),
            order_no=f"XS-{timezone.localdate(now):%Y}-1147", customer_ref="HSSW-26-083",
            remark="二號泵房。電機與水泵同箱裝運，由我方指導安裝（合同附件二）。",
            needs_commissioning=True,
        ),
    )  # fmt: skip
    to_release(walk, agreed="二號泵房基礎已完成，約定上午送到，望春園區 2 號庫卸貨，備 3 噸叉車。")
    walk.then(50, walk.start).then(8, walk.count, line_no=10)
    walk.then(
        6, walk.count, line_no=20, counted_quantity=Decimal(3),
        wrong_part_no="M-055-1", wrong_quantity=Decimal(1),
    )  # fmt: skip
    walk.then(
        22, walk.adjust, put_back_bin="B-07-2",
        remark="一台 7.5 kW 電機混放在 11 kW 棧板上，已換回並分開標示",
    )  # fmt: skip
    walk.then(9, walk.count, line_no=20).then(5, walk.count_rest).then(28, walk.complete)
    to_transit(walk).then(150, walk.arrive)
    walk.then(25, _report_one_damaged, walk=walk)
    walk.then(8, walk.confirm, answer="請卸貨收下，裂開的泵腳三天內換新，費用由我方負擔")
    walk.then(12, walk.sign)
    return _dated(walk, walk.until(earlier(now, 3 * DAY)))


def _report_one_damaged(now: datetime, walk: Walk) -> None:
    receipt = _one_of(walk, 10, _Fate.DAMAGED, "木箱一角壓裂，泵腳裂開一處，其餘完好，請換一台泵腳")
    walk.report(now, photos=(lambda: cracked_crate("木箱裂開.jpg"),), line_10=receipt)


# --- plots of the history -------------------------------------------------------------------------


def _plain(walk: Walk, index: int) -> None:
    to_transit(to_verified(to_release(walk)))
    (closed_by_paper if index % 3 == 0 else closed_on_screen)(walk)


def _sent_back(walk: Walk, index: int) -> None:
    to_release(walk, stop_before_release=True)
    walk.then(50, walk.send_back, reason="收貨地址是開票地址，請改成工地地址再提交")
    walk.then(35, walk.edit, address=f"{walk.customer.address}（北門 3 號泵房）")
    walk.then(10, walk.submit).then(45, walk.release)
    closed_on_screen(to_transit(to_verified(walk)))


def _counted_short(walk: Walk, index: int) -> None:
    to_release(walk).then(60, walk.start)
    pieces = walk.order.goods[0][1]
    walk.then(10, walk.count, line_no=10, counted_quantity=Decimal(pieces - 1))
    walk.then(20, walk.adjust, remark="揀貨漏了一件，已補足")
    walk.then(8, walk.count_rest).then(30, walk.complete)
    closed_on_screen(to_transit(walk))


def _driver_differs(walk: Walk, index: int) -> None:
    """The driver's count says that one piece was left on the ramp."""
    to_verified(to_release(walk)).then(20, walk.assign).then(15, walk.issue)
    walk.then(25, walk.load, line_20=walk.order.goods[1][1] - 1)
    walk.then(15, walk.recheck, reason="司機點數少一件，月台上漏裝，全部重新點數")
    walk.then(5, walk.count_rest).then(30, walk.complete).then(10, walk.issue).then(25, walk.load)
    closed_on_screen(walk)


def _received_short(walk: Walk, index: int) -> None:
    to_transit(to_verified(to_release(walk))).then(170, walk.arrive)
    last, pieces = len(walk.order.goods) * 10, walk.order.goods[-1][1]
    receipt = Receipt(sound=Decimal(pieces - 1), short=Decimal(1), remark="拆箱時少一份")
    walk.then(20, walk.report, **{f"line_{last}": receipt})
    walk.then(6, walk.confirm, answer="請先卸貨收下，少的一份明天補發")
    walk.then(9, walk.sign).then(3 * DAY, ways.resolve, walk=walk)


def _one_refused(walk: Walk, index: int) -> None:
    to_transit(to_verified(to_release(walk))).then(170, walk.arrive)
    walk.then(20, _report_one_refused, walk=walk)
    walk.then(7, walk.confirm, answer="這一件請司機帶回，其餘卸貨收下")
    walk.then(8, walk.sign)


def _report_one_refused(now: datetime, walk: Walk) -> None:
    walk.report(now, line_10=_one_of(walk, 10, _Fate.REFUSED, "法蘭密封面有砂眼，不予接收"))


def _withdrawn(walk: Walk, index: int) -> None:
    pieces = walk.order.goods[-1][1]
    to_release(walk).then(40, walk.withdraw, reason="客戶加訂，數量須更改")
    walk.then(25, walk.edit, quantities={len(walk.order.goods) * 10: pieces + 2})
    walk.then(10, walk.submit).then(20, walk.acknowledge).then(35, walk.release)
    closed_by_paper(to_transit(to_verified(walk)))


def _refused(walk: Walk, index: int) -> None:
    to_release(walk, stop_before_release=True)
    walk.then(90, walk.refuse, reason="上期貨款逾期 60 天未付，財務已通知暫停發貨")


def _cancelled(walk: Walk, index: int) -> None:
    to_release(walk, stop_before_release=True)
    walk.then(200, walk.cancel, reason="客戶來電取消，改併入下月訂單")


def _carried(walk: Walk, index: int) -> None:
    closed_on_screen(to_transit(to_verified(to_release(walk))))


def _damp(walk: Walk, index: int) -> None:
    """Two seals came damp with the carrier, who accepts the claim and pays."""
    to_transit(to_verified(to_release(walk))).then(300, walk.arrive)
    walk.then(25, walk.report, line_10=_damp_pieces(walk), photos=(_wet_crate,))
    walk.then(12, walk.confirm, answer="受潮的兩件請先卸貨收下並拍照，由我方向承運商索賠")
    walk.then(20, walk.sign).then(400, ways.assess, walk=walk).then(30, ways.claim, walk=walk)
    walk.then(6 * DAY, ways.accept, walk=walk).then(8 * DAY, ways.settle, walk=walk)


def _damp_pieces(walk: Walk) -> Receipt:
    pieces = Decimal(walk.order.goods[0][1])
    return Receipt(
        sound=pieces - 2, damaged=Decimal(2), damage_kind="damp", remark="外箱濕透，兩件受潮"
    )


def _wet_crate():
    return cracked_crate("外箱受潮.jpg")


def _fetched(walk: Walk, index: int) -> None:
    """By the frame contract; the first check finds one box too few."""
    to_verified(to_release(walk)).then(20, walk.issue)
    short = {"line_20": (walk.order.goods[1][1] - 1, "少一箱")}
    walk.then(90, ways.check, walk=walk, **short).then(15, ways.cause, walk=walk)
    walk.then(10, ways.consent, walk=walk).then(8, ways.confirm_again, walk=walk)
    walk.then(25, ways.repack, walk=walk).then(10, ways.check, walk=walk)
    walk.then(6, ways.hand_over, walk=walk)


def _reversed(walk: Walk, index: int) -> None:
    """The customer signed for one piece too many."""
    closed_on_screen(to_transit(to_verified(to_release(walk))))
    last = len(walk.order.goods) * 10
    walk.then(
        600, ways.reverse, walk=walk, line_no=last, quantity=1,
        reason="客戶簽收時多簽一份，實物在倉庫，按實際數量沖回",
    )  # fmt: skip
    walk.then(90, ways.approve, walk=walk)


# How the goods of some notes are handed over, where it is not the own fleet.
_WAYS = {
    2: {"carrier": "CY01"},
    6: {"carrier": "CY01", "goods": (("S-210", 12), ("S-320", 6), ("G-001", 30))},
    12: {"customer": "K0006", "pickup": "年度框架合同"},
    18: {"carrier": "CY02"},
}
_PLOTS = {
    2: _carried,
    6: _damp,
    12: _fetched,
    18: _carried,
    22: _reversed,
    4: _sent_back,
    8: _counted_short,
    11: _refused,
    14: _driver_differs,
    17: _received_short,
    20: _withdrawn,
    23: _one_refused,
    26: _cancelled,
}


def _goods(chance: random.Random) -> tuple[tuple[str, int], ...]:
    sets = chance.randint(2, 6)
    return tuple((part_no, pieces * sets) for part_no, pieces in chance.choice(BASKETS))


def _dated(walk: Walk, timetable: list[tuple]) -> list[tuple]:
    """The day of shipping is the day on which the plan loads, or the last one."""
    loading = [moment for moment, verb, _facts in timetable if verb.__name__ == "load"]
    walk.ship_on = _day(loading[-1] if loading else timetable[-1][0])
    return timetable


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _one_of(walk: Walk, line_no: int, fate: str, remark: str) -> Receipt:
    """One piece of a line met this fate, the others are sound."""
    line = walk.note.lines.get(line_no=line_no)
    kind = DamageKind.BROKEN if fate == _Fate.DAMAGED else ""
    numbers = list(line.serials.values_list("serial_no", flat=True))
    if numbers:
        fates = dict.fromkeys(numbers, _Fate.SOUND) | {numbers[-1]: fate}
        return Receipt(fates=fates, remark=remark, damage_kind=kind)
    numbers = {"sound": line.loaded_quantity - 1, str(fate): Decimal(1)}
    return Receipt(**numbers, remark=remark, damage_kind=kind)
