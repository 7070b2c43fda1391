"""3.1.3 發貨單 and 3.2.2 送貨單 on paper: what they say, who may print them, and that it is on record."""

import re
import subprocess
import sys
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from aftersales.core import pdf, public_links
from aftersales.core.models import AuditEntry, Company
from delivery import papers
from delivery.actions import release_note
from delivery.actions.dispatching import LASTS, RECEIVE
from delivery.figures import Kind, read_papers
from delivery.models import ShippingNote

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.1.3"), pytest.mark.clause("3.2.2")]
COMPANY = Company(pk=1, name="浙江盛邦泵業有限公司", short_name="盛邦", phone="0576-8600 0000")
STROKE = "M24 34L70 27L38 81L66 51"


@pytest.fixture
def text_of(tmp_path):
    """The text of a PDF as pdftotext reads it, blanks and line ends closed up."""

    def read(content: bytes, *options: str, mode: str = "-layout") -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        command = ["pdftotext", mode, *options, str(path), "-"]
        return re.sub(
            r"\s+", "", subprocess.run(command, capture_output=True, text=True, check=True).stdout
        )

    return read


@pytest.fixture
def draw(now):
    def make(*notes, kind=Kind.SHIPPING_NOTE) -> bytes:
        return papers.render(read_papers(notes, [kind], now=now), company=COMPANY)

    return make


def page_count(content: bytes, tmp_path) -> int:
    path = tmp_path / "counted.pdf"
    path.write_bytes(content)
    facts = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    return int(re.search(r"Pages:\s+(\d+)", facts.stdout)[1])


def prints_of(note) -> list[AuditEntry]:
    return list(
        AuditEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(note),
            object_id=note.pk,
            event="shippingnote.printed",
        )
    )


def test_the_chinese_of_a_shipping_note_is_found(make_note, now, draw, text_of):
    note = make_note(now, state="released", remark="電機與水泵同箱裝運")

    text = text_of(draw(note))

    for word in (
        "發貨單", note.number, "浙江盛邦泵業有限公司", "寧波海曙水務設備有限公司", "多級離心泵",
        "機械密封", "浙江省寧波市海曙區環城西路88號", "ZJ-202611-0306", "電機與水泵同箱裝運",
        "簽發", "合計2項", "一式五聯", "第1頁共1頁",
    ):  # fmt: skip
        assert word in text


def test_the_chinese_of_a_delivery_note_is_found(make_note, now, draw, text_of):
    note = make_note(now, state="in_transit")

    text = text_of(draw(note, kind=Kind.DELIVERY_NOTE))

    for word in (
        "送貨單", note.number, "送達地址", "浙江省寧波市海曙區環城西路88號", "王志明",
        "完好", "破損", "短少", "拒收", "收貨單位", "浙J8K216",
    ):  # fmt: skip
        assert word in text


def test_the_paper_shows_the_four_quantities_and_the_difference(make_note, now, draw, text_of):
    note = make_note(now, state="signed")
    line = note.lines.get(line_no=20)
    line.received_sound, line.short, line.receipt_remark = Decimal(5), Decimal(1), "箱子破了"
    line.save()

    paper = read_papers([note], [Kind.SHIPPING_NOTE], now=now)[0]
    text = text_of(draw(note))

    assert [paper.total(name) for name in ("ordered", "verified", "loaded", "received")] == [
        8, 8, 8, 7,
    ]  # fmt: skip
    assert "第20項短少1套、箱子破了" in text


def test_serials_of_a_line_are_written_by_their_ends(make_note, now):
    note = make_note(now, state="verified", lines=[("P-1", "泵", "4", ())])
    line = note.lines.get()
    for number in (434, 431, 433, 432):
        line.serials.create(product=line.product, serial_no=f"C2611-0{number}")

    paper = read_papers([note], [Kind.SHIPPING_NOTE], now=now)[0]

    assert paper.lines[0].serials == "C2611-0431～0434"


def test_a_drawn_signature_stands_on_the_paper_with_name_and_time(make_note, now, draw, text_of):
    note = make_note(now, state="signed")
    note.signatures.create(
        party="receiver", means="screen", name="王志明", path=STROKE, signed_hash="0", signed_at=now
    )

    with_signature = draw(note)
    paper = read_papers([note], [Kind.SHIPPING_NOTE], now=now)[0]

    assert (paper.received.path, paper.received.when_text) == (STROKE, "2026-11-24 14:20")
    assert "王志明2026-11-2414:20" in text_of(with_signature)


