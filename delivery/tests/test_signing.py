"""3.2.2 簽的是上面的數量: a changed line after the signature voids it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from aftersales.accounts.models import Leave
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Company
from aftersales.masterdata.models import Unit
from delivery.actions import load_note, receive_note
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine
from delivery.signing import is_valid, read_path
from delivery.tests.floor import STROKES, all_loaded, all_sound, load_link, receive_link

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def loaded(make_note, now):
    note = make_note(now, state="issued")
    return load_note(
        note,
        link=load_link(note, now),
        now=now,
        counts=all_loaded(note),
        name="周建軍",
        path=STROKES,
    )


@pytest.fixture
def received(loaded, now):
    return receive_note(
        loaded,
        link=receive_link(loaded, now),
        now=now,
        receipts=all_sound(loaded),
        name="王志明",
        path=STROKES,
    )


def test_both_signatures_hold_after_the_whole_way(received):
    assert {each.party: is_valid(each) for each in received.signatures.all()} == {
        "driver": True,
        "receiver": True,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"part_no": "P-100-3"},
        {"name": "離心泵"},
        {"lot_no": "L-9"},
        {"line_no": 15},
        {"quantity": 3, "verified_quantity": 3, "loaded_quantity": 3, "received_sound": 3},
    ],
)
def test_a_line_that_is_changed_underneath_voids_both(received, change):
    ShippingNoteLine.objects.filter(note=received, line_no=10).update(**change)

    assert [is_valid(each) for each in received.signatures.all()] == [False, False]


def test_a_changed_receipt_voids_the_receivers_signature_only(received):
    ShippingNoteLine.objects.filter(note=received, line_no=20).update(
        received_sound=Decimal(5), received_damaged=Decimal(1)
    )

    assert {each.party: is_valid(each) for each in received.signatures.all()} == {
        "driver": True,
        "receiver": False,
    }


def test_a_line_that_is_added_or_taken_away_voids_the_signature(received):
    received.lines.filter(line_no=20).delete()

    assert not is_valid(received.signatures.get(party="receiver"))


def test_a_changed_serial_voids_the_signature(received):
    unit = Unit.objects.first()
    LineSerial.objects.filter(unit=unit).update(serial_no="C2611-9999")

    assert not is_valid(received.signatures.get(party="driver"))


def test_another_revision_voids_the_signature(received):
    ShippingNote.objects.filter(pk=received.pk).update(revision=2)

    assert not is_valid(received.signatures.get(party="driver"))


def test_another_name_or_stroke_voids_the_signature(received):
    signature = received.signatures.get(party="driver")

    signature.name = "別人"
    assert not is_valid(signature)

    signature.name, signature.path = "周建軍", "M0 0L90 90"
    assert not is_valid(signature)


def test_quantities_read_back_from_the_database_give_the_same_hash(received):
    # 6 and 6.000 are one quantity, whichever form a database gives back.
    received.lines.filter(line_no=20).update(received_sound=Decimal("6.000"))

    assert is_valid(received.signatures.get(party="receiver"))


# ---- strokes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "M24 34L70 27M47 29L38 81",
        "M 24 34 L 70 27 M 47 29 L 38 81",
        "  M24 34 L70 27 M47 29 L38 81 ",
    ],
)
def test_strokes_are_read_and_written_anew(text):
    assert read_path(text) == "M24 34L70 27M47 29L38 81"


@pytest.mark.parametrize(
    "text",
    [
        'M0 0L90 90"/><script>alert(1)</script>',
        "M0 0L90 90Z",
        "M0 0C1 1 2 2 90 90",
        "m0 0l90 90",
        "L0 0L90 90",
        "M0 0L-90 90",
        "M0 0L90.5 90",
        "M0 0L9000 90",
        "M0 0L301 90",
        "M0 0L90 113",
        "M0 0,L90 90",
        "M٠ ٠L٩٠ ٩٠",
        "M0 0\nL90 90",
        "url(#x)",
        "M",
        "",
        "M0 0L1 1",
        "M5 5L5 5M9 9L9 9",
        "M0 0" + "L10 10L90 90" * 2000,
    ],
)
def test_anything_but_strokes_is_refused_and_never_repeated(text):
    with pytest.raises(RuleViolation) as refusal:
        read_path(text)

    assert refusal.value.field == "path"
    assert "script" not in str(refusal.value)


def page_of(note, client, user) -> str:
    client.force_login(user)
    return client.get(note.get_absolute_url()).content.decode()


def test_the_page_says_that_both_signatures_hold(received, client, sales_clerk):
    page = page_of(received, client, sales_clerk)

    assert page.count("簽名有效") == 2
    assert "簽名已失效" not in page


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({"name": "離心泵"}, 0),
        ({"receipt_remark": "外箱破損"}, 1),  # the driver signed what was loaded
    ],
    ids=["line", "receipt"],
)
def test_the_page_warns_of_a_signature_whose_lines_were_changed(
    received, client, sales_clerk, change, held
):
    ShippingNoteLine.objects.filter(note=received, line_no=10).update(**change)

    page = page_of(received, client, sales_clerk)

    assert page.count("簽名有效") == held
    assert page.count("簽名已失效") == 2 - held


def test_the_page_judges_a_signature_as_the_check_of_the_rows_does(received, client, sales_clerk):
    LineSerial.objects.filter(line__note=received).update(fate="damaged")

    page = page_of(received, client, sales_clerk)

    held = [is_valid(each) for each in received.signatures.all()]
    assert (page.count("簽名有效"), page.count("簽名已失效")) == (
        held.count(True),
        held.count(False),
    )
    assert sorted(held) == [False, True]


@pytest.mark.parametrize("is_deputy", [False, True], ids=["leader", "deputy"])
def test_the_first_page_of_a_process_costs_at_most_12_queries(
    received, client, leader, sales_manager, is_deputy, django_assert_max_num_queries
):
    Company.objects.create(pk=1, name="浙江盛邦泵業有限公司", short_name="盛邦")
    moment = timezone.now()
    Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=moment - timedelta(hours=1),
        ends_at=moment + timedelta(hours=1), created_by=leader, created_at=moment,
    )  # fmt: skip
    client.force_login(sales_manager if is_deputy else leader)
    ContentType.objects.clear_cache()

    with django_assert_max_num_queries(12):
        page = client.get(received.get_absolute_url()).content.decode()

    assert "簽名有效" in page
