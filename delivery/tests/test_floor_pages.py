"""3.1.4 逐項核對: the keeper's pages, blind by setting, from the queue to the gate."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from aftersales.core import public_links
from aftersales.core.models import Company
from delivery.actions import adjust_line, count_line
from delivery.models import LineCount, ShippingNote
from delivery.tests.floor import line_of, load_link, photo

pytestmark = pytest.mark.clause("3.1.4")
SECRET = "SECRET-77"


@pytest.fixture
def company(db):
    return Company.objects.create(pk=1, name="浙江盛邦泵業有限公司", short_name="盛邦泵業")


@pytest.fixture
def keeper_client(client, warehouse_keeper):
    client.force_login(warehouse_keeper)
    return client


@pytest.fixture
def note(make_note, now):
    """Quantities and planned serials that can be recognised wherever they leak."""
    note = make_note(now, state="verifying")
    note.lines.filter(line_no=10).update(quantity=Decimal("41"), planned_serials=[SECRET])
    note.lines.filter(line_no=20).update(quantity=Decimal("6543.21"))
    return note


def page_url(note, **query) -> str:
    url = reverse("shippingnote_verify", args=[note.reference])
    return url + "".join(f"?{name}={value}" for name, value in query.items())


def count_url(note, line_no: int) -> str:
    return reverse("shippingnote_count_line", args=[note.reference, line_no])


def adjust_url(note, line_no: int) -> str:
    return reverse("shippingnote_adjust_line", args=[note.reference, line_no])


def text_of(answer) -> str:
    return answer.content.decode()


def tells(text: str) -> bool:
    """Whether a page gives away what stands on the note."""
    return any(secret in text for secret in (SECRET, "6543", ">41<", "41 台", '"41"'))


# ---- the queue ------------------------------------------------------------------------------


def test_the_queue_shows_what_can_be_verified_and_what_blocks_the_rest(
    keeper_client, make_note, now
):
    ready = make_note(now, state="released")
    blocked = make_note(now, state="released")
    ShippingNote.objects.filter(pk=blocked.pk).update(acknowledged_at=None)
    at_work = make_note(now, state="adjusting")
    for state in ("submitted", "verified", "draft"):
        make_note(now, state=state)

    text = text_of(keeper_client.get(reverse("shippingnote_verify_queue")))

    for note in (ready, blocked, at_work):
        assert note.number in text
    assert "3 張發貨單" in text
    assert text.count("開始核對") == 1
    assert "倉庫還沒有確認備貨通知，請先確認" in text
    assert reverse("shippingnote_acknowledge", args=[blocked.reference]) in text


def test_an_empty_queue_says_what_brings_notes_here(keeper_client):
    text = text_of(keeper_client.get(reverse("shippingnote_verify_queue")))

    assert "沒有待核對的發貨單" in text


@pytest.mark.parametrize("notes", [2, 12])
def test_the_queue_asks_the_database_the_same_however_many_wait(
    keeper_client, make_note, now, django_assert_max_num_queries, notes
):
    for _each in range(notes):
        make_note(now, state="released")

    with django_assert_max_num_queries(12):
        keeper_client.get(reverse("shippingnote_verify_queue"))


def test_starting_leads_to_the_first_line(keeper_client, make_note, now):
    note = make_note(now, state="released")

    answer = keeper_client.post(
        reverse("shippingnote_start_verification", args=[note.reference]), follow=True
    )

    assert answer.redirect_chain[-1][0] == page_url(note)
    assert "10　多級離心泵" in text_of(answer)


# ---- blind ----------------------------------------------------------------------------------


def test_what_stands_on_the_note_is_not_in_the_page_before_a_line_is_confirmed(
    keeper_client, company, note
):
    for query in ({}, {"line": 10}, {"line": 20}, {"find": SECRET[:-1]}, {"find": "S-210"}):
        assert not tells(text_of(keeper_client.get(page_url(note, **query)))), query
    assert not tells(text_of(keeper_client.get(reverse("shippingnote_verify_queue"))))
    start = reverse("shippingnote_start_verification", args=[note.reference])
    assert not tells(text_of(keeper_client.get(start)))


def test_a_refused_count_gives_nothing_away(keeper_client, company, note):
    for said in (
        {"counted_quantity": "2", "serial_nos": "A-1"},
        {"counted_quantity": "2.5", "serial_nos": ""},
        {"counted_quantity": "", "serial_nos": "A-1 A-1"},
        {"counted_quantity": "-3"},
        {"counted_quantity": "2", "damaged_quantity": "3", "serial_nos": "A-1 A-2"},
    ):
        answer = keeper_client.post(count_url(note, 10), said)
        assert answer.status_code == 200
        assert not tells(text_of(answer)), said
    assert not LineCount.objects.exists()


def test_once_confirmed_the_difference_is_shown_and_hidden_again_for_the_recount(
    keeper_client, company, note, warehouse_keeper, now
):
    confirmed = keeper_client.post(count_url(note, 20), {"counted_quantity": "6"}, follow=True)
    assert "漏裝 6537.21 套：單上 6543.21 套，實點 6 套" in text_of(confirmed)
    assert "6543.21 套" in text_of(keeper_client.get(adjust_url(note, 20)))

    adjust_line(LineCount.objects.get(), actor=warehouse_keeper, now=now, measure="corrected")

    assert not tells(text_of(keeper_client.get(page_url(note, line=20))))


def test_with_the_setting_off_quantity_and_serials_are_shown(keeper_client, company, note):
    company.blind_count = False
    company.save()

    text = text_of(keeper_client.get(page_url(note, line=10)))

    assert "41 台" in text
    assert SECRET in text


# ---- finding a line -------------------------------------------------------------------------


@pytest.mark.parametrize("scanned", ["S-210", "s-210", "Ｓ－２１０", "S-210;LOT=1", "PN:S-210"])
def test_a_part_number_finds_its_line_however_it_is_written(keeper_client, note, scanned):
    text = text_of(keeper_client.get(page_url(note), {"find": scanned}))

    assert "品項與第 20 行相符" in text
    assert count_url(note, 20) in text


def test_a_planned_serial_finds_its_line_and_stands_in_the_list(keeper_client, note):
    text = text_of(keeper_client.get(page_url(note), {"find": SECRET.lower()}))

    assert "品項與第 10 行相符" in text
    assert f"\n{SECRET}</textarea>" in text


def test_several_lines_of_one_part_number_are_offered(keeper_client, make_note, now):
    twice = [("S-210", "機械密封", "6", ()), ("S-210", "機械密封", "2", ())]
    note = make_note(now, state="verifying", lines=twice)

    text = text_of(keeper_client.get(page_url(note), {"find": "S-210"}))

    assert "有好幾行，請選一行" in text
    assert 'href="?line=10"' in text
    assert 'href="?line=20"' in text
    assert 'id="count"' not in text, "nothing is counted before the choice"


def test_a_line_that_is_still_open_goes_before_one_that_matches(
    keeper_client, make_note, warehouse_keeper, now
):
    twice = [("S-210", "機械密封", "6", ()), ("S-210", "機械密封", "2", ())]
    note = make_note(now, state="verifying", lines=twice)
    count_line(line_of(note, 10), actor=warehouse_keeper, now=now, counted_quantity=Decimal(6))

    text = text_of(keeper_client.get(page_url(note), {"find": "S-210"}))

    assert "品項與第 20 行相符" in text


def test_what_is_not_on_the_note_is_said_so_with_what_to_do(keeper_client, note):
    text = text_of(keeper_client.get(page_url(note), {"find": "X-<b>999"}))

    assert "單外品項" in text
    assert "登記「錯裝」" in text
    assert "X-<b>999" not in text


# ---- counting and adjusting -----------------------------------------------------------------


def test_serials_are_taken_from_list_and_scan_field_in_any_separators(
    keeper_client, make_note, now
):
    note = make_note(now, state="verifying", lines=[("P-1", "泵", "5", ("x",))])
    said = {
        "counted_quantity": "5",
        "serial_nos": "C2611-0417~0419，c2611-0500\n",
        "serial_scan": "Ｃ2611-0501",
    }

    keeper_client.post(count_url(note, 10), said)

    assert LineCount.objects.get().serial_nos == [
        "C2611-0417", "C2611-0418", "C2611-0419", "C2611-0500", "C2611-0501",
    ]  # fmt: skip


def test_a_double_click_keeps_one_attempt(keeper_client, note):
    said = {"counted_quantity": "6", "form_key": "once"}

    for _click in range(2):
        assert keeper_client.post(count_url(note, 20), said).status_code == 302

    assert LineCount.objects.count() == 1


def test_another_keeper_who_comes_second_reads_who_was_first(keeper_client, note, make_user, now):
    first = make_user("warehouse_keeper", name="陳國強")
    count_line(line_of(note, 20), actor=first, now=now, counted_quantity=Decimal("6543.21"))

    answer = keeper_client.post(count_url(note, 20), {"counted_quantity": "6543.21"})

    assert "第 20 行已由 陳國強 於 11-24 14:20 核對一致，不用再點" in text_of(answer)
    assert LineCount.objects.count() == 1


def test_the_adjust_page_shows_note_and_goods_side_by_side_with_every_attempt(
    keeper_client, note, warehouse_keeper, now
):
    count_line(
        line_of(note, 20),
        actor=warehouse_keeper,
        now=now,
        counted_quantity=Decimal(6),
        wrong_part_no="S-220",
        wrong_quantity=Decimal(1),
    )

    text = text_of(keeper_client.get(adjust_url(note, 20)))

    for words in ("S-220", "6 套對，1 套錯", "第 1 次", "14:20", "庫存不足，先不動"):
        assert words in text


def test_adjusting_with_a_photo_leads_back_to_the_line(keeper_client, note, warehouse_keeper, now):
    count_line(line_of(note, 20), actor=warehouse_keeper, now=now, counted_quantity=Decimal(6))
    said = {"measure": "corrected", "put_back_bin": "B-07-2", "photos": [photo()]}

    answer = keeper_client.post(adjust_url(note, 20), said)

    assert answer.url == page_url(note, line=20)
    assert LineCount.objects.get().is_corrected


def test_a_line_without_a_difference_has_nothing_to_adjust(keeper_client, note):
    assert keeper_client.get(adjust_url(note, 20)).url == page_url(note, line=20)
    assert keeper_client.get(adjust_url(note, 999)).status_code == 404


def test_when_every_line_matches_the_gate_is_offered(
    keeper_client, make_note, warehouse_keeper, now
):
    note = make_note(now, state="verifying", lines=[("S-210", "機械密封", "6", ())])
    count_line(line_of(note, 10), actor=warehouse_keeper, now=now, counted_quantity=Decimal(6))
    url = reverse("shippingnote_complete_verification", args=[note.reference])

    assert url in text_of(keeper_client.get(page_url(note)))
    answer = keeper_client.post(url, follow=True)

    assert ShippingNote.objects.get(pk=note.pk).state == "verified"
    assert answer.redirect_chain[-1][0] == reverse("shippingnote_verify_queue")


def test_a_note_at_another_step_leads_to_where_it_stands(keeper_client, make_note, now):
    released, verified = make_note(now, state="released"), make_note(now, state="verified")

    start = reverse("shippingnote_start_verification", args=[released.reference])
    assert keeper_client.get(page_url(released)).url == start
    assert keeper_client.get(page_url(verified)).url == verified.get_absolute_url()


@pytest.mark.parametrize("lines", [2, 20])
def test_the_page_asks_the_database_the_same_however_many_lines(
    keeper_client, make_note, now, django_assert_max_num_queries, lines
):
    rows = [(f"S-{number}", "機械密封", "6", ()) for number in range(lines)]
    note = make_note(now, state="verifying", lines=rows)

    with django_assert_max_num_queries(12):
        keeper_client.get(page_url(note))


# ---- vehicle, issue, paper ------------------------------------------------------------------


@pytest.mark.clause("3.2.2")
def test_the_issue_page_shows_the_drivers_link_and_makes_a_fresh_one(
    client, make_note, shipping_clerk
):
    from django.utils import timezone

    client.force_login(shipping_clerk)
    note = make_note(timezone.now(), state="verified")
    url = reverse("shippingnote_issue", args=[note.reference])

    shown = text_of(client.post(url, follow=True))
    first = public_links.token_of(public_links.current_link(note, "load", now=timezone.now()))
    renewed = client.post(
        reverse("shippingnote_renew_load_link", args=[note.reference]), follow=True
    )

    assert first in shown
    assert "<svg" in shown
    assert first not in text_of(renewed)
    assert "新的司機連結已產生" in text_of(renewed)


@pytest.mark.clause("3.2.2")
def test_an_expired_link_says_so_and_is_made_anew(client, make_note, shipping_clerk, now):
    client.force_login(shipping_clerk)
    note = make_note(now - timedelta(days=3), state="issued")
    load_link(note, now - timedelta(days=3))

    text = text_of(client.get(reverse("shippingnote_issue", args=[note.reference])))

    assert "連結已過期，請重新產生" in text


@pytest.mark.clause("3.2.2")
def test_the_paper_is_recorded_and_filed_on_two_pages(
    client, make_note, sales_clerk, sales_manager
):
    from django.utils import timezone

    client.force_login(sales_clerk)
    moment = timezone.now()
    note = make_note(moment, state="delivered")
    line = line_of(note, 20)
    said = {f"line_{each.pk}": "same" for each in note.lines.all()} | {
        f"line_{line.pk}": "different",
        f"sound_{line.pk}": "5",
        f"short_{line.pk}": "1",
        "name": "王志明",
        "signed_on": timezone.localdate(moment).isoformat(),
    }
    url = reverse("shippingnote_record_receipt", args=[note.reference])

    refused = client.post(url, said)
    client.post(
        url,
        said
        | {
            "confirmed_by": str(sales_manager.pk),
            "confirmed_at": f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}",
            "answer": "電話確認，短少的補發",
        },
    )

    assert "要我方確認後才能卸貨或退回" in text_of(refused)
    assert ShippingNote.objects.get(pk=note.pk).state == "signed"
    client.post(
        reverse("shippingnote_file_paper", args=[note.reference]), {"upload": photo("p.jpg")}
    )
    assert ShippingNote.objects.get(pk=note.pk).state == "closed"
    line.refresh_from_db()
    assert (line.received_sound, line.short) == (5, 1)
