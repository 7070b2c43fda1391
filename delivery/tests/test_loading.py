"""3.2.2 裝車時司機點數，並在出庫單或送貨單上簽字."""

from datetime import timedelta
from decimal import Decimal

import pytest

from aftersales.core import attachments, audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.core.tests.racing import race
from delivery.actions import LinkGone, load_note, recheck_note
from delivery.models import LoadingCount, ShippingNote, Signature
from delivery.tests.floor import STROKES, all_loaded, line_of, load_link, photo, receive_link

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="issued")


def load(note, now, link=None, **facts) -> ShippingNote:
    facts.setdefault("counts", all_loaded(note))
    facts.setdefault("name", "周建軍")
    facts.setdefault("path", STROKES)
    return load_note(note, link=link or load_link(note, now), now=now, **facts)


def counts_with(note, line_no, quantity) -> dict[int, Decimal]:
    return all_loaded(note) | {line_of(note, line_no).pk: Decimal(quantity)}


# ---- all right ------------------------------------------------------------------------------


def test_the_driver_signs_and_the_note_is_on_its_way(note, now):
    note = load(note, now, vehicle_no="浙j 8k216", phone="138 0676 2150")

    assert (note.state, note.departed_at) == ("in_transit", now)
    assert (note.driver_name, note.driver_phone) == ("周建軍", "138 0676 2150")
    assert note.vehicle_no == "浙J 8K216"
    assert [line.loaded_quantity for line in note.lines.all()] == [2, 6]
    signature = note.signatures.get()
    assert (signature.party, signature.means, signature.path) == ("driver", "screen", STROKES)
    assert audit.timeline(note)[0].actor_name == "司機 周建軍"


def test_the_drivers_link_is_used_and_the_customers_opens_for_thirty_days(note, now):
    link = load_link(note, now)

    note = load(note, now, link)

    link.refresh_from_db()
    assert link.used_at == now
    opened = public_links.current_link(note, "receive", now=now)
    assert opened.expires_at == now + timedelta(days=30)


def test_a_photo_of_the_signature_does_where_none_is_drawn(note, now):
    note = load(note, now, path="", photo=photo("sign.jpg"))

    assert note.signatures.get().means == "photo"
    kept = attachments.of(note)
    assert [(each.purpose, each.uploaded_by_name) for each in kept] == [
        ("driver_signature", "周建軍")
    ]


def test_strokes_and_a_photo_are_both_kept(note, now):
    note = load(note, now, photo=photo("sign.jpg"))

    signature = note.signatures.get()
    assert (signature.means, signature.path) == ("screen", STROKES)
    assert [each.name for each in attachments.of(note)] == ["sign.jpg"]


def test_departure_is_told_to_the_issuer(note, now):
    load(note, now)

    assert Notice.objects.filter(recipient=note.issuer, title=f"已裝車發出：{note.number}").exists()


# ---- a difference ---------------------------------------------------------------------------


def test_with_a_difference_nothing_leaves_and_the_counts_are_kept(note, now):
    link = load_link(note, now)

    note = load(note, now, link, counts=counts_with(note, 20, 5), path="")

    assert (note.state, note.departed_at) == ("issued", None)
    assert [line.loaded_quantity for line in note.lines.all()] == [None, None]
    kept = LoadingCount.objects.values_list("line__line_no", "attempt", "counted_quantity")
    assert list(kept) == [(10, 1, 2), (20, 1, 5)]
    assert not Signature.objects.exists()
    link.refresh_from_db()
    assert link.used_at is None


def test_a_difference_is_told_at_once_to_the_warehouse_side(
    note, now, shipping_clerk, logistics_clerk, warehouse_keeper
):
    load(note, now, counts=counts_with(note, 20, 5))

    told = Notice.objects.filter(title=f"裝車點數不符，不能發車：{note.number}")
    assert {notice.recipient for notice in told} == {
        shipping_clerk, logistics_clerk, warehouse_keeper,
    }  # fmt: skip
    assert all(notice.is_urgent for notice in told)
    assert "第 20 行 機械密封：核對 6 套，裝車 5 套" in told[0].body


