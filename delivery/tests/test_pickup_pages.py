"""3.2.1 the pages of a pick-up: what they show, what they refuse, and what happens a second time."""

import pytest
from django.urls import reverse

from aftersales.masterdata.models import Unit
from delivery.actions import issue_note
from delivery.models import ShippingNote
from delivery.tests.floor import STROKES, line_of, photo
from delivery.tests.pickup import at_difference, check, differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def as_user(client):
    def login(user):
        client.force_login(user)
        return client

    return login


@pytest.fixture
def note(make_note, sales_clerk, now):
    return fetched(make_note, now, issuer=sales_clerk)


def page(client, name: str, note) -> str:
    return client.get(reverse(name, args=[note.reference])).content.decode()


def send(client, name: str, note, /, **facts):
    facts.setdefault("form_key", f"{name}-{len(facts)}")
    return client.post(reverse(name, args=[note.reference]), facts)


def said(note, clerk, keeper, **facts) -> dict:
    answers = {f"line_{line.pk}": "same" for line in note.lines.all()}
    people = {"clerk": clerk.pk, "keeper": keeper.pk, "customer_person": "王志明"}
    return answers | people | {"customer_phone": "139 5743 2208"} | facts


# --- the overview -------------------------------------------------------------------------------------


def test_the_overview_tells_where_it_stands_and_offers_the_check(as_user, note, sales_clerk):
    text = page(as_user(sales_clerk), "shippingnote_pickup", note)

    assert "還沒有核對過" in text
    assert reverse("shippingnote_check_pickup", args=[note.reference]) in text
    assert "請先由銷售內勤、倉庫保管員與顧客三方核對" in text  # what the handover lacks
    assert "王志明週三上午派車來提" in text


def test_who_only_reads_sees_whose_turn_it_is(as_user, note, leader):
    text = page(as_user(leader), "shippingnote_pickup", note)

    assert "下一步由 來提貨的顧客 處理" in text
    assert "pickup/check/" not in text


def test_before_the_goods_issue_it_says_what_has_to_come_first(
    as_user, make_note, sales_clerk, now
):
    note = fetched(make_note, now, state="verified")

    assert "出庫放行之後，顧客才能來提貨" in page(as_user(sales_clerk), "shippingnote_pickup", note)


def test_every_check_stands_there_with_the_three_and_all_steps_of_its_difference(
    as_user, note, sales_clerk, warehouse_keeper, sales_manager, now
):
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    mended(difference, "repacked", sales_clerk, warehouse_keeper, sales_manager, now)
    check(note, sales_clerk, warehouse_keeper, now)

    text = page(as_user(sales_clerk), "shippingnote_pickup", note)

    for words in (
        "第 1 次",
        "第 2 次",
        "箱內少一台",
        "介紹信 0312",
        "裝箱時漏裝一台",
        "已重新包裝",
    ):
        assert words in text
    assert "提貨簽收" in text


@pytest.mark.parametrize(
    ("state", "role", "url_name"),
    [
        ("found", "sales_clerk", "pickup_state_cause"),
        ("caused", "sales_manager", "pickup_consent"),
        ("caused", "sales_manager", "pickup_decline"),
        ("consented", "sales_clerk", "pickup_confirm"),
        ("confirmed", "warehouse_keeper", "pickup_repack"),
        ("repacked", "warehouse_keeper", "shippingnote_check_pickup"),
    ],
)
def test_each_step_is_offered_to_its_people_on_both_pages(
    as_user, make_note, make_user, now, state, role, url_name
):
    note = at_difference(make_note, now, state)
    client = as_user(make_user(role))
    url = reverse(url_name, args=[note.reference])

    for name in ("shippingnote_pickup", "shippingnote_detail"):
        assert f'href="{url}"' in page(client, name, note)


def test_the_note_costs_no_query_more_however_many_checks_it_has(
    as_user, note, sales_clerk, warehouse_keeper, sales_manager, now, django_assert_max_num_queries
):
    client = as_user(sales_clerk)
    page(client, "shippingnote_detail", note)
    with django_assert_max_num_queries(12):
        page(client, "shippingnote_detail", note)
    for _round in range(3):
        difference = differ(note, sales_clerk, warehouse_keeper, now)
        mended(difference, "repacked", sales_clerk, warehouse_keeper, sales_manager, now)

    with django_assert_max_num_queries(12):
        text = page(client, "shippingnote_detail", note)

    assert text.count("箱內少一台") >= 3


def test_the_pages_of_a_pickup_are_there_only_for_one(as_user, make_note, sales_clerk, now):
    note = make_note(now, state="issued")
    client = as_user(sales_clerk)

    for name in ("shippingnote_pickup", "shippingnote_check_pickup", "pickup_state_cause"):
        assert client.get(reverse(name, args=[note.reference])).status_code == 404