def test_a_receipt_taken_off_a_paper_names_the_day_and_no_hour(make_note, now):
    note = make_note(now, state="signed")
    note.signatures.create(
        party="receiver", means="paper", name="王志明", signed_hash="0", signed_at=now
    )

    paper = read_papers([note], [Kind.DELIVERY_NOTE], now=now)[0]

    assert paper.received.when_text == "2026-11-24"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("draft", "草稿"),
        ("submitted", "未簽發"),
        ("withdrawn", "作廢"),
        ("cancelled", "作廢"),
        ("refused", "作廢"),
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_nobody_can_ship_by_a_paper_that_is_not_released(
    make_note, now, draw, text_of, state, word, kind
):
    note = make_note(now, state=state, reason="客戶改期")

    text = text_of(draw(note, kind=kind))

    assert word in text
    assert "不得憑此發貨" in text


def test_a_released_paper_bears_no_such_word(make_note, now, draw, text_of):
    text = text_of(draw(make_note(now, state="released")))

    assert not any(word in text for word in ("草稿", "未簽發", "作廢", "不得憑此發貨"))


def test_the_code_of_a_shipping_note_leads_to_its_page(make_note, now, settings):
    settings.PUBLIC_BASE_URL = "https://service.example.com"
    note = make_note(now, state="in_transit")
    public_links.open_link(note, RECEIVE, now=now, lasts=LASTS[RECEIVE])

    paper = read_papers([note], [Kind.SHIPPING_NOTE], now=now)[0]

    assert paper.address_of_qr == f"https://service.example.com{note.get_absolute_url()}"


def test_the_code_of_a_delivery_note_leads_the_customer_to_the_receipt(
    make_note, now, settings, draw, text_of
):
    settings.PUBLIC_BASE_URL = "https://service.example.com"
    note = make_note(now, state="in_transit")
    link = public_links.open_link(note, RECEIVE, now=now, lasts=LASTS[RECEIVE])

    paper = read_papers([note], [Kind.DELIVERY_NOTE], now=now)[0]

    address = reverse("public_receive", args=[public_links.token_of(link)])
    assert paper.address_of_qr == f"https://service.example.com{address}"
    assert "手機掃右上角的二維碼" in text_of(draw(note, kind=Kind.DELIVERY_NOTE))


def test_many_lines_flow_over_pages_with_their_heads_and_the_boxes_stay_together(
    make_note, now, draw, text_of, tmp_path
):
    lines = [(f"P-{number}", f"第{number}種泵" + "長名" * 20, "1", ()) for number in range(1, 61)]
    note = make_note(now, state="released", lines=lines)

    content = draw(note)
    pages = page_count(content, tmp_path)

    assert pages > 2
    for number in range(1, pages):
        page = text_of(content, "-f", str(number), "-l", str(number))
        assert "規格型號" in page
        assert f"第{number}頁共{pages}頁" in page
        assert "收貨人實收簽字" not in page
    last = text_of(content, "-f", str(pages), "-l", str(pages))
    assert all(word in last for word in ("收貨差異", "制單", "收貨人實收簽字", "一式五聯"))
    assert "第60種泵" in text_of(content)


def test_a_long_name_wraps_inside_its_cell(make_note, make_customer, now, draw, text_of):
    customer = make_customer(name="很長的公司名稱" * 14)
    note = make_note(now, state="released", customer=customer, order_no="X" * 60)

    text = text_of(draw(note), mode="-raw")

    assert customer.name in text
    assert "X" * 60 in text
    assert "第1頁共1頁" in text


def test_several_notes_make_one_file_and_each_counts_its_own_pages(
    make_note, now, draw, text_of, tmp_path
):
    notes = [make_note(now, state="released") for _number in range(3)]

    content = draw(*reversed(notes))

    assert page_count(content, tmp_path) == 3
    for page, note in enumerate(reversed(notes), start=1):
        text = text_of(content, "-f", str(page), "-l", str(page))
        assert note.number in text
        assert "第1頁共1頁" in text


def test_reading_many_lines_costs_no_query_more(make_note, now, django_assert_max_num_queries):
    short = make_note(now, state="verified", lines=[("P-1", "泵", "1", ())])
    long = make_note(now, lines=[(f"P-{number}", "泵", "1", ()) for number in range(100)])

    for note in (short, long):
        with django_assert_max_num_queries(8):
            read_papers([note], [Kind.SHIPPING_NOTE], now=now)


