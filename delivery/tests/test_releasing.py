"""3.1.3 「發貨單」經分管領導簽字後方可發貨: signed by a leader who is not the issuer."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from aftersales.accounts.models import Leave
from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry, Notice
from delivery import todo
from delivery.actions import refuse_note, release_note, send_back_note
from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("3.1.3")


@pytest.fixture
def submitted(make_note, sales_clerk, now) -> ShippingNote:
    return make_note(now, state="submitted", issuer=sales_clerk)


@pytest.fixture
def away(db):
    """away(absent, deputy): the absent person's leave of these days names the deputy."""

    def make(absent, deputy) -> Leave:
        moment = timezone.now()
        return Leave.objects.create(
            user=absent,
            deputy=deputy,
            starts_at=moment - timedelta(days=1),
            ends_at=moment + timedelta(days=1),
            created_by=absent,
            created_at=moment,
        )

    return make


def test_a_leader_releases_and_the_warehouse_is_told(submitted, leader, warehouse_keeper, now):
    note = release_note(submitted, actor=leader, now=now)

    assert (note.state, note.released_by, note.released_at) == ("released", leader, now)
    assert timeline(note)[0].clause == "3.1.3"
    told = Notice.objects.filter(key__startswith="shippingnote.released")
    assert {notice.recipient for notice in told} == {warehouse_keeper, note.issuer}


def test_the_issuer_does_not_release(make_note, make_user, now):
    both = make_user("leader", "sales_clerk")
    note = make_note(now, state="submitted", issuer=both)

    with pytest.raises(RuleViolation, match="簽發人不能是制單人"):
        release_note(note, actor=both, now=now)


def test_the_database_itself_forbids_it(submitted, sales_clerk):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShippingNote.objects.filter(pk=submitted.pk).update(released_by=sales_clerk)


@pytest.mark.parametrize("role", ["sales_clerk", "sales_manager", "warehouse_keeper"])
def test_others_do_not_release(submitted, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        release_note(submitted, actor=make_user(role), now=now)


def test_the_deputy_of_a_leader_on_leave_releases_and_it_is_marked(submitted, make_user, away, now):
    absent, deputy = make_user("leader", name="鄭國棟"), make_user("sales_manager")
    away(absent, deputy)

    note = release_note(submitted, actor=deputy, now=now)

    assert (note.released_by, note.released_for) == (deputy, "鄭國棟")
    assert timeline(note)[0].on_behalf_of == "鄭國棟"


def test_a_leader_in_person_is_not_marked_as_a_deputy(submitted, leader, make_user, away, now):
    away(make_user("leader"), leader)

    assert release_note(submitted, actor=leader, now=now).released_for == ""


def test_a_deputy_who_is_the_issuer_does_not_release(submitted, make_user, away, now):
    away(make_user("leader"), submitted.issuer)
    issuer = type(submitted.issuer).objects.get(pk=submitted.issuer_id)

    with pytest.raises(RuleViolation, match="簽發人不能是制單人"):
        release_note(submitted, actor=issuer, now=now)


def test_for_a_leader_who_is_the_issuer_no_deputy_releases(make_note, make_user, away, now):
    absent, deputy = make_user("leader", "sales_clerk"), make_user("sales_manager")
    away(absent, deputy)
    note = make_note(now, state="submitted", issuer=absent)

    with pytest.raises(RuleViolation, match="簽發人不能是制單人"):
        release_note(note, actor=deputy, now=now)


@pytest.mark.parametrize("issuer_first", [True, False])
def test_a_deputy_of_two_leaders_releases_for_the_one_who_is_not_the_issuer(
    make_note, make_user, away, now, issuer_first
):
    leaders = [make_user("leader", "sales_clerk"), make_user("leader", name="鄭國棟")]
    if not issuer_first:
        leaders = [make_user("leader", name="鄭國棟"), make_user("leader", "sales_clerk")]
    issuer = leaders[0 if issuer_first else 1]
    deputy = make_user("sales_manager")
    for absent in leaders:
        away(absent, deputy)
    note = make_note(now, state="submitted", issuer=issuer)
    waiting = [(task.verb, task.on_behalf_of) for task in todo.tasks(deputy, now)]

    note = release_note(note, actor=deputy, now=now)

    assert ("簽發", "鄭國棟") in waiting
    assert (note.released_by, note.released_for) == (deputy, "鄭國棟")
    assert timeline(note)[0].on_behalf_of == "鄭國棟"


@pytest.mark.parametrize("verb", [send_back_note, refuse_note])
def test_it_is_turned_down_for_the_one_who_is_not_the_issuer_too(
    make_note, make_user, away, now, verb
):
    issuer, other = make_user("leader", "sales_clerk"), make_user("leader", name="鄭國棟")
    deputy = make_user("sales_manager")
    for absent in (issuer, other):
        away(absent, deputy)
    note = make_note(now, state="submitted", issuer=issuer)

    note = verb(note, actor=deputy, now=now, reason="單價與合同不符")

    assert timeline(note)[0].on_behalf_of == "鄭國棟"


@pytest.mark.clause("3.1.2")
def test_without_an_arrangement_it_is_refused(submitted, leader, now):
    ShippingNote.objects.filter(pk=submitted.pk).update(scheduled_at=None)

    with pytest.raises(RuleViolation, match="業務員還沒有安排"):
        release_note(submitted, actor=leader, now=now)


def test_what_has_changed_since_it_was_looked_at_is_not_released(submitted, leader, now):
    ShippingNote.objects.filter(pk=submitted.pk).update(version=4)

    with pytest.raises(RuleViolation, match="第 3 版，現在是第 4 版"):
        release_note(submitted, actor=leader, now=now, version=3)

    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert release_note(submitted, actor=leader, now=now, version=4).state == "released"


def test_a_second_release_is_refused_and_leaves_one_row(submitted, leader, make_user, now):
    release_note(submitted, actor=leader, now=now)

    with pytest.raises(RuleViolation, match="已簽發"):
        release_note(submitted, actor=make_user("leader"), now=now)

    rows = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(submitted),
        object_id=submitted.pk,
        event="shippingnote.released",
    )
    assert rows.count() == 1


def test_sending_back_makes_a_draft_again_and_tells_the_issuer_why(submitted, leader, now):
    note = send_back_note(submitted, actor=leader, now=now, reason="單價與合同不符")

    assert (note.state, note.number) == ("draft", submitted.number)
    assert note.reason == "單價與合同不符"
    notice = Notice.objects.get(recipient=note.issuer)
    assert "單價與合同不符" in notice.body


def test_refusing_ends_the_note_with_the_reason(submitted, leader, now):
    note = refuse_note(submitted, actor=leader, now=now, reason="客戶信用額度已滿")

    assert (note.state, note.reason) == ("refused", "客戶信用額度已滿")
    assert Notice.objects.filter(recipient=note.issuer).exists()


@pytest.mark.parametrize("verb", [send_back_note, refuse_note])
@pytest.mark.parametrize("reason", ["", "　", "不"])
def test_both_want_a_reason(submitted, leader, now, verb, reason):
    with pytest.raises(RuleViolation, match="至少 2 個字") as refusal:
        verb(submitted, actor=leader, now=now, reason=reason)

    assert refusal.value.field == "reason"
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


@pytest.mark.parametrize("verb", [send_back_note, refuse_note])
def test_what_is_released_is_neither_sent_back_nor_refused(make_note, leader, now, verb):
    with pytest.raises(RuleViolation, match="已簽發"):
        verb(make_note(now, state="released"), actor=leader, now=now, reason="想了想")
