"""3.1.4 and 3.2.2 on a phone of 360 px: the keeper scans, the driver draws, nothing overflows."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from aftersales.core import public_links
from aftersales.core.tests.chromium import launched
from delivery.models import ArrivalReport, LineCount, ShippingNote
from delivery.tests.floor import confirm, load_link, receipts_with, receive_link, report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clause("3.1.4"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _database_calls_from_the_browsers_loop(monkeypatch):
    # Playwright keeps an event loop in this thread; the test itself is not asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def open_page(live_server, client):
    """open_page(path, user=…, width=…): a page of the site, logged in where a user is given."""
    with launched() as browser:

        def open_at(path: str, user=None, width: int = 360):
            context = browser.new_context(viewport={"width": width, "height": 740})
            if user:
                client.force_login(user)
                cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
                name = settings.SESSION_COOKIE_NAME
                context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            page.problems = []
            page.on("pageerror", lambda error: page.problems.append(str(error)))
            page.goto(live_server.url + path)
            return page

        yield open_at


def draw(page) -> None:
    pad = page.locator("[data-signature-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for x1, y1, x2, y2 in ((0.1, 0.2, 0.5, 0.3), (0.3, 0.1, 0.2, 0.6)):
        page.mouse.move(box["x"] + x1 * box["width"], box["y"] + y1 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + x2 * box["width"], box["y"] + y2 * box["height"], steps=5)
        page.mouse.up()


def test_a_hand_scanner_gathers_serials_and_the_button_says_what_it_confirms(
    open_page, make_note, warehouse_keeper, now
):
    note = make_note(now, state="verifying")
    page = open_page(reverse("shippingnote_verify", args=[note.reference]), warehouse_keeper)

    for scanned in ("c2611-0417", "C2611-0417", "P-100-2;C2611-0418"):
        page.fill("#serial_scan", scanned)
        page.keyboard.press("Enter")

    assert page.input_value("[name=serial_nos]").split() == ["C2611-0417", "C2611-0418"]
    assert page.input_value("[name=counted_quantity]") == "2"
    assert page.inner_text(".dock button") == "確認第 10 行：2 台"
    page.click(".dock button")
    page.wait_for_selector("text=第 10 行一致")
    assert LineCount.objects.get().serial_nos == ["C2611-0417", "C2611-0418"]
    assert page.problems == []


@pytest.mark.clause("3.2.2")
def test_the_driver_counts_draws_and_leaves(open_page, make_note, now):
    note = make_note(timezone.now(), state="issued")
    link = load_link(note, timezone.now())
    page = open_page(reverse("public_load", args=[public_links.token_of(link)]))
    assert page.inner_text(".dock output") == "還差：多級離心泵點數、機械密封點數、簽名"

    for line in page.locator(".count-line").all():
        line.locator("label:has(input[value=same])").click()
    draw(page)

    assert page.inner_text(".dock output") == "都點完了"
    page.click(".dock button")
    page.wait_for_selector("text=點數簽收完成")
    assert ShippingNote.objects.get(pk=note.pk).state == "in_transit"
    assert page.problems == []


@pytest.mark.clause("3.2.2")
def test_with_trouble_the_customer_reports_and_signs_nothing(open_page, make_note, now):
    note = make_note(timezone.now(), state="in_transit")
    link = receive_link(note, timezone.now())
    page = open_page(reverse("public_receive", args=[public_links.token_of(link)]))
    lines = page.locator(".count-line")
    for line in lines.all():
        line.locator("label:has(input[value=same])").click()
    draw(page)
    assert page.inner_text(".dock button") == "確認收貨"

    lines.nth(1).locator("label:has(input[value=different])").click()
    lines.nth(1).locator("[data-part=sound]").fill("5")
    lines.nth(1).locator("[data-part=damaged]").fill("1")
    page.keyboard.press("Tab")

    assert page.input_value("[name=path]") == "", "what was signed has changed"
    assert not page.is_visible("[data-signature-pad]")
    assert page.inner_text(".dock button") == "回報業務員"
    assert page.inner_text(".dock output") == "還差：機械密封", "the kind of damage is missing"
    lines.nth(1).locator("[data-when-damaged] select").select_option("damp")
    assert page.inner_text(".dock output") == "都填好了"
    assert page.inner_text(".tally") == "完好 7 · 損壞 1 · 短少 0 · 拒收 0"
    page.click(".dock button")
    page.wait_for_selector("text=已回報，請等業務員確認")
    assert ArrivalReport.objects.get().lines.get(line__line_no=20).damage_kind == "damp"
    assert page.problems == []


@pytest.mark.clause("3.2.2")
def test_a_page_that_waits_shows_our_decision_by_itself(open_page, make_note, sales_manager):
    note = make_note(timezone.now(), state="in_transit")
    report(note, timezone.now(), receipts=receipts_with(note, 20, sound=5, short=1))
    page = open_page(
        reverse("public_receive", args=[public_links.token_of(receive_link(note, timezone.now()))])
    )
    assert page.is_visible("text=已回報，請等業務員確認")

    confirm(note, sales_manager, timezone.now())

    page.wait_for_selector("text=請照這樣收貨", timeout=30_000)
    assert page.problems == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_of_the_floor_scrolls_sideways(
    open_page, make_note, warehouse_keeper, shipping_clerk, sales_manager, now, width
):
    at = {
        state: make_note(timezone.now(), state=state)
        for state in ("released", "verifying", "verified", "issued", "in_transit", "delivered")
    }
    report(
        at["delivered"],
        timezone.now(),
        receipts=receipts_with(at["delivered"], 20, sound=5, short=1),
    )
    load, receive = (
        load_link(at["issued"], timezone.now()),
        receive_link(at["in_transit"], timezone.now()),
    )
    pages = [
        (warehouse_keeper, "shippingnote_verify_queue", []),
        (warehouse_keeper, "shippingnote_verify", [at["verifying"].reference]),
        (warehouse_keeper, "shippingnote_start_verification", [at["released"].reference]),
        (warehouse_keeper, "shippingnote_recheck", [at["verified"].reference]),
        (shipping_clerk, "shippingnote_assign_vehicle", [at["verified"].reference]),
        (shipping_clerk, "shippingnote_issue", [at["issued"].reference]),
        (shipping_clerk, "shippingnote_record_receipt", [at["delivered"].reference]),
        (shipping_clerk, "arrival_report", [at["delivered"].reference]),
        (sales_manager, "arrival_confirm", [at["delivered"].reference]),
        (sales_manager, "arrival_queue", []),
        (sales_manager, "refused_goods_list", []),
        (
            None,
            "public_receive",
            [public_links.token_of(receive_link(at["delivered"], timezone.now()))],
        ),
        (None, "public_load", [public_links.token_of(load)]),
        (None, "public_receive", [public_links.token_of(receive)]),
        (None, "public_load", ["wrong-token"]),
    ]

    for user, name, args in pages:
        page = open_page(reverse(name, args=args), user, width)
        root = "document.documentElement"
        over = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert over <= 0, f"{name} at {width}"
        assert page.problems == []