def test_a_blind_paper_hides_what_is_not_counted_yet_and_says_so(make_note, now, draw, text_of):
    note = make_note(now, state="verifying", lines=[("A", "泵", "6543", ()), ("B", "封", "77", ())])
    note.lines.filter(line_no=20).update(verified_quantity=77)
    note.lines.filter(line_no=10).update(planned_serials=["C2611-0431", "C2611-0432"])

    for kind in Kind:
        paper = read_papers([note], [kind], now=now, blind={note.pk})[0]
        text = text_of(papers.render([paper], company=COMPANY))

        assert [line.ordered for line in paper.lines] == [None, 77]
        assert paper.total("ordered") is None
        assert "盲點核對中" in text
        assert text.count("盲點") == 2
        assert "77" in text
        assert not any(word in text for word in ("6543", "6620", "C2611-043"))


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_a_paper_comes_by_the_number_of_the_note_and_is_on_record(
    client, warehouse_keeper, make_note, now, kind
):
    note = make_note(now, state="released")
    client.force_login(warehouse_keeper)

    response = client.get(reverse("shippingnote_paper", args=[note.reference, kind]))

    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{note.number}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
    (entry,) = prints_of(note)
    assert (entry.actor, entry.data["kind"]) == (warehouse_keeper, kind)


def test_the_chosen_notes_come_in_the_order_of_the_choice(
    client, sales_clerk, make_note, now, text_of
):
    first, second, third = (make_note(now, state="released") for _number in range(3))
    client.force_login(sales_clerk)

    response = client.get(
        reverse("shippingnote_papers", args=["delivery_note"]),
        {"ids": [third.pk, first.pk, third.pk]},
    )

    pages = [text_of(response.content, "-f", str(page), "-l", str(page)) for page in (1, 2)]
    assert third.number in pages[0]
    assert first.number in pages[1]
    assert [len(prints_of(note)) for note in (first, second, third)] == [1, 0, 1]
    assert f'filename="{third.number}-2.pdf"' in response["Content-Disposition"]


@pytest.mark.parametrize("chosen", [[], [""], [","]])
def test_without_a_choice_it_says_what_to_do(client, sales_clerk, chosen):
    client.force_login(sales_clerk)

    response = client.get(
        reverse("shippingnote_papers", args=["shipping_note"]), {"ids": chosen}, follow=True
    )

    assert response.redirect_chain == [(reverse("shippingnote_list"), 302)]
    assert "請先在清單上勾選要列印的發貨單" in response.content.decode()


def test_more_than_a_hundred_at_once_are_refused_with_the_limit(client, sales_clerk):
    client.force_login(sales_clerk)

    response = client.get(
        reverse("shippingnote_papers", args=["shipping_note"]),
        {"ids": ",".join(map(str, range(1, 102)))},
        follow=True,
    )

    assert response.redirect_chain == [(reverse("shippingnote_list"), 302)]
    assert "最多列印 100 張，您選了 101 張" in response.content.decode()


def test_a_note_out_of_reach_is_not_there_and_nothing_is_printed(
    client, salesperson, make_note, make_user, make_customer, now
):
    mine = make_note(now, state="released", salesperson=salesperson)
    other = make_note(
        now,
        state="released",
        customer=make_customer(name="別人的客戶", salesperson=make_user("salesperson")),
    )
    client.force_login(salesperson)

    one = client.get(reverse("shippingnote_paper", args=[other.reference, "shipping_note"]))
    many = client.get(
        reverse("shippingnote_papers", args=["shipping_note"]), {"ids": [mine.pk, other.pk]}
    )

    assert (one.status_code, many.status_code) == (404, 404)
    assert prints_of(mine) == prints_of(other) == []


@pytest.mark.parametrize("ids", ["x", "1;2", "²", "9" * 30])
def test_what_is_no_key_finds_nothing(client, sales_clerk, ids):
    client.force_login(sales_clerk)

    response = client.get(reverse("shippingnote_papers", args=["shipping_note"]), {"ids": ids})

    assert response.status_code == 404


def test_another_kind_of_paper_does_not_exist(client, sales_clerk, make_note, now):
    note = make_note(now, state="released")
    client.force_login(sales_clerk)

    response = client.get(reverse("shippingnote_paper", args=[note.reference, "invoice"]))

    assert response.status_code == 404


