"""3.2.1 it is packed again, after the customer has confirmed; then the three check again."""

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import repack_pickup
from delivery.tests.pickup import differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def found(make_note, sales_clerk, warehouse_keeper, now):
    note = fetched(make_note, now, issuer=sales_clerk)
    return differ(note, sales_clerk, warehouse_keeper, now)


@pytest.fixture
def confirmed(found, sales_clerk, warehouse_keeper, sales_manager, now):
    return mended(found, "confirmed", sales_clerk, warehouse_keeper, sales_manager, now)


def test_who_packed_and_when_is_kept(confirmed, warehouse_keeper, now):
    difference = repack_pickup(
        confirmed, actor=warehouse_keeper, now=now, repack_remark=" 換新木箱 2 號 "
    )

    assert (difference.state, difference.repack_remark) == ("repacked", "換新木箱 2 號")
    assert (difference.repacked_by, difference.repacked_at) == (warehouse_keeper, now)
    assert audit.timeline(difference.note)[0].event == "shippingnote.pickup_repacked"


def test_the_clerk_is_asked_to_check_again(confirmed, sales_clerk, warehouse_keeper, now):
    repack_pickup(confirmed, actor=warehouse_keeper, now=now)

    assert Notice.objects.filter(
        recipient=sales_clerk, title=f"已重新包裝，請三方再核對：{confirmed.note.number}"
    ).exists()


@pytest.mark.parametrize("reached", ["found", "caused", "consented"])
def test_nothing_is_packed_before_the_customer_has_confirmed(
    found, sales_clerk, warehouse_keeper, sales_manager, now, reached
):
    difference = mended(found, reached, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match="不能「重新包裝完成」"):
        repack_pickup(difference, actor=warehouse_keeper, now=now)


@pytest.mark.parametrize("role", ["sales_clerk", "sales_manager", "shipping_clerk"])
def test_others_do_not_pack(confirmed, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        repack_pickup(confirmed, actor=make_user(role), now=now)


def test_a_second_time_is_refused(confirmed, warehouse_keeper, now):
    repack_pickup(confirmed, actor=warehouse_keeper, now=now)

    with pytest.raises(RuleViolation, match="已重新包裝"):
        repack_pickup(confirmed, actor=warehouse_keeper, now=now)
