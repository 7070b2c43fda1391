"""3.2.2 途損的單據頁:在誰手上、期限、依哪個協議,下一步是什麼."""

import pytest
from django.urls import reverse

from aftersales.core.models import Attachment
from delivery.actions.photos import attach_photos
from delivery.models import TransitLoss
from delivery.tests.floor import photo
from delivery.tests.losses.cases import at_state, carried, make_loss, opened, page, reported

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


def test_the_page_leads_to_note_agreement_and_letter(loss, manager):
    text = page(manager, "transitloss_detail", loss.number)

    for word in (
        loss.note.get_absolute_url(), loss.agreement.number, "照價賠償",
        reverse("transitloss_letter", args=[loss.number]), "泵體開裂", "3,200.00", "3,370.00",
    ):  # fmt: skip
        assert word in text


def test_the_pictures_of_a_line_stand_beside_it(loss, manager, now):
    attach_photos(loss.note, [photo("泵體.jpg")], actor="王志明", now=now, purpose="arrival_1_10")
    picture = Attachment.objects.get()

    text = page(manager, "transitloss_detail", loss.number)

    assert reverse("attachment_preview", args=[picture.pk]) in text


def test_the_steps_are_those_that_the_rules_allow(loss, manager, sales_manager, now):
    text = page(manager, "transitloss_detail", loss.number)

    for verb in ("claim", "assess", "hand_on", "write_off"):
        assert reverse(f"transitloss_{verb}", args=[loss.number]) in text
    for verb in ("accept", "reject", "settle", "resolve"):
        assert reverse(f"transitloss_{verb}", args=[loss.number]) not in text


def test_who_only_reads_sees_whose_turn_it_is(loss, client, leader):
    client.force_login(leader)

    text = page(client, "transitloss_detail", loss.number)

    assert f"下一步由 負責人 {loss.owner} 處理" in text
    assert "上傳" not in text


def test_without_amounts_the_claim_is_blocked_and_leads_to_them(make_note, manager, now):
    note = carried(make_note(now, state="signed"))
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    text = page(manager, "transitloss_detail", loss.number)

    assert "第 20 行還沒有損失金額，請先核定" in text
    assert reverse("transitloss_claim", args=[loss.number]) not in text


@pytest.mark.parametrize("state", TransitLoss.State.values)
def test_every_state_has_its_page(make_note, manager, now, state):
    loss = at_state(make_loss(make_note, now), state, now)

    text = page(manager, "transitloss_detail", loss.number)

    assert loss.get_state_display() in text


def test_the_page_costs_at_most_12_queries(loss, manager, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page(manager, "transitloss_detail", loss.number)


def test_the_page_of_the_note_leads_to_it(loss, manager):
    text = page(manager, "shippingnote_detail", loss.note.reference)

    assert loss.get_absolute_url() in text
