"""3.2.1 顧客自提 from the arrangement to the receiver's signature, each role in turn, in a browser.

SCREENSHOTS=folder keeps a picture of every page on the way.
"""

import re

import pytest
from django.utils import timezone

from aftersales.masterdata.models import Unit
from delivery import signing
from delivery.models import PickupCheck, ShippingNote
from delivery.tests.browsing import DESK, PHONE, Person
from delivery.tests.test_walk_in_browser import (
    SERIALS,
    clerk_imports,
    company,  # noqa: F401
    keeper_verifies,
    submit_and_release,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("3.2.1"),
]
TABLET = {"width": 768, "height": 1024}
AGREED = "王志明週三上午自備車輛來提"


def test_a_customer_fetches_the_goods_with_a_difference_put_right_on_the_way(
    company,  # noqa: F811
    people,
    sales_manager,
):
    draft = clerk_imports(people("sales_clerk"))
    inspect_and_arrange(people, draft)
    number = submit_and_release(people, draft)
    keeper_verifies(people("warehouse_keeper", PHONE), number)
    issue(people("shipping_clerk"), number)
    clerk, keeper = people("sales_clerk", TABLET), people("warehouse_keeper", PHONE)
    find_a_difference(clerk, number)
    put_it_right(clerk, people("sales_manager", DESK), keeper, number)
    check_again_and_hand_over(keeper, number)

    note = ShippingNote.objects.get()
    assert (note.state, note.departed_at) == ("closed", None)
    assert list(PickupCheck.objects.values_list("attempt", "is_match")) == [(1, False), (2, True)]
    assert {line.received_sound == line.quantity for line in note.lines.all()} == {True}
    units = Unit.objects.order_by("serial_no")
    assert [unit.serial_no for unit in units] == SERIALS
    assert {unit.delivered_on for unit in units} == {timezone.localdate()}
    signature = note.signatures.get()
    assert (signature.party, signature.name, signature.means) == ("receiver", "王志明", "screen")
    assert signing.is_valid(signature)


def inspect_and_arrange(people, draft: str) -> None:
    quality = people("quality_engineer")
    quality.go(f"{draft}inspection/")
    quality.page.fill("[name=final_inspection_no]", "ZJ-202611-0306")
    quality.page.fill("[name=final_inspection_on]", f"{timezone.localdate()}")
    quality.page.fill("[name=final_inspection_by]", "何雅婷")
    quality.press("登記終檢合格")
    salesperson = people("salesperson")
    salesperson.go(f"{draft}schedule/")
    page = salesperson.page
    page.check("[name=delivery_mode][value=own_fleet]")
    assert not page.is_visible("[name=pickup_basis]")
    page.check("[name=delivery_mode][value=carrier]")
    assert page.is_visible("[name=waybill_no]")
    page.check("[name=delivery_mode][value=pickup]")
    assert not page.is_visible("[name=waybill_no]")
    page.fill("[name=ship_on]", f"{timezone.localdate()}")
    salesperson.press("安排並通知倉庫")
    salesperson.sees("請選自提的依據")
    salesperson.look("20-pickup-without-basis")
    page.check("[name=pickup_basis][value=agreement]")
    page.fill("[name=pickup_basis_text]", AGREED)
    salesperson.press("安排並通知倉庫")
    salesperson.sees(AGREED)
    keeper = people("warehouse_keeper", PHONE)
    keeper.go(f"{draft}acknowledge/")
    keeper.press("確認備貨通知")


def issue(shipping: Person, number: str) -> None:
    """No vehicle is asked for, and no driver's link is opened."""
    shipping.go(f"/delivery/notes/{number}/issue/")
    shipping.look("21-issue")
    shipping.press("出庫放行")
    shipping.sees("還沒有核對過")
    assert "/load/" not in shipping.page.content()
    shipping.look("22-issued-for-pickup")


def check(person: Person, differing: str = "") -> None:
    """Answer every line; one whose name is `differing` is one piece short."""
    for line in person.page.locator("fieldset.count-line").all():
        trouble = bool(differing) and differing in line.inner_text()
        line.locator(f"input[value={'different' if trouble else 'same'}]").check(force=True)
    if differing:
        line = person.page.locator("fieldset.count-line", has_text=differing)
        line.locator("input[name^=counted]").fill("3")
        line.locator("input[name^=remark]").fill("箱內少一台")


def find_a_difference(clerk: Person, number: str) -> None:
    clerk.go(f"/delivery/notes/{number}/")
    clerk.press("三方核對")
    clerk.look("23-check")
    clerk.page.fill("[name=customer_person]", "王志明")
    clerk.page.fill("[name=customer_phone]", "139 5743 2208")
    clerk.page.fill("[name=credential]", "介紹信 0312")
    check(clerk, differing="電機")
    clerk.look("24-check-differs")
    clerk.press("送出核對結果")
    clerk.sees("單貨不符")
    clerk.look("25-difference")
    clerk.go(f"/delivery/notes/{number}/pickup/hand-over/")
    clerk.sees("最後一次三方核對有差異")
    clerk.look("26-no-handover")


def put_it_right(clerk: Person, manager: Person, keeper: Person, number: str) -> None:
    home = f"/delivery/notes/{number}/pickup/"
    clerk.go(home)
    clerk.press("查明原因")
    clerk.page.fill("[name=cause]", "裝箱時漏裝一台電機")
    clerk.page.fill("[name=measure]", "補一台，換大木箱重新包裝")
    clerk.look("27-cause")
    clerk.press("查明原因")
    manager.go(home)
    manager.press("同意改正")
    manager.look("28-consent")
    manager.press("同意改正")
    manager.sees("已同意")
    clerk.go(home)
    clerk.press("登記顧客確認")
    clerk.look("29-confirm")
    clerk.press("登記顧客確認")
    keeper.go(home)
    keeper.look("30-to-repack")
    keeper.press("重新包裝完成")
    keeper.page.fill("[name=repack_remark]", "換 2 號木箱")
    keeper.press("重新包裝完成")
    keeper.sees("再次核對")


def check_again_and_hand_over(keeper: Person, number: str) -> None:
    keeper.press("三方核對")
    assert keeper.page.input_value("[name=customer_person]") == "王志明"
    check(keeper)
    keeper.press("送出核對結果")
    keeper.sees("三方核對相符")
    keeper.page.locator(".dock button[type=submit]").click()
    keeper.sees("請在框內簽名")
    keeper.sign()
    keeper.look("31-hand-over")
    with keeper.page.expect_navigation():
        keeper.page.locator(".dock button[type=submit]").click()
    keeper.sees("貨已交付")
    keeper.look("32-handed-over")
    assert re.search(r'href="[^"]+/papers/shipping_note/"', keeper.page.content())
    keeper.go(f"/delivery/notes/{number}/")
    keeper.look("33-note-closed")
