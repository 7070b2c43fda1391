"""3.1.2 ... 應與承運方簽訂合同，明確質量責任: an agreement fixes who is liable, and holds for its days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aftersales.core import attachments, timeline
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions
from aftersales.masterdata.models import Carrier, CarrierAgreement
from delivery.tests.partners import TODAY, make_carrier

pytestmark = pytest.mark.clause("3.1.2")
DAY = timedelta(days=1)
TERMS = "短少、受潮、破損由承運方照價賠償"


def facts(**changed):
    return {
        "number": "CY-2026-09", "liability_terms": TERMS, "signed_on": TODAY,
        "valid_from": TODAY, "valid_until": TODAY + 365 * DAY,
    } | changed  # fmt: skip


@pytest.fixture
def carrier(contract_office):
    """With an agreement of half a year to come."""
    return make_carrier()


@pytest.fixture
def agreement(carrier):
    return carrier.agreements.get()


@pytest.fixture
def note(make_note, now, agreement):
    """On the way, under the agreement."""
    return make_note(
        now, state="in_transit", carrier=agreement.carrier, carrier_agreement=agreement
    )


def test_an_agreement_makes_a_verified_carrier_choosable(contract_office, now):
    carrier = make_carrier(agreed=None)

    actions.create_agreement(carrier, actor=contract_office, now=now, **facts())

    assert Carrier.objects.qualified(TODAY).get() == carrier
    assert not Carrier.objects.qualified(TODAY - DAY).exists()
    assert timeline.lines_of(carrier)[0].note == "CY-2026-09"


def test_it_says_who_is_liable(carrier, contract_office, now):
    with pytest.raises(ValidationError) as refused:
        actions.create_agreement(
            carrier, actor=contract_office, now=now, **facts(liability_terms="")
        )

    assert "liability_terms" in refused.value.message_dict
    assert carrier.agreements.count() == 1


def test_it_was_signed_today_at_the_latest(carrier, contract_office, now):
    with pytest.raises(RuleViolation, match="簽訂日期最晚是今天") as refused:
        actions.create_agreement(
            carrier, actor=contract_office, now=now, **facts(signed_on=TODAY + DAY)
        )

    assert refused.value.field == "signed_on"


def test_a_number_stands_once_with_a_carrier(carrier, agreement, contract_office, now):
    with pytest.raises(ValidationError, match="已經登記"):
        actions.create_agreement(
            carrier, actor=contract_office, now=now, **facts(number=agreement.number)
        )


def test_a_carrier_out_of_use_gets_no_new_paper(contract_office, now):
    carrier = make_carrier(is_active=False)

    with pytest.raises(RuleViolation, match="已停用"):
        actions.create_agreement(carrier, actor=contract_office, now=now, **facts())


def test_it_is_edited_as_long_as_no_note_cites_it(carrier, agreement, contract_office, now):
    actions.edit_agreement(
        agreement, actor=contract_office, now=now, version=1, claim_within_days=10
    )
    with pytest.raises(StaleEdit):
        actions.edit_agreement(agreement, actor=contract_office, now=now, version=1, remark="甲")

    assert timeline.lines_of(carrier)[0].note.split("\n")[1] == "索賠期限（天）：— → 10"


def test_cited_by_a_note_it_is_not_edited(agreement, note, contract_office, now):
    with pytest.raises(RuleViolation) as refused:
        actions.edit_agreement(
            agreement, actor=contract_office, now=now, valid_until=TODAY + 900 * DAY
        )

    assert f"已被 發貨單 {note} 引用" in refused.value.messages[0]
    assert "另立一份新協議" in refused.value.messages[0]
    agreement.refresh_from_db()
    assert agreement.valid_until < TODAY + 900 * DAY


def test_terminated_it_binds_until_the_day_before(agreement, contract_office, now):
    actions.terminate_agreement(
        agreement, actor=contract_office, now=now, terminated_on=TODAY + DAY, reason="多次受潮"
    )

    assert CarrierAgreement.objects.in_force(TODAY).exists()
    assert not CarrierAgreement.objects.in_force(TODAY + DAY).exists()
    line = timeline.lines_of(agreement.carrier)[0]
    assert line.note == f"{agreement.number} 自 {TODAY + DAY} 起：多次受潮"


def test_a_note_on_the_way_keeps_citing_what_is_terminated(agreement, note, contract_office, now):
    actions.terminate_agreement(
        agreement, actor=contract_office, now=now, terminated_on=TODAY, reason="多次受潮"
    )

    note.refresh_from_db()
    assert note.carrier_agreement == agreement


def test_it_ends_today_at_the_earliest_and_not_after_its_own_end(agreement, contract_office, now):
    def end(on):
        return actions.terminate_agreement(
            agreement, actor=contract_office, now=now, terminated_on=on, reason="甲"
        )

    with pytest.raises(RuleViolation, match="終止日最早是今天"):
        end(TODAY - DAY)
    with pytest.raises(RuleViolation, match="就到期"):
        end(agreement.valid_until + DAY)
    end(TODAY)


def test_it_ends_once_and_is_not_edited_after(agreement, contract_office, now):
    end = {"terminated_on": TODAY, "reason": "多次受潮"}
    actions.terminate_agreement(agreement, actor=contract_office, now=now, **end)

    with pytest.raises(RuleViolation, match="起終止：多次受潮"):
        actions.terminate_agreement(agreement, actor=contract_office, now=now, **end)
    with pytest.raises(RuleViolation, match="起終止"):
        actions.edit_agreement(agreement, actor=contract_office, now=now, remark="乙")


def test_what_has_expired_is_not_terminated(contract_office, now):
    carrier = make_carrier(agreed=(TODAY - 90 * DAY, TODAY - DAY))

    with pytest.raises(RuleViolation, match="不必再終止"):
        actions.terminate_agreement(
            carrier.agreements.get(), actor=contract_office, now=now, terminated_on=TODAY,
            reason="甲",
        )  # fmt: skip


def test_the_database_asks_for_the_reason(agreement):
    with pytest.raises(IntegrityError), transaction.atomic():
        CarrierAgreement.objects.update(terminated_on=TODAY)


@pytest.mark.parametrize("role", ["salesperson", "sales_clerk"])
def test_other_roles_may_not_keep_agreements(role, make_user, carrier, agreement, now):
    actor = make_user(role)

    with pytest.raises(RuleViolation, match="不能維護"):
        actions.create_agreement(carrier, actor=actor, now=now, **facts())
    with pytest.raises(RuleViolation, match="不能維護"):
        actions.edit_agreement(agreement, actor=actor, now=now, remark="甲")
    with pytest.raises(RuleViolation, match="不能維護"):
        actions.terminate_agreement(
            agreement, actor=actor, now=now, terminated_on=TODAY, reason="甲"
        )


@pytest.fixture
def desk(client, contract_office):
    client.force_login(contract_office)
    return client


def test_its_pages_lead_from_the_carrier_and_back(desk, contract_office):
    today = timezone.localdate()
    carrier = make_carrier(agreed=None, today=today)
    form = facts(signed_on=today, valid_from=today, valid_until=today + 90 * DAY)

    made = desk.post(reverse("agreement_create", args=[carrier.pk]), form | {"form_key": "one"})
    agreement = CarrierAgreement.objects.get()
    again = desk.post(reverse("agreement_create", args=[carrier.pk]), form | {"form_key": "one"})
    desk.post(
        reverse("agreement_terminate", args=[agreement.pk]),
        {"terminated_on": today + DAY, "reason": "多次受潮", "form_key": "two"},
    )

    agreement.refresh_from_db()
    assert made.url == again.url == f"{carrier.get_absolute_url()}#agreement-{agreement.pk}"
    assert agreement.termination_reason == "多次受潮"


def test_its_end_lies_after_its_beginning(desk, contract_office):
    carrier = make_carrier(agreed=None, today=timezone.localdate())

    response = desk.post(
        reverse("agreement_create", args=[carrier.pk]), facts(valid_until=TODAY - DAY)
    )

    assert "到期日不能早於生效日" in response.content.decode()
    assert not CarrierAgreement.objects.exists()


def test_nothing_filled_in_says_what_is_missing(desk, carrier):
    response = desk.post(reverse("agreement_create", args=[carrier.pk]), {"form_key": "one"})

    assert set(response.context["form"].errors) == {
        "number", "signed_on", "valid_from", "valid_until", "liability_terms",
    }  # fmt: skip


def test_the_page_of_an_edit_says_at_once_that_a_note_cites_it(desk, agreement, note):
    response = desk.get(reverse("agreement_edit", args=[agreement.pk]))

    assert response.status_code == 409
    assert note.number in response.content.decode()


def test_the_carriers_page_offers_no_edit_of_what_a_note_cites(
    desk, contract_office, agreement, note, now
):
    free = actions.create_agreement(agreement.carrier, actor=contract_office, now=now, **facts())

    page = desk.get(agreement.carrier.get_absolute_url()).content.decode()

    assert reverse("agreement_edit", args=[free.pk]) in page
    assert reverse("agreement_edit", args=[agreement.pk]) not in page
    assert "已有單據引用，不能修改" in page


def test_its_files_are_added_by_who_keeps_it_and_read_by_all(
    client, contract_office, leader, agreement
):
    paper = SimpleUploadedFile("協議.pdf", b"%PDF-1.4 x\n%%EOF\n", "application/pdf")
    address = reverse("attachment_upload", args=["masterdata.carrieragreement", agreement.pk])

    client.force_login(leader)
    client.post(address, {"file": paper})
    assert attachments.of(agreement) == []

    client.force_login(contract_office)
    paper.seek(0)
    client.post(address, {"file": paper})
    file = attachments.of(agreement)[0]
    client.force_login(leader)
    assert file.name in client.get(agreement.carrier.get_absolute_url()).content.decode()
    assert client.get(reverse("attachment_download", args=[file.pk])).status_code == 200
