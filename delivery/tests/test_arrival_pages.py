"""3.2.2 到貨異常 on our pages: phone and desk, and what waits for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aftersales.core import work
from delivery import arrivals
from delivery.models import ArrivalReport
from delivery.tests.floor import (
    all_sound,
    confirm,
    customer_says,
    differs,
    how_many,
    line_of,
    photo,
    receipts_with,
    report,
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
