"""3.2.2 到貨異常 on the pages: the customer's phone, our phone and desk, what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aftersales.core import work
from aftersales.core.models import AuditEntry, Notice, PublicLink
from delivery import arrivals
from delivery.models import ArrivalReport, ShippingNote, Signature
from delivery.tests.floor import (
    STROKES,
    all_sound,
    confirm,
    customer_says,
    differs,
    driver_says,
    how_many,
    line_of,
    load_url,
    photo,
    receipts_with,
    receive_url,
    report,
    sign_decided,
)
from delivery.todo import arrivals as duties

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


def url_of(name: str, note) -> str:
    return reverse(name, args=[note.reference])


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
    from aftersales.core import public_links
    from delivery.actions import issue_note

    note = issue_note(make_note(moment, state="verified"), actor=shipping_clerk, now=moment)
    link = public_links.current_link(note, "receive", now=moment)

    client.post(load_url(note, moment), driver_says(note))

    page = client.get(reverse("public_receive", args=[public_links.token_of(link)]))
    assert "逐項收貨" in text_of(page)


def test_a_page_that_waits_reloads_when_the_link_has_closed(client, reported, salesperson, moment):
    url = receive_url(reported, moment)
    confirm(reported, salesperson, moment)
    sign_decided(reported, moment)

    polled = client.get(url, {"stamp": "1-x"}, headers={"HX-Request": "true"})

    assert polled.headers["HX-Refresh"] == "true"
    assert client.get(url).status_code == 404


# ---- our pages ------------------------------------------------------------------------------


def decision_says(note, decision: str = "unload", **facts) -> dict:
    stamp = arrivals.stamp(arrivals.current(note))
    pk = line_of(note, 20).pk
    answer = {"scope": "lines", "answer": "請卸貨", "seen": stamp, f"decision_{pk}": decision}
    return answer | facts


def test_the_salesperson_sees_what_was_reported_with_photos_and_whom_to_call(
    client, reported, salesperson
):
    client.force_login(salesperson)

    text = text_of(client.get(url_of("arrival_confirm", reported)))

    assert 'href="tel:13957432208"' in text
    assert "受潮" in text
    assert "箱底濕" in text
    assert "attachments/" in text
    assert "收下 6 套" in text
    assert "退回 6 套" in text


@pytest.mark.parametrize(
    ("said", "decisions"),
    [
        ({}, ["unload", "unload"]),
        ({"decision": "return"}, ["unload", "return"]),
        ({"decision": "", "scope": "whole"}, ["return", "return"]),
    ],
)
def test_the_salesperson_decides(client, reported, salesperson, said, decisions):
    client.force_login(salesperson)

    answer = client.post(
        url_of("arrival_confirm", reported), decision_says(reported, **said), follow=True
    )

    assert "已確認，客戶的頁面已顯示處理決定" in text_of(answer)
    report = arrivals.current(reported)
    assert [line.decision for line in report.lines.all()] == decisions
    assert "確認：請卸貨" in text_of(answer)


def test_what_is_not_decided_is_asked_for(client, reported, salesperson):
    client.force_login(salesperson)

    page = client.post(url_of("arrival_confirm", reported), decision_says(reported, ""))

    assert "請決定第 20 行 機械密封" in text_of(page)
    assert arrivals.current(reported).state == "reported"


def test_a_stale_decision_says_who_was_faster(client, reported, salesperson, make_user, moment):
    said = decision_says(reported, "return")
    confirm(reported, make_user("sales_manager", name="周經理"), moment)
    client.force_login(salesperson)

    page = client.post(url_of("arrival_confirm", reported), said)

    assert "周經理 剛才已確認第 1 次回報" in text_of(page)


def test_a_deputy_reads_for_whom_the_decision_is(client, reported, salesperson, make_user, moment):
    from aftersales.accounts.models import Leave

    deputy = make_user("production")
    Leave.objects.create(
        user=salesperson, deputy=deputy, starts_at=moment - timedelta(hours=1),
        ends_at=moment + timedelta(days=1), created_by=salesperson, created_at=moment,
    )  # fmt: skip
    client.force_login(deputy)

    assert "您代 業務員 確認" in text_of(client.get(url_of("arrival_confirm", reported)))


def test_where_nothing_is_reported_the_page_says_so(client, note, salesperson):
    client.force_login(salesperson)

    text = text_of(client.get(url_of("arrival_confirm", note)))

    assert "沒有回報到貨異常，沒有要確認的" in text
    assert "<form" not in text


def test_our_people_write_down_a_call(client, note, sales_clerk):
    client.force_login(sales_clerk)
    pk = line_of(note, 20).pk
    said = {f"line_{line.pk}": "same" for line in note.lines.all()} | {
        f"line_{pk}": "different", f"sound_{pk}": "5", f"short_{pk}": "1",
        "name": "王志明", "phone": "139 5743 2208", "seen": "",
    }  # fmt: skip

    answer = client.post(url_of("arrival_report", note), said)

    assert answer.url == note.get_absolute_url()
    assert ArrivalReport.objects.get().means == "call"


def test_the_salesperson_who_took_the_call_goes_on_to_decide(client, note, salesperson):
    client.force_login(salesperson)
    pk = line_of(note, 20).pk
    said = trouble(note) | {f"sound_{pk}": "4"}

    answer = client.post(url_of("arrival_report", note), said)

    assert answer.url == url_of("arrival_confirm", note)


def test_the_note_offers_the_steps_and_shows_the_reports(client, reported, salesperson, moment):
    client.force_login(salesperson)

    text = text_of(client.get(reported.get_absolute_url()))

    assert url_of("arrival_confirm", reported) in text
    assert url_of("arrival_report", reported) in text
    assert "第 20 行 機械密封：受潮 2 套，箱底濕" in text
    confirm(reported, salesperson, moment)
    assert "第 20 行 機械密封：完好 4 套、損壞 2 套" in text_of(
        client.get(reported.get_absolute_url())
    )


def test_a_note_without_a_report_offers_to_write_one_down_only(client, note, salesperson):
    client.force_login(salesperson)

    text = text_of(client.get(note.get_absolute_url()))

    assert url_of("arrival_report", note) in text
    assert url_of("arrival_confirm", note) not in text


# ---- what waits -----------------------------------------------------------------------------


def test_the_queue_holds_the_own_reports_the_longest_first(
    client, make_note, note, salesperson, make_user, moment
):
    stranger = make_user("salesperson", username="stranger")
    strange = make_note(moment, state="in_transit", salesperson=stranger)
    older = make_note(moment, state="in_transit", salesperson=salesperson)
    for each, minutes in ((note, 3), (older, 107), (strange, 160)):
        report(
            each, moment - timedelta(minutes=minutes), receipts=receipts_with(each, 20, sound=5, short=1)
        )  # fmt: skip
    client.force_login(salesperson)

    text = text_of(client.get(reverse("arrival_queue")))

    assert text.index(older.number) < text.index(note.number)
    assert "1 小時 47 分" in text
    assert strange.number not in text


def test_an_empty_queue_explains_itself(client, sales_manager):
    client.force_login(sales_manager)

    assert "沒有待確認的到貨異常" in text_of(client.get(reverse("arrival_queue")))


def test_it_waits_among_the_tasks_and_is_due_half_an_hour_later(
    reported, salesperson, sales_clerk, sales_manager, moment
):
    task = next(iter(duties.tasks(salesperson, moment)))

    assert (task.verb, task.number) == ("確認到貨異常", reported.number)
    assert task.due_at == moment + timedelta(minutes=30)
    assert "受潮 2 套" in task.about
    assert task in work.tasks_for(salesperson, moment)
    assert how_many(duties, sales_manager) == (1, False)
    assert list(duties.tasks(sales_clerk, moment)) == []
    assert how_many(duties, sales_clerk) == (0, False)


def test_a_decided_report_waits_no_more(reported, salesperson, moment):
    confirm(reported, salesperson, moment)

    assert list(duties.tasks(salesperson, moment)) == []


def test_a_deputy_has_it_among_the_tasks_marked_so(reported, salesperson, make_user, moment):
    from aftersales.accounts.models import Leave

    deputy = make_user("production")
    Leave.objects.create(
        user=salesperson, deputy=deputy, starts_at=moment - timedelta(hours=1),
        ends_at=moment + timedelta(days=1), created_by=salesperson, created_at=moment,
    )  # fmt: skip

    task = next(iter(duties.tasks(deputy, moment)))

    assert task.on_behalf_of == salesperson.name


def test_whoever_waits_half_an_hour_makes_it_late(note, salesperson, moment):
    past = moment - timedelta(minutes=31)
    report(note, past, receipts=receipts_with(note, 20, sound=5, short=1))

    assert how_many(duties, salesperson) == (1, True)


def test_reported_sound_again_is_said_so_in_the_task(reported, salesperson, moment):
    report(reported, moment, receipts=all_sound(reported))

    assert next(iter(duties.tasks(salesperson, moment))).about == "更正：每一行都完好"