@pytest.fixture
def without_pango(monkeypatch):
    """WeasyPrint cannot be imported, as on a machine without Pango."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    pdf._import_error.cache_clear()
    yield
    monkeypatch.undo()
    pdf._import_error.cache_clear()


def test_where_papers_are_off_the_page_says_what_to_install_and_nothing_is_on_record(
    client, sales_clerk, make_note, now, without_pango
):
    note = make_note(now, state="released")
    client.force_login(sales_clerk)

    response = client.get(reverse("shippingnote_paper", args=[note.reference, "shipping_note"]))

    assert response.status_code == 409
    assert f"apt-get install {pdf.PACKAGES}" in response.content.decode()
    assert prints_of(note) == []


def test_the_paper_is_chinese_whatever_the_screen_speaks(
    client, sales_clerk, make_note, now, text_of
):
    note = make_note(now, state="released")
    client.force_login(sales_clerk)

    response = client.get(
        reverse("shippingnote_paper", args=[note.reference, "shipping_note"]), {"lang": "en"}
    )

    assert "發貨單" in text_of(response.content)
    assert "公司車隊" in text_of(response.content)
    assert ShippingNote.objects.get(pk=note.pk).state == "released"


@pytest.mark.clause("3.1.4")
@pytest.mark.parametrize(
    ("role", "state", "is_blind", "is_told"),
    [
        ("warehouse_keeper", "verifying", True, False),
        ("warehouse_keeper", "adjusting", True, False),
        ("warehouse_keeper", "verifying", False, True),
        ("warehouse_keeper", "verified", True, True),
        ("sales_clerk", "verifying", True, True),
    ],
)
def test_whoever_counts_blind_prints_a_paper_without_the_quantities(
    client, make_user, make_note, now, text_of, role, state, is_blind, is_told
):
    Company.objects.update_or_create(
        pk=1, defaults={"name": "甲", "short_name": "甲", "blind_count": is_blind}
    )
    note = make_note(now, state=state, lines=[("P-1", "泵", "6543", ())])
    client.force_login(make_user(role))

    one = client.get(reverse("shippingnote_paper", args=[note.reference, "shipping_note"]))
    many = client.get(reverse("shippingnote_papers", args=["delivery_note"]), {"ids": note.pk})

    assert ("6543" in text_of(one.content)) == is_told
    assert ("6543" in text_of(many.content)) == is_told


# ---- four papers, and copies ----------------------------------------------------------------


@pytest.fixture
def print_paper(client, text_of):
    """The text of a paper that somebody who is logged in prints."""

    def make(note, kind: str) -> str:
        answer = client.get(reverse("shippingnote_paper", args=[note.reference, kind]))
        return text_of(answer.content)

    return make


def test_the_goods_issue_has_bins_and_what_was_loaded(
    client, print_paper, make_note, sales_clerk, now
):
    note = make_note(now, state="in_transit")
    note.lines.filter(line_no=20).update(bin="B-07-3")
    client.force_login(sales_clerk)

    text = print_paper(note, "goods_issue")

    assert "出庫單" in text
    assert "B-07-3" in text
    assert "扣賬日期" in text


def test_the_packing_list_has_no_prices(client, print_paper, make_note, sales_clerk, now):
    note = make_note(now, state="verified")
    note.lines.update(unit_price="8650.00", amount="17300.00")
    client.force_login(sales_clerk)

    text = print_paper(note, "packing_list")

    assert "發貨清單" in text
    assert "8650" not in text


def test_all_four_papers_come_in_one_file(client, print_paper, make_note, sales_clerk, now):
    note = make_note(now, state="verified")
    client.force_login(sales_clerk)

    text = print_paper(note, "all")

    places = [text.index(title) for title in ("發貨單", "出庫單", "送貨單", "發貨清單")]
    assert places == sorted(places)
    kinds = [entry.data["kind"] for entry in prints_of(note)]
    assert sorted(kinds) == ["delivery_note", "goods_issue", "packing_list", "shipping_note"]


def test_a_reprint_says_copy_and_is_on_record(client, print_paper, make_note, sales_clerk, now):
    note = make_note(now, state="released")
    client.force_login(sales_clerk)

    first, second = (print_paper(note, "shipping_note") for _ in range(2))

    assert "副本" not in first
    assert "副本第2次列印" in second
    assert [entry.data["copy"] for entry in prints_of(note)] == [0, 1]
    assert "副本" not in print_paper(note, "goods_issue")


def test_prints_before_the_release_make_no_copy_of_the_first_after_it(
    client, print_paper, make_note, sales_clerk, leader, now
):
    note = make_note(now, state="submitted")
    client.force_login(sales_clerk)
    print_paper(note, "shipping_note")

    release_note(note, actor=leader, now=now)

    assert "副本" not in print_paper(note, "shipping_note")
