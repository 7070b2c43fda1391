"""The audit trail on a page, in the words of the house, for whoever may see the document."""

import pytest
from django.urls import reverse

from aftersales.core import audit, audit_triggers, timeline


@pytest.fixture
def note(make_note, now, sales_clerk):
    note = make_note(now)
    audit.record(note, "attachment.added", actor=sales_clerk, now=now, name="現場.jpg")
    audit.record(note, "x.unnamed", actor="司機 周建軍", now=now, clause="3.2.2", reason="路上堵車")
    return note


def page_of(client, note, user):
    client.force_login(user)
    return client.get(reverse("audit_timeline", args=["delivery.shippingnote", note.pk]))


def test_a_line_says_who_what_and_with_what(note):
    newest, oldest = timeline.lines_of(note)

    assert (oldest.who, oldest.text, oldest.note) == ("銷售內勤", "上傳附件", "現場.jpg")
    assert (newest.who, newest.text, newest.clause, newest.note) == (
        "司機 周建軍", "x.unnamed", "3.2.2", "路上堵車",
    )  # fmt: skip


def test_a_deputy_is_shown_with_the_absent_person(note, now, sales_clerk):
    entry = audit.record(note, "x.released", actor=sales_clerk, now=now)
    entry.on_behalf_of = "王淑芬"

    assert timeline._line(entry).who == "銷售內勤（代 王淑芬）"


def test_whoever_may_see_the_document_sees_its_trail(client, note, sales_clerk):
    html = page_of(client, note, sales_clerk).content.decode()

    assert "上傳附件" in html
    assert "鏈完整，2 條記錄" in html


def test_whoever_may_see_all_trails_sees_it(client, note, general_manager):
    assert page_of(client, note, general_manager).status_code == 200


def test_for_everybody_else_it_is_not_there(client, note, salesperson, service_engineer):
    for user in (salesperson, service_engineer):
        assert page_of(client, note, user).status_code == 404


@pytest.mark.parametrize("label", ["sessions.session", "core.auditentry", "no.such", "nonsense"])
def test_what_is_no_document_has_no_page(client, general_manager, label):
    client.force_login(general_manager)

    assert client.get(f"/audit/{label}/1/").status_code == 404


def test_a_broken_chain_is_said_loudly(client, note, general_manager):
    from django.db import connection

    audit_triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET actor_name = 'x' WHERE sequence = 1")
    audit_triggers.create(connection)

    assert "記錄鏈斷了" in page_of(client, note, general_manager).content.decode()
