"""3.2.2 有差異先回報，經確認後簽收: the customer's phone, without a login."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aftersales.core import public_links
from aftersales.core.models import AuditEntry, Notice, PublicLink
from delivery import arrivals
from delivery.actions import issue_note, recheck_note
from delivery.figures import Kind, read_papers
from delivery.models import ArrivalReport, ShippingNote, Signature
from delivery.tests.floor import (
    STROKES,
    confirm,
    customer_says,
    differs,
    driver_says,
    line_of,
    load_url,
    photo,
    receipts_with,
    receive_url,
    report,
    sign_decided,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def moment():
    """Pages tell the time themselves; links are opened at the real one."""
    return timezone.now()


@pytest.fixture
def note(make_note, moment, salesperson):
    salesperson.phone = "138 0576 0033"
    salesperson.save()
    return make_note(moment, state="in_transit", salesperson=salesperson)


@pytest.fixture
def reported(note, moment):
    found = {"sound": 4, "damaged": 2, "damage_kind": "damp", "remark": "箱底濕"}
    report(note, moment, receipts=receipts_with(note, 20, **found, photos=(photo(),)))
    return note


def text_of(page) -> str:
    return page.content.decode()


def trouble(note, **more) -> dict:
    found = {"sound": "4", "damaged": "2", "kind": "damp", "remark": "箱底濕"}
    said = customer_says(note, **differs(line_of(note, 20), **found))
    return said | {"path": "", "phone": "139 5743 2208", "seen": ""} | more


# ---- the customer reports -------------------------------------------------------------------


def test_trouble_is_reported_without_a_signature_and_the_page_waits(client, note, moment):
    url = receive_url(note, moment)

    answer = client.post(url, trouble(note), follow=True)

    assert answer.redirect_chain == [(url, 302)]
    text = text_of(answer)
    assert "已回報，請等業務員 業務員 確認" in text
    assert 'href="tel:13805760033"' in text
    assert "第 20 行 機械密封：受潮 2 套，箱底濕" in text
    assert 'hx-trigger="every 10s"' in text
    assert f'<a class="link-tap" href="{url}">' in text, "there is a plain link to reload"
    assert not Signature.objects.exists()
    assert ShippingNote.objects.get(pk=note.pk).state == "delivered"


def test_photos_of_the_goods_come_along(client, note, moment):
    line = line_of(note, 20)
    said = trouble(note) | {f"photos_{line.pk}": [photo("a.jpg"), photo("b.jpg")]}

    answer = client.post(receive_url(note, moment), said, follow=True)

    assert "照片 2 張" in text_of(answer)
    assert [each.name for each in arrivals.photos(note)[20]] == ["a.jpg", "b.jpg"]


def test_each_serial_has_a_choice_of_its_own(client, note, moment):
    line = line_of(note, 10)
    first, second = line.serials.all()
    fates = {f"fate_{first.pk}": "refused", f"fate_{second.pk}": "sound"}
    said = customer_says(note, phone="1", **differs(line, remark="銘牌不符"), **fates)

    client.post(receive_url(note, moment), said)

    told = ArrivalReport.objects.get().lines.get(line=line)
    assert told.fates == {first.serial_no: "refused", second.serial_no: "sound"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"phone": ""}, "請填寫電話"),
        ({"name": ""}, "請填寫姓名"),
        ({"kind": ""}, "請選第 20 行損壞的情形：受潮、破損或其他"),
        ({"sound": "3"}, "= 5 套，裝車是 6 套"),
    ],
)
def test_what_is_missing_stands_on_the_page_and_nothing_is_reported(
    client, note, moment, change, sentence
):
    pk = line_of(note, 20).pk
    names = {"kind": f"kind_{pk}", "sound": f"sound_{pk}"}
    said = trouble(note) | {names.get(name, name): value for name, value in change.items()}

    page = client.post(receive_url(note, moment), said)

    assert sentence in text_of(page)
    assert 'value="箱底濕"' in text_of(page)
    assert not ArrivalReport.objects.exists()


def test_a_double_click_reports_once(client, note, moment):
    url = receive_url(note, moment)

    client.post(url, trouble(note))
    second = client.post(url, trouble(note), follow=True)

    assert "已回報，請等業務員" in text_of(second)
    assert ArrivalReport.objects.count() == 1


def test_a_second_phone_sees_that_it_is_reported_already(client, note, moment):
    url = receive_url(note, moment)
    client.post(url, trouble(note))

    page = client.post(url, trouble(note, form_key="another"))

    assert "王志明 剛才已回報（第 1 次）" in text_of(page)
    assert ArrivalReport.objects.count() == 1


# ---- the customer waits ---------------------------------------------------------------------


def rows() -> tuple[int, ...]:
    tables = (AuditEntry, ArrivalReport, Signature, Notice)
    used = PublicLink.objects.filter(used_at__isnull=False)
    return (*(table.objects.count() for table in tables), used.count())


def test_looking_and_polling_change_nothing(client, reported, moment):
    url = receive_url(reported, moment)
    stamp = arrivals.stamp(arrivals.current(reported))
    before = rows()

    pages = [client.get(url), client.get(url + "?again=1")]
    polled = client.get(url, {"stamp": stamp}, headers={"HX-Request": "true"})

    assert [page.status_code for page in pages] == [200, 200]
    assert (polled.status_code, polled.content) == (204, b"")
    assert rows() == before


def test_the_page_reloads_once_we_have_decided(client, reported, salesperson, moment):
    url = receive_url(reported, moment)
    stamp = arrivals.stamp(arrivals.current(reported))
    confirm(reported, salesperson, moment)

    polled = client.get(url, {"stamp": stamp}, headers={"HX-Request": "true"})

    assert polled.headers["HX-Refresh"] == "true"
    assert "按確認的數量簽收" in text_of(client.get(url))


def test_a_correction_starts_from_what_was_reported(client, reported, moment):
    line = line_of(reported, 20)

    text = text_of(client.get(receive_url(reported, moment) + "?again=1"))

    assert f'name="damaged_{line.pk}" value="2"' in text
    assert 'value="箱底濕"' in text
    assert arrivals.stamp(arrivals.current(reported)) in text


def test_a_correction_replaces_the_report(client, reported, moment):
    url = receive_url(reported, moment)
    seen = arrivals.stamp(arrivals.current(reported))

    client.post(url + "?again=1", trouble(reported, seen=seen))

    assert [each.attempt for each in ArrivalReport.objects.current()] == [2]


def test_all_well_after_all_is_signed_at_once(client, reported, moment):
    seen = arrivals.stamp(arrivals.current(reported))

    answer = client.post(receive_url(reported, moment), customer_says(reported, seen=seen))

    assert "/receive/done/" in answer.url
    assert ShippingNote.objects.get(pk=reported.pk).state == "closed"


# ---- the customer signs what we have decided ------------------------------------------------


def decided_says(note, **facts) -> dict:
    stamp = arrivals.stamp(arrivals.current(note))
    return {"name": "王志明", "path": STROKES, "decided": stamp, "form_key": "d"} | facts


def test_the_decision_is_shown_with_its_quantities_and_signed(
    client, reported, salesperson, moment
):
    confirm(reported, salesperson, moment, "return", answer="這一行請司機全部帶回")
    url = receive_url(reported, moment)

    page = client.get(url)
    answer = client.post(url, decided_says(reported), follow=True)

    text = text_of(page)
    assert "業務員 已確認" in text
    assert "這一行請司機全部帶回" in text
    assert "整行退回" in text
    assert "退回 <b>6</b> 套" in text
    assert "收貨完成，謝謝" in text_of(answer)
    assert line_of(reported, 20).refused == 6


def test_a_decision_changed_meanwhile_is_shown_and_not_signed(
    client, reported, salesperson, moment
):
    confirm(reported, salesperson, moment)
    said = decided_says(reported)
    confirm(reported, salesperson, moment, "return")

    page = client.post(receive_url(reported, moment), said)

    assert "剛才已確認第 1 次回報，請先看過處理決定" in text_of(page)
    assert "退回 <b>6</b> 套" in text_of(page)
    assert ShippingNote.objects.get(pk=reported.pk).state == "delivered"


def test_a_report_made_anew_meanwhile_leads_back_to_waiting(client, reported, salesperson, moment):
    confirm(reported, salesperson, moment)
    said = decided_says(reported)
    report(reported, moment, receipts=receipts_with(reported, 20, sound=5, short=1))

    page = client.post(receive_url(reported, moment), said)

    assert "請等業務員" in text_of(page)
    assert not Signature.objects.exists()


def test_without_a_signature_the_page_asks_for_it(client, reported, salesperson, moment):
    confirm(reported, salesperson, moment)

    page = client.post(receive_url(reported, moment), decided_says(reported, path=""))

    assert "請在框內簽名" in text_of(page)
    assert "按確認的數量簽收" in text_of(page)


def test_still_different_is_reported_anew_even_where_all_is_well_now(
    client, reported, salesperson, moment
):
    confirm(reported, salesperson, moment, "return")
    url = receive_url(reported, moment) + "?again=1"
    page = text_of(client.get(url))
    seen = arrivals.stamp(arrivals.current(reported))

    client.post(url, customer_says(reported, seen=seen, path="", phone="139"))

    assert "data-signature-pad" not in page, "nothing is signed before the next confirmation"
    assert arrivals.current(reported).attempt == 2


# ---- too early, too late --------------------------------------------------------------------


def test_before_departure_the_customers_link_says_so_calmly(client, make_note, moment):
    note = make_note(moment, state="issued")
    url = receive_url(note, moment)

    page, sent = client.get(url), client.post(url, customer_says(note))

    assert (page.status_code, sent.status_code) == (200, 200)
    assert "貨還沒有發出" in text_of(page)
    assert note.number in text_of(page)
    assert not Signature.objects.exists()


def test_the_link_of_the_printed_note_opens_at_departure(client, make_note, shipping_clerk, moment):
    note = issue_note(make_note(moment, state="verified"), actor=shipping_clerk, now=moment)
    link = public_links.current_link(note, "receive", now=moment)

    client.post(load_url(note, moment), driver_says(note))

    page = client.get(reverse("public_receive", args=[public_links.token_of(link)]))
    assert "逐項收貨" in text_of(page)


def test_a_recheck_shuts_the_link_of_the_printed_note_too(
    client, make_note, shipping_clerk, warehouse_keeper, moment
):
    note = issue_note(make_note(moment, state="verified"), actor=shipping_clerk, now=moment)
    link = public_links.current_link(note, "receive", now=moment)

    recheck_note(note, actor=warehouse_keeper, now=moment, reason="換托盤")

    page = client.get(reverse("public_receive", args=[public_links.token_of(link)]))
    assert page.status_code == 404


def test_a_delivery_note_printed_before_the_driver_signs_carries_the_customers_link(
    make_note, shipping_clerk, moment
):
    note = issue_note(make_note(moment, state="verified"), actor=shipping_clerk, now=moment)

    paper = read_papers([note], [Kind.DELIVERY_NOTE], now=moment)[0]

    assert paper.is_qr_for_receipt
    assert paper.address_of_qr.endswith(receive_url(note, moment))


def test_a_page_that_waits_reloads_when_the_link_has_closed(client, reported, salesperson, moment):
    url = receive_url(reported, moment)
    confirm(reported, salesperson, moment)
    sign_decided(reported, moment)

    polled = client.get(url, {"stamp": "1-x"}, headers={"HX-Request": "true"})

    assert polled.headers["HX-Refresh"] == "true"
    assert client.get(url).status_code == 404
