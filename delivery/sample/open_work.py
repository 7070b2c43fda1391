"""What waits today: for every role of the delivery something stands in 待辦."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from delivery.receipts import Receipt
from delivery.sample import ways
from delivery.sample.cast import Cast
from delivery.sample.plans import to_release, to_transit, to_verified
from delivery.sample.walk import Order, Walk
from delivery.sample.worktime import earlier, later

DAY = 480  # working minutes


def open_work(cast: Cast, now: datetime) -> list[list[tuple]]:
    """The plans of the open notes; each stops so many working minutes before `now`."""
    plans = []
    for minutes_ago, ships_in, order, plan in OPEN:
        walk = Walk(cast, order)
        walk.ship_on = _working_day(now, ships_in)
        plan(walk)
        plans.append(walk.until(earlier(now, minutes_ago)))
    return plans


def _working_day(now: datetime, days: int) -> date:
    """The day so many working days from now; 0 is today while its work goes on."""
    moment = later(now, days * DAY) if days >= 0 else earlier(now, -days * DAY)
    return timezone.localdate(moment)


# --- where each one stands ------------------------------------------------------------------------


def _just_drawn_up(walk: Walk) -> None:
    """For Quality: the final inspection is not recorded."""
    walk.then(0, walk.create)


def _to_arrange(walk: Walk) -> None:
    """For the salesperson: inspected and agreed, not arranged."""
    walk.then(0, walk.create).then(25, walk.inspect).then(20, walk.talk)


def _to_acknowledge(walk: Walk) -> None:
    """For the keeper: arranged, the warehouse has not said that it knows."""
    _to_arrange(walk)
    walk.then(60, walk.schedule)


def _to_submit(walk: Walk) -> None:
    """For the clerk: all is there."""
    _to_acknowledge(walk)
    walk.then(45, walk.acknowledge)


def _sent_back(walk: Walk) -> None:
    """For the clerk: to be mended."""
    to_release(walk, stop_before_release=True)
    walk.then(60, walk.send_back, reason="聯絡人已換，請與客戶確認收貨人後再提交")


def _to_release(walk: Walk) -> None:
    """For the leader in charge."""
    to_release(walk, stop_before_release=True)


def _to_verify(walk: Walk) -> None:
    to_release(walk)


def _half_counted(walk: Walk) -> None:
    to_release(walk).then(60, walk.start).then(12, walk.count, line_no=10)


def _difference(walk: Walk) -> None:
    """For the keeper: a seal of another type lies among the right ones."""
    to_release(walk).then(60, walk.start).then(9, walk.count, line_no=10)
    walk.then(
        7, walk.count, line_no=20, counted_quantity=Decimal(walk.order.goods[1][1] - 2),
        wrong_part_no="S-108", wrong_quantity=Decimal(2),
    )  # fmt: skip


def _without_vehicle(walk: Walk) -> None:
    """For logistics: verified, no vehicle yet."""
    to_verified(to_release(walk))


def _to_issue(walk: Walk) -> None:
    """For the shipping clerk."""
    to_verified(to_release(walk)).then(20, walk.assign)


def _for_the_driver(walk: Walk) -> None:
    to_verified(to_release(walk)).then(20, walk.assign).then(15, walk.issue)


def _on_the_road(walk: Walk) -> None:
    to_transit(to_verified(to_release(walk)))


def _at_the_customer(walk: Walk) -> None:
    _on_the_road(walk)
    walk.then(170, walk.arrive)


def _paper_to_file(walk: Walk) -> None:
    """For clerk and logistics: signed, the paper is not filed."""
    _at_the_customer(walk)
    walk.then(520, walk.sign_on_paper)


def _to_fetch(walk: Walk) -> None:
    """For clerk and keeper: the customer comes today."""
    to_verified(to_release(walk)).then(20, walk.issue)


def _fetched_short(walk: Walk) -> None:
    """For the sales manager: at pick-up list and goods differed, the cause is known."""
    _to_fetch(walk)
    found = (walk.order.goods[0][1] - 1, "少一台，箱號與單上不符")
    walk.then(60, ways.check, walk=walk, line_10=found).then(12, ways.cause, walk=walk)


def _reported(walk: Walk) -> None:
    """For the salesperson: the customer waits at the vehicle."""
    _on_the_road(walk)
    walk.then(240, walk.report, **{f"line_{len(walk.order.goods) * 10}": _two_damp(walk)})


def _claimed(walk: Walk) -> None:
    """For the owner of the claim: the carrier has not answered yet."""
    _reported(walk)
    walk.then(9, walk.confirm, answer="請卸貨收下，受潮的另放並拍照").then(15, walk.sign)
    walk.then(420, ways.assess, walk=walk).then(20, ways.claim, walk=walk)


def _lost(walk: Walk) -> None:
    """For the owner of the loss: to be assessed and claimed."""
    _reported(walk)
    walk.then(9, walk.confirm, answer="請卸貨收下，受潮的另放並拍照").then(15, walk.sign)


def _reversed(walk: Walk) -> None:
    """For the leader: a reversal to be approved."""
    _at_the_customer(walk)
    walk.then(30, walk.sign).then(
        200, ways.reverse, walk=walk, line_no=20, quantity=2,
        reason="客戶把上一批的兩件一起簽在這張，按實收沖回",
    )  # fmt: skip


def _two_damp(walk: Walk) -> Receipt:
    pieces = Decimal(walk.order.goods[-1][1])
    return Receipt(
        sound=pieces - 2, damaged=Decimal(2), damage_kind="damp", remark="雨布破洞，兩件受潮"
    )


def _withdrawn(walk: Walk) -> None:
    """For the clerk: the revision of a released note that was withdrawn."""
    to_release(walk).then(40, walk.withdraw, reason="客戶改型號，第 10 行換成 304 材質")


_Plan = Callable[[Walk], None]
# working minutes since the last step, working days until it ships, order, where it stands
OPEN: tuple[tuple[int, int, Order, _Plan], ...] = (
    (5 * DAY, -6, Order("K0003", (("P-200-2", 3), ("F-080", 6), ("Z-002", 3))), _paper_to_file),
    (
        DAY, -2,
        Order("K0010", (("S-320", 8), ("B-6311", 4)), clerk="clerk2", driver=1), _paper_to_file,
    ),
    (
        60, -1,
        Order("K0009", (("P-650-1", 2), ("F-080", 4), ("G-002", 8), ("Z-002", 2)), driver=2),
        _at_the_customer,
    ),
    (600, -1, Order("K0018", (("P-300-2", 2), ("C-002", 1)), clerk="clerk2"), _on_the_road),
    (
        140, 0,
        Order("K0004", (("P-100-3", 3), ("M-055-1", 3), ("L-042", 3)), driver=1), _on_the_road,
    ),
    (15, 0, Order("K0006", (("Y-015", 4), ("Y-032", 4), ("S-210", 4)), driver=2), _for_the_driver),
    (
        35, 0,
        Order("K0011", (("P-160-1", 2), ("M-110-1", 2), ("F-065", 4)), leader="leader2"),
        _to_issue,
    ),
    (50, 1, Order("K0012", (("B-6309", 6), ("B-6311", 6)), clerk="clerk2"), _without_vehicle),
    (20, 0, Order("K0001", (("P-100-2", 2), ("S-210", 8), ("G-001", 16))), _difference),
    (
        30, 0,
        Order("K0005", (("P-200-1", 2), ("F-080", 4), ("Z-002", 2)), keeper="warehouse2"),
        _half_counted,
    ),
    (
        DAY, -1,
        Order("K0007", (("V-080", 6), ("F-080", 12), ("G-002", 24)), leader="leader2"), _to_verify,
    ),
    (
        70, 0,
        Order("K0008", (("P-200-1", 4), ("V-080", 4), ("T-016", 4)), clerk="clerk2"), _to_verify,
    ),
    (200, 0, Order("K0002", (("P-100-2", 3), ("M-055-1", 3), ("L-042", 3))), _to_release),
    (110, 1, Order("K0016", (("P-160-1", 1), ("C-011", 1)), clerk="clerk2"), _to_release),
    (45, 2, Order("K0013", (("Q-300", 2), ("T-016", 2), ("C-002", 1))), _to_release),
    (150, 2, Order("K0014", (("P-300-1", 6),), leader="leader2"), _sent_back),
    (90, 2, Order("K0017", (("P-300-2", 2), ("C-002", 1)), clerk="clerk2"), _withdrawn),
    (180, 2, Order("K0015", (("P-650-1", 1), ("M-110-1", 1), ("F-080", 2))), _to_submit),
    (120, 1, Order("K0003", (("S-210", 10), ("S-320", 10)), clerk="clerk2"), _to_acknowledge),
    (80, 3, Order("K0009", (("P-650-1", 1), ("V-080", 2)), clerk="clerk2"), _to_arrange),
    (100, 4, Order("K0005", (("Q-300", 1), ("V-080", 1))), _to_arrange),
    (
        25, 0,
        Order("K0006", (("S-210", 20), ("B-6309", 8)), pickup="年度框架合同", leader="leader2"),
        _to_fetch,
    ),
    (
        18, 0,
        Order("K0008", (("M-055-2", 3), ("G-001", 12)), clerk="clerk2", pickup="電話約定，朱麗萍"),
        _fetched_short,
    ),
    (
        12, -1,
        Order("K0014", (("V-080", 4), ("T-016", 6)), clerk="clerk2", carrier="CY01", driver=1),
        _reported,
    ),
    (
        2 * DAY, -5,
        Order("K0012", (("B-6311", 8), ("S-320", 12)), carrier="CY02", driver=2), _claimed,
    ),
    (300, -3, Order("K0016", (("F-065", 8), ("G-002", 40)), carrier="CY01", driver=1), _lost),
    (
        90, -2,
        Order("K0011", (("F-080", 6), ("G-002", 12)), leader="leader2", driver=2), _reversed,
    ),
    (25, 5, Order("K0004", (("P-100-2", 1), ("Z-001", 1)), clerk="clerk2"), _just_drawn_up),
)  # fmt: skip
