"""3.1 and 3.2 from the spreadsheet to the signature, each role in turn, in a real browser."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from aftersales.masterdata.models import Unit
from delivery import signing
from delivery.models import LineCount, ShippingNote
from delivery.tests.browsing import PHONE, Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("3.2.2"),
]
SAMPLE = Path(__file__).parent / "samples" / "shipping_note_plain.xlsx"
SERIALS = ["26110001", "26110002", "26110003", "26110004"]


@pytest.fixture
def company(
    make_customer, make_product, sales_clerk, salesperson, warehouse_keeper, leader,
    logistics_clerk, shipping_clerk, quality_engineer,
):  # fmt: skip
    """Who works on the note, whom it goes to, and the goods."""
    make_customer("寧波海曙水務設備有限公司", salesperson=salesperson)
    make_product("P-100-2", "多級離心泵", spec="CDL32-50", is_serialised=True, warranty_months=18)
    make_product("M-055-1", "電機", spec="YE4-160M 7.5kW")
    make_product("S-210", "機械密封", spec="φ22 SiC/SiC", uom="套")
    make_product("G-001", "墊片", spec="DN50 EPDM", uom="片")


def test_a_note_goes_from_the_spreadsheet_to_the_signature(company, people):
    draft = clerk_imports(people("sales_clerk"))
    inspect_and_schedule(people, draft)
    number = submit_and_release(people, draft)
    keeper_verifies(people("warehouse_keeper", PHONE), number)
    address = leave_the_house(people, number)
    customer_page = driver_loads(people(size=PHONE), address)
    customer = people(size=PHONE)
    customer_reports(customer, customer_page)
    salesperson_confirms(people("salesperson", PHONE), number)
    customer_signs(customer)

    note = ShippingNote.objects.get()
    assert note.state == "closed"
    attempts = LineCount.objects.filter(line__line_no=20).values_list("attempt", "result")
    assert list(attempts) == [(1, "short"), (2, "match")]
    motor = note.lines.get(line_no=20)
    assert (motor.loaded_quantity, motor.received_sound, motor.received_damaged) == (4, 3, 1)
    units = Unit.objects.order_by("serial_no")
    assert [unit.serial_no for unit in units] == SERIALS
    assert {unit.delivered_on for unit in units} == {timezone.localdate()}
    assert [signing.is_valid(signature) for signature in note.signatures.all()] == [True, True]


def clerk_imports(clerk: Person) -> str:
    clerk.go("/delivery/import/")
    clerk.look("01-import")
    clerk.page.set_input_files("input[type=file]", SAMPLE)
    clerk.press("讀取並預覽")
    clerk.sees("FH-外-001")
    clerk.look("02-preview")
    clerk.press("確認匯入")
    clerk.look("03-imported")
    return ShippingNote.objects.get().get_absolute_url()


def inspect_and_schedule(people, draft: str) -> None:
    quality = people("quality_engineer")
    quality.go(draft)
    quality.press("登記終檢合格")
    quality.page.fill("[name=final_inspection_no]", "ZJ-202611-0306")
    quality.page.fill("[name=final_inspection_on]", f"{timezone.localdate()}")
    quality.page.fill("[name=final_inspection_by]", "何雅婷")
    quality.press("登記終檢合格")
    salesperson = people("salesperson")
    salesperson.go(draft)
    salesperson.press("安排交付")
    salesperson.page.fill("[name=ship_on]", f"{timezone.localdate() + timedelta(days=1)}")
    salesperson.page.check("input[name=delivery_mode][value=own_fleet]")
    salesperson.page.fill("[name=delivery_mode_reason]", "一日往返，車隊費用較低")
    salesperson.look("04-schedule")
    salesperson.press("安排並通知倉庫")
    keeper = people("warehouse_keeper", PHONE)
    keeper.go(draft)
    keeper.press("確認備貨通知")
    keeper.press("確認備貨通知")


def submit_and_release(people, draft: str) -> str:
    clerk = people("sales_clerk")
    clerk.go(draft)
    clerk.look("05-draft")
    clerk.press("提交簽發")
    clerk.press("提交簽發")
    number = ShippingNote.objects.get().number
    leader = people("leader")
    leader.go("/delivery/release/")
    leader.page.get_by_label(re.compile("已看過")).check()
    leader.look("06-release")
    leader.press("簽發已看過的單據")
    leader.sees(number)
    return number


def keeper_verifies(keeper: Person, number: str) -> None:
    keeper.go(f"/delivery/notes/{number}/")
    keeper.press("開始核對")
    if "/start" in keeper.page.url:
        keeper.press("開始核對")
    keeper.go(f"/delivery/notes/{number}/verify/")
    keeper.look("07-verify")
    count(keeper, 10, "4", serial_nos="、".join(SERIALS))
    count(keeper, 20, "3")
    keeper.sees("漏裝")
    keeper.look("08-difference")
    keeper.press("調整後重新核對")
    keeper.page.fill("[name=remark]", "少拿一台，已補上")
    keeper.look("09-adjust")
    keeper.press("已調整，第 2 次點數")
    count(keeper, 20, "4")
    count(keeper, 30, "12")
    count(keeper, 40, "24")
    keeper.look("10-all-match")
    keeper.press("核對完成")


def count(keeper: Person, line: int, quantity: str, **more: str) -> None:
    if f"line={line}" not in keeper.page.url:
        keeper.go(f"{keeper.page.url.split('?')[0]}?line={line}")
    for name, value in {**more, "counted_quantity": quantity}.items():
        keeper.page.fill(f"[name={name}]", value)
    with keeper.page.expect_navigation():
        keeper.page.locator(".dock button[type=submit]").click()


def leave_the_house(people, number: str) -> str:
    logistics = people("logistics_clerk")
    logistics.go(f"/delivery/notes/{number}/")
    logistics.press("指定車輛與司機")
    logistics.page.fill("[name=vehicle_no]", "浙J 8K216")
    logistics.page.fill("[name=driver_name]", "周建軍")
    logistics.press("指定車輛與司機")
    shipping = people("shipping_clerk")
    shipping.go(f"/delivery/notes/{number}/")
    shipping.press("出庫放行")
    shipping.press("出庫放行")
    shipping.look("11-issued")
    return re.search(r"https?://[^\s\"<]+/load/[\w-]+/?", shipping.page.content())[0]


def driver_loads(driver: Person, address: str) -> str:
    driver.go(address)
    driver.look("12-driver")
    for answer in driver.page.locator("input[type=radio][value=same]").all():
        answer.check(force=True)
    driver.sign()
    driver.look("13-driver-signed")
    with driver.page.expect_navigation():
        driver.page.locator(".dock button[type=submit]").click()
    driver.look("14-loaded")
    return re.search(r"https?://[^\s\"<]+/receive/[\w-]+/?", driver.page.content())[0]


def customer_reports(customer: Person, address: str) -> None:
    customer.go(address)
    page = customer.page
    motor = ShippingNote.objects.get().lines.get(line_no=20)
    for line in page.locator("fieldset.count-line").all():
        trouble = motor.name in line.inner_text()
        line.locator(f"input[value={'different' if trouble else 'same'}]").check(force=True)
    line = page.locator("fieldset.count-line", has_text=motor.name)
    line.locator("input[name*=sound]").fill("3")
    line.locator("input[name*=damaged]").fill("1")
    line.locator("select[name*=kind]").select_option("broken")
    line.locator("input[name*=remark]").fill("風罩凹陷")
    page.fill("[name=name]", "王志明")
    page.fill("[name=phone]", "139 5743 2208")
    customer.look("15-receive")
    with page.expect_navigation():
        page.locator(".dock button[type=submit]").click()
    customer.sees("已回報，請等業務員")
    customer.look("16-reported")


def salesperson_confirms(salesperson: Person, number: str) -> None:
    salesperson.go(f"/delivery/notes/{number}/")
    salesperson.press("確認到貨異常")
    salesperson.page.locator("input[value=unload]").first.check(force=True)
    salesperson.page.fill("[name=answer]", "請卸貨收下，風罩明天寄到")
    salesperson.look("17-confirm")
    salesperson.press("確認並告訴客戶")


def customer_signs(customer: Person) -> None:
    customer.page.get_by_text("請照這樣收貨").wait_for(timeout=30_000)
    customer.sees("請卸貨收下，風罩明天寄到")
    customer.sign()
    customer.look("18-decided")
    with customer.page.expect_navigation():
        customer.page.locator(".dock button[type=submit]").click()
    customer.look("19-received")