# --- the check ------------------------------------------------------------------------------------------


def test_a_check_that_agrees_leads_to_the_receivers_signature(
    as_user, note, sales_clerk, warehouse_keeper
):
    answer = send(
        as_user(warehouse_keeper), "shippingnote_check_pickup", note,
        **said(note, sales_clerk, warehouse_keeper),
    )  # fmt: skip

    assert answer.url == reverse("shippingnote_hand_over", args=[note.reference])
    assert note.pickup_checks.get().recorded_by == warehouse_keeper


def test_a_check_that_differs_leads_to_what_is_next(as_user, note, sales_clerk, warehouse_keeper):
    pumps = line_of(note, 10)
    different = {
        f"line_{pumps.pk}": "different", f"counted_{pumps.pk}": "１", f"remark_{pumps.pk}": "少一台"
    }  # fmt: skip

    answer = send(
        as_user(sales_clerk), "shippingnote_check_pickup", note,
        **said(note, sales_clerk, warehouse_keeper, **different),
    )  # fmt: skip

    assert answer.url == reverse("shippingnote_pickup", args=[note.reference])
    assert note.pickup_checks.get().difference.description.endswith("實點 1 台，少一台")


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        ({}, "請填 多級離心泵 實點的數量"),
        ({"counted": "2"}, "請寫明哪裡不符"),
        ({"counted": "-1"}, "大於或等於"),
        ({"counted": "many", "remark": "少一台"}, "輸入一個數字"),
    ],
)
def test_a_line_that_differs_says_how(
    as_user, note, sales_clerk, warehouse_keeper, different, sentence
):
    pumps = line_of(note, 10)
    facts = {f"{name}_{pumps.pk}": value for name, value in different.items()}

    answer = send(
        as_user(sales_clerk), "shippingnote_check_pickup", note,
        **said(note, sales_clerk, warehouse_keeper, **{f"line_{pumps.pk}": "different"}, **facts),
    )  # fmt: skip

    assert sentence in answer.content.decode()
    assert not note.pickup_checks.exists()


def test_an_empty_form_names_everything_that_is_missing(as_user, note, sales_clerk):
    answer = send(as_user(sales_clerk), "shippingnote_check_pickup", note).content.decode()

    for words in ("第 10 行 多級離心泵 還沒有核對", "第 20 行 機械密封 還沒有核對", "顧客代表"):
        assert words in answer
    assert not note.pickup_checks.exists()


def test_a_clerk_who_was_not_there_is_refused_beside_the_field(
    as_user, note, make_user, sales_clerk, warehouse_keeper
):
    other = make_user("sales_clerk")

    answer = send(
        as_user(other), "shippingnote_check_pickup", note,
        **said(note, sales_clerk, warehouse_keeper),
    ).content.decode()  # fmt: skip

    assert "不在其中" in answer
    assert not note.pickup_checks.exists()


def test_a_double_click_makes_one_check(as_user, note, sales_clerk, warehouse_keeper):
    client = as_user(sales_clerk)
    facts = said(note, sales_clerk, warehouse_keeper, form_key="check-1")

    first = send(client, "shippingnote_check_pickup", note, **facts)
    second = send(client, "shippingnote_check_pickup", note, **facts)

    assert first.url == second.url
    assert note.pickup_checks.count() == 1


def test_while_a_difference_is_open_the_page_says_so_instead_of_asking(
    as_user, make_note, sales_clerk, now
):
    note = at_difference(make_note, now, "caused")

    text = page(as_user(sales_clerk), "shippingnote_check_pickup", note)

    assert "目前「待經理同意」" in text
    assert "送出核對結果" not in text


# --- what follows a difference -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "role", "name", "facts", "reached"),
    [
        ("found", "sales_clerk", "pickup_state_cause", {"cause": "漏裝", "measure": "補一台"}, "caused"),
        ("caused", "sales_manager", "pickup_consent", {}, "consented"),
        ("caused", "sales_manager", "pickup_decline", {"reason": "原因不明"}, "found"),
        ("confirmed", "warehouse_keeper", "pickup_repack", {"repack_remark": "2 號箱"}, "repacked"),
    ],
)  # fmt: skip
def test_a_step_is_taken_on_its_page_and_leads_back(
    as_user, make_note, make_user, now, state, role, name, facts, reached
):
    note = at_difference(make_note, now, state)
    client = as_user(make_user(role))

    assert "第 10 行 多級離心泵" in page(client, name, note)
    answer = send(client, name, note, **facts)

    assert answer.url == reverse("shippingnote_pickup", args=[note.reference])
    assert note.pickup_checks.get().difference.state == reached


