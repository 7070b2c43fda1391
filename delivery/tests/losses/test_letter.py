"""3.2.2 途損由承運方按協議負責:索賠函引用協議;公司車隊的寫內部事故報告."""

import re
import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftersales.core.models import AuditEntry, Company
from delivery.actions.losses import assess_loss, claim_loss, reject_claim
from delivery.actions.photos import attach_photos
from delivery.loss_letters import read_letter, render_letter
from delivery.tests.floor import photo
from delivery.tests.losses.cases import at_state, carried, make_loss, opened, reported

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]
COMPANY = Company(pk=1, name="浙江盛邦泵業有限公司", short_name="盛邦", phone="0576-8600 0000")


@pytest.fixture
def text_of(tmp_path):
    """The text of the paper of a loss as pdftotext reads it, blanks and line ends closed up."""

    def read(loss) -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(render_letter(read_letter(loss), company=COMPANY))
        command = ["pdftotext", "-layout", str(path), "-"]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        return re.sub(r"\s+", "", found.stdout)

    return read


@pytest.fixture
def loss(make_note, now):
    loss = make_loss(make_note, now)
    loss.agreement.claim_within_days = 10
    loss.agreement.liability_terms = "乙方對短少、受潮、破損照價賠償"
    loss.agreement.save()
    loss.carrier.address, loss.carrier.contact = "台州市路橋區物流園 12 號", "葛志明"
    loss.carrier.save()
    return loss


def test_the_letter_says_to_whom_about_what_by_which_agreement(loss, salesperson, now, text_of):
    loss = claim_loss(loss, actor=salesperson, now=now)

    text = text_of(loss)

    for word in (
        "索賠函", loss.number, "2026年11月24日", "浙江盛邦泵業有限公司", loss.carrier.name,
        "台州市路橋區物流園12號", "葛志明", loss.note.number, "DB-88120", "浙J8K216", "周建軍",
        loss.agreement.number, "乙方對短少、受潮、破損照價賠償", "多級離心泵", "P-100-2", "破損",
        f"C2611-0418-{loss.note_id}", "泵體開裂", "機械密封", "短少", "3,200.00", "85.00",
        "170.00", "¥3,370.00", "人民幣叁仟叁佰柒拾元整", loss.owner.display_name,
        "到貨日2026-11-24起10天，即2026-12-04止", "索賠方", "承運方", "第1頁共1頁", "第3.2.2條",
    ):  # fmt: skip
        assert word in text
    assert "草稿" not in text
    assert "不得寄出" not in text


def test_before_it_is_claimed_it_is_a_draft(loss, text_of):
    text = text_of(loss)

    assert "尚未索賠，不得寄出" in text
    assert "草" in text
    assert "2026年11月24日" not in text


def test_amounts_that_changed_after_the_refusal_make_it_a_draft_again(
    loss, salesperson, now, text_of
):
    claim_loss(loss, actor=salesperson, now=now)
    reject_claim(loss, actor=salesperson, now=now, reply="不賠", replied_on=now.date())
    loss.refresh_from_db()
    assert "不得寄出" not in text_of(loss)

    amounts = {row.pk: Decimal("100.50") for row in loss.lines.all()}
    loss = assess_loss(loss, actor=salesperson, now=now, amounts=amounts)

    text = text_of(loss)
    assert "不得寄出" in text
    assert "人民幣貳佰零壹元整" in text


def test_what_was_written_off_says_so(loss, sales_manager, now, text_of):
    at_state(loss, "written_off", now)

    assert "已由銷售部經理核銷，不再追償" in text_of(loss)


def test_without_an_amount_no_sum_is_made_up(make_note, now, text_of):
    note = carried(make_note(now, state="signed"))
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    text = text_of(loss)

    assert "待核定" in text
    assert "人民幣" not in text


def test_an_agreement_without_days_says_that(loss, salesperson, now, text_of):
    loss.agreement.claim_within_days = None
    loss.agreement.save()

    assert "承運協議沒有約定索賠期限" in text_of(loss)


def test_a_price_keeps_its_places(loss, text_of):
    loss.note.lines.filter(line_no=20).update(unit_price=Decimal("0.0125"))

    assert "0.0125" in text_of(loss)


def test_the_photographs_of_the_arrival_are_listed(loss, now, text_of):
    attach_photos(loss.note, [photo("泵體.jpg")], actor="王志明", now=now, purpose="arrival_1_10")
    attach_photos(loss.note, [photo("整車.jpg")], actor="王志明", now=now, purpose="arrival_1")
    attach_photos(loss.note, [photo("別的.jpg")], actor="王志明", now=now, purpose="arrival_1_90")

    text = text_of(loss)

    assert "2張：整車.jpg、泵體.jpg" in text
    assert "別的" not in text


def test_an_incident_has_a_report_with_cause_and_measure(make_note, sales_manager, now, text_of):
    incident = make_loss(make_note, now, by_carrier=False)
    at_state(incident, "settled", now, cause="急剎", measure="加固綁帶", ended_by=sales_manager)

    text = text_of(incident)

    for word in ("內部事故報告", incident.number, "急剎", "加固綁帶", "叁仟叁佰柒拾元整", "司機"):
        assert word in text
    assert "索賠" not in text
    assert sales_manager.display_name in text


def test_an_open_incident_is_a_draft(make_note, now, text_of):
    assert "草" in text_of(make_loss(make_note, now, by_carrier=False))


def test_whoever_sees_it_prints_it_and_it_is_on_record(loss, leader, client, now):
    client.force_login(leader)

    answer = client.get(reverse("transitloss_letter", args=[loss.number]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert f"{loss.number}.pdf" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    entry = AuditEntry.objects.get(event="transitloss.printed")
    assert (entry.actor, entry.clause, entry.data["state"]) == (leader, "3.2.2", "open")


def test_the_paper_speaks_the_companys_language_whoever_prints_it(loss, leader, client, tmp_path):
    leader.language = "en"
    leader.save()
    client.force_login(leader)

    answer = client.get(reverse("transitloss_letter", args=[loss.number]))

    (tmp_path / "paper.pdf").write_bytes(answer.content)
    command = ["pdftotext", "-layout", str(tmp_path / "paper.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "責任條款" in text
    assert "運單號" in text


def test_it_costs_the_same_queries_however_many_lines(make_note, leader, client, now):
    client.force_login(leader)
    spent = []
    for number in (1, 8):
        lines = [(f"P-{number}-{line}", "密封件", "2", ()) for line in range(number)]
        note = carried(make_note(now, state="signed", lines=lines))
        short = {f"l{(line + 1) * 10}": {"sound": "1", "short": "1"} for line in range(number)}
        loss = opened(note, reported(note, now, **short), now)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("transitloss_letter", args=[loss.number]))
        spent.append(len(queries))

    assert spent[0] == spent[1]


def test_a_long_list_of_losses_runs_over_pages(make_note, now, tmp_path):
    lines = [(f"P-{number}", "密封件", "2", ()) for number in range(60)]
    note = carried(make_note(now, state="signed", lines=lines))
    facts = {f"l{number * 10}": {"sound": "1", "short": "1"} for number in range(1, 61)}
    loss = opened(note, reported(note, now + timedelta(hours=1), **facts), now)
    path = tmp_path / "long.pdf"

    path.write_bytes(render_letter(read_letter(loss), company=COMPANY))

    facts = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    assert int(re.search(r"Pages:\s+(\d+)", facts.stdout)[1]) > 1