def test_the_driver_counts_again_and_leaves(note, now):
    link = load_link(note, now)
    load(note, now, link, counts=counts_with(note, 20, 5))

    note = load(note, now, link)

    assert note.state == "in_transit"
    assert sorted(set(LoadingCount.objects.values_list("attempt", flat=True))) == [1, 2]


def test_after_twenty_counts_that_differ_the_warehouse_must_look(note, now):
    link = load_link(note, now)
    for _attempt in range(20):
        load(note, now, link, counts=counts_with(note, 20, 5))

    with pytest.raises(RuleViolation, match="已點 20 次仍未相符"):
        load(note, now, link, counts=counts_with(note, 20, 5))


# ---- refused --------------------------------------------------------------------------------


def test_every_line_must_be_counted(note, now):
    line = line_of(note, 20)
    counts = all_loaded(note)
    del counts[line.pk]

    with pytest.raises(RuleViolation, match="第 20 行 機械密封 還沒有點數") as refusal:
        load(note, now, counts=counts)

    assert refusal.value.field == f"line_{line.pk}"
    assert not LoadingCount.objects.exists()


@pytest.mark.parametrize("quantity", ["-1", "NaN", "1.0001", "1e99", "很多"])
def test_an_odd_quantity_is_refused(note, now, quantity):
    counts = {line.pk: quantity for line in note.lines.all()}

    with pytest.raises(RuleViolation, match="裝車數量要是 0 或更大的數"):
        load(note, now, counts=counts)


def test_no_departure_without_a_signature(note, now):
    with pytest.raises(RuleViolation, match="請在框內簽名") as refusal:
        load(note, now, path="")

    assert refusal.value.field == "path"
    assert ShippingNote.objects.get(pk=note.pk).state == "issued"


def test_no_departure_without_a_name(note, now):
    with pytest.raises(RuleViolation, match="請填寫姓名") as refusal:
        load(note, now, name=" ")

    assert refusal.value.field == "name"


def test_a_used_link_is_gone(note, now):
    link = load_link(note, now)
    load(note, now, link)

    with pytest.raises(LinkGone):
        load(note, now, link)

    assert note.signatures.count() == 1


def test_a_link_of_another_note_or_purpose_opens_nothing(note, make_note, now):
    other = make_note(now, state="issued")

    with pytest.raises(LinkGone):
        load(note, now, load_link(other, now))
    with pytest.raises(LinkGone):
        load(note, now, receive_link(note, now))


def test_a_link_lasts_to_its_end_and_not_a_second_more(note, now):
    link = load_link(note, now)

    with pytest.raises(LinkGone):
        load(note, now + timedelta(hours=24), link)
    assert load(note, now + timedelta(hours=24, seconds=-1), link).state == "in_transit"


@pytest.mark.parametrize("state", ["verified", "withdrawn", "in_transit"])
def test_an_open_link_to_a_note_at_another_step_opens_nothing(note, now, state):
    link = load_link(note, now)
    ShippingNote.objects.filter(pk=note.pk).update(state=state)

    with pytest.raises(LinkGone):
        load(note, now, link)


def test_a_note_that_is_rechecked_meanwhile_is_not_loaded(note, warehouse_keeper, now):
    link = load_link(note, now)
    recheck_note(note, actor=warehouse_keeper, now=now, reason="換托盤")

    with pytest.raises(LinkGone):
        load(note, now, link)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_drivers_at_the_same_moment_one_signs(make_note, now):
    for _turn in range(10):
        note = make_note(now, state="issued")
        link = load_link(note, now)

        outcomes = race([lambda note=note, link=link: load(note, now, link)] * 4)

        done = [each for each in outcomes if isinstance(each, ShippingNote)]
        gone = [each for each in outcomes if isinstance(each, LinkGone)]
        assert (len(done), len(gone)) == (1, 3), outcomes
        assert note.signatures.count() == 1
        assert LoadingCount.objects.filter(line__note=note).count() == 2
