"""3.2.2 有差異或質量問題，客戶先與業務員聯絡: reported before anything is unloaded or signed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery import arrivals
from delivery.actions import LinkGone, ReportChanged
from delivery.models import ArrivalReport, LineSerial, ShippingNote
from delivery.tests.floor import (
    all_sound,
    confirm,
    line_of,
    photo,
    receipts_with,
    receive_link,
    report,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now, salesperson):
    return make_note(now, state="in_transit", salesperson=salesperson)


@pytest.fixture
def pumps(note) -> list[str]:
    return [serial.serial_no for serial in LineSerial.objects.filter(line__note=note)]


def damp(note, **more):
    return receipts_with(note, 20, sound=4, damaged=2, damage_kind="damp", remark="箱底濕", **more)


# ---- what is kept ---------------------------------------------------------------------------


def test_what_is_found_of_every_line_is_kept_and_the_note_has_arrived(note, now):
    told = report(note, now, receipts=damp(note))

    assert (told.attempt, told.state, told.means) == (1, "reported", "link")
    assert (told.reporter, told.phone, told.reported_at) == ("王志明", "139 5743 2208", now)
    lines = told.lines.values_list("sound", "damaged", "short", "refused", "damage_kind", "remark")
    assert list(lines) == [(2, 0, 0, 0, "", ""), (4, 2, 0, 0, "damp", "箱底濕")]
    note.refresh_from_db()
    assert (note.state, note.arrived_at) == ("delivered", now)
    assert line_of(note, 20).received_sound is None, "nothing is received before it is signed"


def test_the_link_stays_open(note, now):
    link = receive_link(note, now)

    report(note, now, link=link, receipts=damp(note))

    link.refresh_from_db()
    assert link.used_at is None


def test_each_serial_has_its_fate_and_the_quantities_follow(note, pumps, now):
    told = report(
        note, now, receipts=receipts_with(note, 10, fates={pumps[0]: "damaged", pumps[1]: "sound"})
    )

    line = told.lines.get(line__line_no=10)
    assert (line.sound, line.damaged) == (1, 1)
    assert line.fates == {pumps[0]: "damaged", pumps[1]: "sound"}


def test_fractions_add_up_exactly(note, now):
    third = Decimal("0.3")
    note.lines.filter(line_no=20).update(
        quantity=third, verified_quantity=third, loaded_quantity=third
    )

    told = report(note, now, receipts=receipts_with(note, 20, sound="0.1", damaged="0.2"))

    assert told.lines.get(line__line_no=20).damaged == Decimal("0.2")


def test_photos_hang_on_the_note_by_attempt_and_line(note, now):
    report(note, now, receipts=damp(note, photos=(photo("seal.jpg"),)), photos=[photo("truck.jpg")])

    kept = [(each.name, each.purpose) for each in attachments.of(note)]
    assert kept == [("truck.jpg", "arrival_1"), ("seal.jpg", "arrival_1_20")]
    photos = arrivals.photos(note)
    assert {line_no: [each.name for each in found] for line_no, found in photos.items()} == {
        0: ["truck.jpg"],
        20: ["seal.jpg"],
    }


# ---- who hears of it ------------------------------------------------------------------------


def test_salesperson_manager_and_issuer_are_told_at_once_with_the_number_to_call(
    note, sales_manager, logistics_clerk, now
):
    report(note, now, receipts=damp(note))

    told = Notice.objects.filter(title=f"到貨異常，請確認卸貨或退回：{note.number}")
    assert {notice.recipient for notice in told} == {note.salesperson, sales_manager, note.issuer}
    assert all(notice.is_urgent for notice in told)
    assert "王志明 回報，電話 139 5743 2208" in told[0].body
    assert "第 20 行 機械密封：受潮 2 套，箱底濕" in told[0].body
    assert told[0].url == f"/delivery/notes/{note.number}/arrival/confirm/"


def test_where_the_note_names_nobody_the_customers_salesperson_is_told(
    make_note, make_customer, salesperson, now
):
    customer = make_customer("臺州路橋給水有限公司", salesperson=salesperson)
    note = make_note(now, state="in_transit", customer=customer)

    report(note, now, receipts=damp(note))

    assert Notice.objects.filter(recipient=salesperson, is_urgent=True).exists()


def test_the_report_stands_in_the_audit_trail(note, now):
    report(note, now, receipts=damp(note))

    entry = audit.timeline(note)[0]
    assert (entry.event, entry.actor_name) == ("shippingnote.arrival_reported", "收貨人 王志明")
    assert entry.data["differences"] == ["第 20 行 機械密封：受潮 2 套，箱底濕"]


# ---- by telephone ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["sales_clerk", "salesperson", "sales_manager", "logistics_clerk", "shipping_clerk"]
)
def test_our_people_write_down_what_was_said_on_the_phone(make_note, request, role, now):
    actor = request.getfixturevalue(role)
    note = make_note(now, state="in_transit", salesperson=request.getfixturevalue("salesperson"))

    told = report(note, now, actor=actor, receipts=damp(note))

    assert (told.means, told.recorded_by) == ("call", actor)
    assert ShippingNote.objects.get(pk=note.pk).state == "delivered"
    assert not Notice.objects.filter(recipient=actor).exists(), "who did it needs no notice"


def test_a_keeper_may_not_write_it_down(note, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="沒有「登記到貨異常」的權限"):
        report(note, now, actor=warehouse_keeper, receipts=damp(note))


# ---- refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "eaten"])
def test_damage_needs_a_kind(note, now, kind):
    receipts = receipts_with(note, 20, sound=5, damaged=1, damage_kind=kind)

    with pytest.raises(RuleViolation, match="請選第 20 行損壞的情形：受潮、破損或其他") as refusal:
        report(note, now, receipts=receipts)

    assert refusal.value.field == f"kind_{line_of(note, 20).pk}"
    assert ShippingNote.objects.get(pk=note.pk).state == "in_transit"


def test_a_sum_that_is_not_what_was_loaded_is_refused(note, now):
    with pytest.raises(RuleViolation, match="= 5 套，裝車是 6 套"):
        report(note, now, receipts=receipts_with(note, 20, sound=4, damaged=1))

    assert not ArrivalReport.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"sound": 1, "damaged": 1}, "第 10 行有序列號，請逐個選"),
        ({"fates": {"first": "sound"}}, "是完好、損壞、短少還是質量拒收"),
        ({"fates": {"first": "sound", "second": "eaten"}}, "是完好、損壞、短少還是質量拒收"),
        ({"fates": {"first": "sound", "X-1": "sound"}}, "序列號 X-1 不在第 10 行"),
    ],
)
def test_serials_without_a_clear_fate_are_refused(note, pumps, now, facts, sentence):
    names = {"first": pumps[0], "second": pumps[1]}
    if "fates" in facts:
        facts = {"fates": {names.get(name, name): fate for name, fate in facts["fates"].items()}}

    with pytest.raises(RuleViolation, match=sentence):
        report(note, now, receipts=receipts_with(note, 10, **facts))


def test_where_all_is_well_there_is_nothing_to_report(note, now):
    with pytest.raises(RuleViolation, match="沒有要回報的；請直接簽收"):
        report(note, now, receipts=all_sound(note))


@pytest.mark.parametrize(
    ("facts", "field"), [({"reporter": " "}, "name"), ({"phone": ""}, "phone")]
)
def test_who_reports_can_be_called_back(note, now, facts, field):
    with pytest.raises(RuleViolation) as refusal:
        report(note, now, receipts=damp(note), **facts)

    assert refusal.value.field == field


@pytest.mark.parametrize("state", ["issued", "signed", "closed"])
def test_only_what_is_on_its_way_or_has_arrived_is_reported(make_note, sales_clerk, now, state):
    note = make_note(now, state=state)

    with pytest.raises(RuleViolation, match="到貨異常只在發車之後、客戶簽收之前登記"):
        report(note, now, actor=sales_clerk, receipts=damp(note))
    with pytest.raises(LinkGone):
        report(note, now, receipts=damp(note))


# ---- anew -----------------------------------------------------------------------------------


def test_a_correction_is_a_new_attempt_and_the_former_one_stays(note, now):
    report(note, now, receipts=damp(note))

    report(note, now + timedelta(minutes=5), receipts=receipts_with(note, 20, sound=5, short=1))

    attempts = note.arrival_reports.values_list("attempt", "state")
    assert list(attempts) == [(1, "superseded"), (2, "reported")]
    assert arrivals.current(note).attempt == 2


def test_after_our_decision_a_new_report_needs_a_new_confirmation(note, salesperson, now):
    report(note, now, receipts=damp(note))
    confirm(note, salesperson, now)

    report(note, now, receipts=receipts_with(note, 20, sound=3, damaged=3, damage_kind="damp"))

    assert arrivals.current(note).state == "reported"
    assert Notice.objects.filter(recipient=salesperson, title__startswith="到貨異常").count() == 2


def test_a_correction_may_say_that_all_is_well(note, now):
    report(note, now, receipts=damp(note))

    report(note, now, receipts=all_sound(note))

    assert audit.timeline(note)[0].data["differences"] == ["更正：每一行都完好"]


def test_who_saw_no_report_does_not_overwrite_one(note, now):
    report(note, now, receipts=damp(note), seen="")

    with pytest.raises(ReportChanged, match="王志明 剛才已回報（第 1 次）"):
        report(note, now, receipts=receipts_with(note, 20, sound=5, short=1), seen="")

    assert note.arrival_reports.count() == 1


def test_who_corrects_sees_first_that_we_have_decided(note, salesperson, now):
    report(note, now, receipts=damp(note))
    seen = arrivals.stamp(arrivals.current(note))
    confirm(note, salesperson, now)

    with pytest.raises(ReportChanged, match="剛才已確認第 1 次回報"):
        report(note, now, receipts=receipts_with(note, 20, sound=5, short=1), seen=seen)


def test_a_link_reports_twenty_times_and_our_people_go_on(note, sales_clerk, now):
    for _turn in range(20):
        report(note, now, receipts=damp(note))

    with pytest.raises(RuleViolation, match="已回報 20 次，請打電話與業務員談定"):
        report(note, now, receipts=damp(note))
    assert report(note, now, actor=sales_clerk, receipts=damp(note)).attempt == 21