def test_the_customers_confirmation_is_asked_for_with_who_how_and_when(
    as_user, make_note, make_user, now
):
    note = at_difference(make_note, now, "consented")
    client = as_user(make_user("sales_clerk"))
    facts = {"confirmed_person": "王志明", "confirmed_means": "mail"}

    refused = send(client, "pickup_confirm", note, **facts, confirmed_at="2026-11-24T14:19")
    done = send(client, "pickup_confirm", note, **facts, confirmed_at="2026-11-24T14:20")

    assert "經理同意（11-24 14:20）之後" in refused.content.decode()
    assert done.status_code == 302
    assert note.pickup_checks.get().difference.confirmed_means == "mail"


def test_a_step_before_its_turn_is_refused_with_where_it_stands(
    as_user, make_note, sales_manager, now
):
    note = at_difference(make_note, now, "found")
    client = as_user(sales_manager)

    assert "目前是「待查原因」，不能「同意改正」" in page(client, "pickup_consent", note)
    answer = send(client, "pickup_consent", note)

    assert "待查原因" in answer.content.decode()
    assert note.pickup_checks.get().difference.state == "found"


def test_without_a_difference_its_pages_lead_to_the_overview(as_user, note, sales_clerk):
    answer = send(as_user(sales_clerk), "pickup_state_cause", note, cause="漏裝", measure="補")

    assert answer.url == reverse("shippingnote_pickup", args=[note.reference])


# --- the handover --------------------------------------------------------------------------------------------


def test_the_receiver_signs_and_the_page_leads_to_the_closed_note_and_its_paper(
    as_user, note, sales_clerk, warehouse_keeper, now
):
    check(note, sales_clerk, warehouse_keeper, now)
    client = as_user(warehouse_keeper)

    shown = page(client, "shippingnote_hand_over", note)
    answer = send(client, "shippingnote_hand_over", note, name="王志明", path=STROKES)

    assert 'value="王志明"' in shown
    assert f"C2611-0417-{note.pk}" in shown
    after = client.get(answer.url).content.decode()
    assert "已結單" in after
    assert reverse("shippingnote_paper", args=[note.reference, "shipping_note"]) in after
    assert STROKES in after
    assert ShippingNote.objects.get().state == "closed"


def test_without_script_a_photo_of_the_signed_paper_is_sent(
    as_user, note, sales_clerk, warehouse_keeper, now
):
    check(note, sales_clerk, warehouse_keeper, now)

    send(as_user(sales_clerk), "shippingnote_hand_over", note, name="王志明", photo=photo())

    note.refresh_from_db()
    assert (note.state, note.signatures.get().means) == ("closed", "photo")


def test_nothing_is_handed_over_without_a_signature(
    as_user, note, sales_clerk, warehouse_keeper, now
):
    check(note, sales_clerk, warehouse_keeper, now)

    answer = send(as_user(sales_clerk), "shippingnote_hand_over", note, name="王志明")

    assert "請在框內簽名，或拍一張簽名的照片" in answer.content.decode()
    assert ShippingNote.objects.get().state == "issued"
    assert not Unit.objects.exists()


def test_a_forged_handover_without_a_check_is_refused(as_user, note, sales_clerk):
    answer = send(as_user(sales_clerk), "shippingnote_hand_over", note, name="x", path=STROKES)

    assert "請先由銷售內勤、倉庫保管員與顧客三方核對" in answer.content.decode()
    assert ShippingNote.objects.get().state == "issued"


def test_a_double_click_hands_over_once(as_user, note, sales_clerk, warehouse_keeper, now):
    check(note, sales_clerk, warehouse_keeper, now)
    client = as_user(sales_clerk)
    facts = {"name": "王志明", "path": STROKES, "form_key": "hand-1"}

    first = send(client, "shippingnote_hand_over", note, **facts)
    second = send(client, "shippingnote_hand_over", note, **facts)

    assert first.url == second.url
    assert note.signatures.count() == 1


# --- around it -------------------------------------------------------------------------------------------------


def test_the_goods_issue_of_a_pickup_leads_to_it_and_opens_no_drivers_link(
    as_user, make_note, shipping_clerk, now
):
    note = fetched(make_note, now, state="verified")

    answer = send(as_user(shipping_clerk), "shippingnote_issue", note)
    text = as_user(shipping_clerk).get(answer.url, follow=True).content.decode()

    assert ShippingNote.objects.get().state == "issued"
    assert "顧客提貨" in text
    assert "/load/" not in text


def test_no_vehicle_and_no_drivers_link_are_offered_for_a_pickup(
    as_user, make_note, shipping_clerk, now
):
    note = issue_note(fetched(make_note, now, state="verified"), actor=shipping_clerk, now=now)

    text = page(as_user(shipping_clerk), "shippingnote_detail", note)

    assert "/vehicle/" not in text
    assert "簽收二維碼" not in text
    assert "運送" not in text  # no station of the way
