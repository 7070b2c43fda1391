"""3.2.2 途中短少、受潮等損失依協議由承運商負責: a carrier's delivery up to the settled claim."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from aftersales.core import public_links
from delivery import actions, signing
from delivery.models import ShippingNote, ShippingNoteLine, TransitLoss
from delivery.tests.browsing import PHONE, Person
from delivery.tests.floor import count_pumps, count_seals
from delivery.tests.partners import make_carrier

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("3.2.2"),
]
TODAY = timezone.localdate


@pytest.fixture
def draft(
    make_customer, make_product, sales_clerk, salesperson, quality_engineer, sales_manager,
    warehouse_keeper, leader, logistics_clerk, shipping_clerk,
):  # fmt: skip
    """Two pumps and six seals for a customer, inspected; two carriers, one without its papers."""
    salesperson.name, salesperson.phone = "黃建成", "138 0576 0033"
    salesperson.save()
    make_carrier("德邦物流股份有限公司", today=TODAY())
    make_carrier("順路貨運部", today=TODAY(), able=None)
    pump = make_product("P-100-2", "多級離心泵", spec="CDL32-50", is_serialised=True)
    seal = make_product("S-210", "機械密封", spec="φ22 SiC/SiC", uom="套")
    now = timezone.now()
    note = actions.create_note(
        actor=sales_clerk, now=now, customer=make_customer(salesperson=salesperson),
        consignee="王志明", phone="139 5743 2208", address="浙江省寧波市海曙區環城西路 88 號",
        lines=[
            {"product": pump, "quantity": Decimal(2), "unit_price": Decimal("8650")},
            {"product": seal, "quantity": Decimal(6), "unit_price": Decimal("120.5")},
        ],
    )  # fmt: skip
    return actions.record_inspection(
        note, actor=quality_engineer, now=now, final_inspection_no="ZJ-202611-0306",
        final_inspection_on=TODAY(), final_inspection_by="何雅婷",
    )  # fmt: skip


def test_damp_goods_and_a_refused_line_end_in_a_settled_claim(draft, people, request):
    salesperson_chooses(people("salesperson"), draft)
    note = on_the_ramp(draft, request)
    customer = people(size=PHONE)
    customer_reports(customer, driver_leaves(people(size=PHONE), note), note)
    salesperson_decides(people("salesperson", PHONE), note)
    customer_signs(customer)
    quality_finds_what_came_back(people("quality_engineer"), note)
    logistics_claims(people("logistics_clerk"), note)
    manager_settles(people("sales_manager"))

    note.refresh_from_db()
    assert note.state == "closed"
    quantities = note.lines.values_list("received_sound", "received_damaged", "short", "refused")
    assert list(quantities) == [(0, 0, 0, 2), (4, 2, 0, 0)]
    assert [signing.is_valid(each) for each in note.signatures.all()] == [True, True]
    assert note.arrival_reports.get().state == "signed"
    refused = ShippingNoteLine.objects.refused_goods().get()
    assert (refused.line_no, refused.for_quality, refused.otherwise) == (10, 1, 1)
    loss = TransitLoss.objects.get()
    assert (loss.state, loss.agreement) == ("settled", note.carrier_agreement)
    assert (loss.claimed_amount, loss.settled_amount) == (Decimal("241"), Decimal("200"))


def salesperson_chooses(salesperson: Person, draft: ShippingNote) -> None:
    salesperson.go(draft.get_absolute_url())
    salesperson.press("安排交付")
    page = salesperson.page
    page.fill("[name=ship_on]", f"{TODAY()}")
    page.check("input[name=delivery_mode][value=carrier]")
    page.fill("[name=delivery_mode_reason]", "三百公里以外，整車外運比車隊便宜")
    assert page.get_by_label(re.compile("順路貨運部")).is_disabled()
    page.get_by_label(re.compile("德邦物流")).check()
    salesperson.look("carrier-01-schedule")
    salesperson.press("安排並通知倉庫")


def on_the_ramp(draft: ShippingNote, request) -> ShippingNote:
    """What the office and the warehouse do is walked elsewhere; here by the same actions."""
    who, now = request.getfixturevalue, timezone.now()
    keeper = who("warehouse_keeper")
    actions.acknowledge_note(draft, actor=keeper, now=now)
    note = actions.submit_note(draft, actor=who("sales_clerk"), now=now)
    note = actions.release_note(note, actor=who("leader"), now=now)
    actions.start_verification(note, actor=keeper, now=now)
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now)
    actions.complete_verification(note, actor=keeper, now=now)
    actions.assign_vehicle(
        note, actor=who("logistics_clerk"), now=now, vehicle_no="浙B 77K05", driver_name="馬立國",
        driver_phone="137 5866 9027",
    )  # fmt: skip
    return actions.issue_note(note, actor=who("shipping_clerk"), now=now)


def driver_leaves(driver: Person, note: ShippingNote) -> str:
    """The driver signs; the link that the printed note carries has been shut until then."""
    link = public_links.current_link(note, "receive", now=timezone.now())
    address = public_links.address_of(link, "public_receive")
    driver.go(address)
    driver.sees("貨還沒有發出")
    driver.look("carrier-02-too-early")
    load = public_links.current_link(note, "load", now=timezone.now())
    driver.go(public_links.address_of(load, "public_load"))
    for answer in driver.page.locator("input[type=radio][value=same]").all():
        answer.check(force=True)
    driver.sign()
    send(driver)
    driver.sees("點數簽收完成")
    return address


def customer_reports(customer: Person, address: str, note: ShippingNote) -> None:
    """Two seals damp; one pump refused for its quality, the other in its crate still sound."""
    customer.go(address)
    pumps, seals = customer.page.locator("fieldset.count-line").all()
    for line in (pumps, seals):
        line.locator("input[value=different]").check(force=True)
    pumps.locator(".fate-list select").first.select_option("refused")
    pumps.locator("input[name*=remark]").fill("軸封處有砂眼，試水滲漏")
    seals.locator("input[data-part=sound]").fill("4")
    seals.locator("input[data-part=damaged]").fill("2")
    customer.look("carrier-03-no-kind-yet")
    seals.locator("[data-when-damaged] select").select_option("damp")
    seals.locator("input[name*=remark]").fill("篷布破洞，箱底全濕")
    customer.look("carrier-04-report")
    send(customer)
    customer.sees("已回報，請等業務員 黃建成 確認")
    customer.sees("138 0576 0033")
    customer.look("carrier-05-waiting")


def salesperson_decides(salesperson: Person, note: ShippingNote) -> None:
    salesperson.go("/")
    salesperson.look("carrier-06-home")
    salesperson.go("/delivery/arrivals/")
    salesperson.look("carrier-07-queue")
    salesperson.press(note.number)
    salesperson.sees("139 5743 2208")
    pumps, seals = salesperson.page.locator("fieldset.count-line:visible").all()
    pumps.locator("input[value=return]").check(force=True)
    seals.locator("input[value=unload]").check(force=True)
    salesperson.page.fill("[name=answer]", "兩台泵請司機全部帶回；密封卸貨收下，受潮的兩套補發")
    salesperson.look("carrier-08-decide")
    salesperson.press("確認並告訴客戶")
    salesperson.sees("已確認，客戶的頁面已顯示處理決定")


def customer_signs(customer: Person) -> None:
    customer.page.get_by_text("請照這樣收貨").wait_for(timeout=30_000)
    customer.sees("整行退回")
    customer.sign()
    customer.look("carrier-09-decided")
    send(customer)
    customer.sees("收貨完成，謝謝")
    customer.look("carrier-10-signed")


def quality_finds_what_came_back(quality: Person, note: ShippingNote) -> None:
    quality.go("/delivery/refused/")
    quality.sees(note.number)
    quality.sees("C2611-0417")
    quality.look("carrier-11-refused")


def logistics_claims(logistics: Person, note: ShippingNote) -> None:
    """The claim was opened at the signature, with the amount by the price of the note."""
    loss = TransitLoss.objects.get()
    logistics.go(note.get_absolute_url())
    logistics.press(loss.number)
    logistics.sees(str(loss.agreement.number))
    logistics.look("carrier-12-loss")
    logistics.press("核定損失金額")
    assert Decimal(logistics.page.input_value("[name^=amount]")) == Decimal("241")
    logistics.press("核定", exact=True)
    logistics.press("向承運商索賠")
    logistics.press("索賠", exact=True)
    letter = logistics.page.request.get(f"{logistics.server.url}{loss.get_absolute_url()}letter/")
    assert letter.body().startswith(b"%PDF")
    logistics.press("登記對方接受")
    logistics.page.fill("[name=agreed_amount]", "200")
    logistics.page.fill("[name=replied_on]", f"{TODAY()}")
    logistics.page.fill("[name=reply]", "同意按折舊賠 200 元，車隊長李某電話答復")
    logistics.look("carrier-13-reply")
    logistics.press("登記對方接受")


def manager_settles(manager: Person) -> None:
    manager.go(TransitLoss.objects.get().get_absolute_url())
    manager.press("了結索賠")
    manager.page.fill("[name=settled_amount]", "200")
    manager.page.fill("[name=settlement_ref]", "銀行回單 1124-07")
    manager.press("了結索賠")
    manager.sees("已了結")
    manager.look("carrier-14-settled")


def send(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.locator(".dock button[type=submit]").click()
