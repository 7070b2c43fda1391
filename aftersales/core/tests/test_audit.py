"""The audit trail is append-only, and verify_audit names the first broken row."""

import json
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from aftersales.core import audit, audit_triggers
from aftersales.core.models import AuditEntry, AuditSeal


@pytest.fixture
def papers(make_note, now):
    return [make_note(now) for _ in range(3)]


@pytest.fixture
def trail(papers, sales_clerk, now):
    """Three chains of four entries, sealed once after the third entry."""
    for paper in papers:
        for event in ("created", "edited", "submitted"):
            audit.record(
                paper, f"x.{event}", actor=sales_clerk, now=now, clause="3.1.3", 說明="一 二"
            )
    audit.seal(now=now)
    for paper in papers:
        audit.record(paper, "x.released", actor=sales_clerk, now=now, clause="3.1.3")
    return papers


def execute(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(statement: str, *values) -> None:
    """Change rows as somebody could who owns the database."""
    audit_triggers.drop(connection)
    try:
        execute(statement, *values)
    finally:
        audit_triggers.create(connection)


def test_an_entry_says_who_what_when_by_which_clause_and_more(papers, sales_clerk, now):
    audit.record(
        papers[0], "x.edited", actor=sales_clerk, now=now, clause="3.1.3", was="甲", is_now=["乙"]
    )

    (entry,) = audit.timeline(papers[0])
    assert (entry.event, entry.clause, entry.at) == ("x.edited", "3.1.3", now)
    assert (entry.actor, entry.actor_name) == (sales_clerk, "銷售內勤")
    assert entry.data == {"was": "甲", "is_now": ["乙"]}


def test_many_chains_grow_by_one_entry_each_as_if_written_one_by_one(
    papers, sales_clerk, now, django_assert_max_num_queries
):
    audit.record(papers[0], "x.created", actor=sales_clerk, now=now)

    with django_assert_max_num_queries(3):
        written = audit.record_many(
            [(paper, {"file": "登記.xlsx", "day": now.date()}) for paper in papers],
            "x.imported", actor=sales_clerk, now=now, clause="3.1.3",
        )  # fmt: skip

    newest = [audit.timeline(paper)[0] for paper in papers]
    assert written == 3
    assert [entry.sequence for entry in newest] == [2, 1, 1]
    assert newest[0].previous_hash == audit.timeline(papers[0])[1].hash
    assert newest[1].data == {"file": "登記.xlsx", "day": now.date().isoformat()}
    assert all(map(audit.is_intact, papers))
    assert audit.seal(now=now).heads.count() == 3
    assert not audit.verify().broken


def test_nothing_to_record_is_no_entry(sales_clerk, now):
    assert audit.record_many([], "x.imported", actor=sales_clerk, now=now) == 0


def test_somebody_without_a_login_is_named(papers, now):
    entry = audit.record(papers[0], "x.signed", actor="司機 周建軍", now=now)

    assert (entry.actor, entry.actor_name) == (None, "司機 周建軍")


def test_a_rolled_back_action_leaves_no_entry(papers, sales_clerk, now):
    with transaction.atomic():
        audit.record(papers[0], "x.edited", actor=sales_clerk, now=now)
        transaction.set_rollback(True)

    assert audit.timeline(papers[0]) == []


def test_entries_of_a_document_form_a_chain_of_its_own(trail):
    for paper in trail:
        entries = list(reversed(audit.timeline(paper)))
        assert [entry.sequence for entry in entries] == [1, 2, 3, 4]
        assert entries[0].previous_hash == ""
        for before, after in pairwise(entries):
            assert after.previous_hash == before.hash
        assert audit.is_intact(paper)


def test_an_untouched_trail_is_intact(trail):
    verdict = audit.verify()

    assert (verdict.entries, verdict.chains, verdict.seals, verdict.broken) == (12, 3, 1, "")


@pytest.mark.parametrize("table", audit_triggers.TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_change_or_delete(trail, table, statement):
    with pytest.raises(Error, match="append-only"):
        execute(statement.format(table=table))

    assert AuditEntry.objects.count() == 12


@pytest.mark.postgresql
@pytest.mark.parametrize("table", audit_triggers.TABLES)
def test_the_database_itself_refuses_to_truncate(trail, table):
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the fixture wrote is checked and settled

    with pytest.raises(Error, match="append-only"):
        execute(f"TRUNCATE {table} CASCADE")

    assert AuditEntry.objects.count() == 12


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "x.cancelled"),
        ("actor_name", "別人"),
        ("clause", "9"),
        ("on_behalf_of", "別人"),
        ("at", "2026-11-24 06:20:01+00:00"),
        ("data", '{"說明": "二 一"}'),
        ("hash", "0" * 64),
        ("previous_hash", "0" * 64),
    ],
)
def test_a_changed_value_is_found_and_the_row_named(trail, column, value):
    row = AuditEntry.objects.filter(object_id=trail[1].pk)[1]

    tamper(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", value, row.pk)

    broken = audit.verify().broken
    assert broken.startswith(f"entry {row.pk}: ")
    assert not audit.is_intact(trail[1])
    assert audit.is_intact(trail[0])


def test_a_row_put_elsewhere_leaves_a_gap_that_is_found(trail):
    second, third = AuditEntry.objects.filter(object_id=trail[0].pk)[1:3]

    tamper("UPDATE core_auditentry SET sequence = 9 WHERE id = %s", second.pk)

    assert audit.verify().broken.startswith(f"entry {third.pk}: ")


def test_a_row_taken_out_of_the_middle_is_found(trail):
    second, third = AuditEntry.objects.filter(object_id=trail[0].pk)[1:3]

    tamper("DELETE FROM core_auditentry WHERE id = %s", second.pk)

    assert audit.verify().broken.startswith(f"entry {third.pk}: ")


def test_a_tail_cut_off_after_a_seal_is_found(trail):
    tamper("DELETE FROM core_auditentry WHERE object_id = %s AND sequence >= 3", trail[2].pk)

    assert audit.verify().broken.endswith(f"{trail[2].pk} #3 is gone")


def test_a_whole_chain_gone_after_a_seal_is_found(trail):
    tamper("DELETE FROM core_auditentry WHERE object_id = %s", trail[2].pk)

    assert audit.verify().broken.endswith(f"{trail[2].pk} #3 is gone")


def test_a_chain_written_anew_does_not_fit_its_seal(trail, sales_clerk, now):
    tamper("DELETE FROM core_auditentry WHERE object_id = %s", trail[2].pk)
    for number in range(4):
        audit.record(trail[2], f"x.invented{number}", actor=sales_clerk, now=now)

    assert "is gone" in audit.verify().broken


def test_a_changed_seal_is_found(trail, now):
    seal = AuditSeal.objects.get()

    tamper("UPDATE core_auditseal SET last_entry_id = 1 WHERE id = %s", seal.pk)

    assert audit.verify().broken == f"seal {seal.pk}"


def test_a_seal_taken_out_is_found(trail, sales_clerk, now):
    audit.seal(now=now)
    audit.record(trail[0], "x.noted", actor=sales_clerk, now=now)
    last = audit.seal(now=now)
    middle = AuditSeal.objects.order_by("pk")[1]

    tamper("DELETE FROM core_auditsealhead WHERE seal_id = %s", middle.pk)
    tamper("DELETE FROM core_auditseal WHERE id = %s", middle.pk)

    assert audit.verify().broken == f"seal {last.pk}"


def test_the_sweep_seals_only_what_grew(trail, sales_clerk, now):
    second = audit.seal(now=now)

    assert second.heads.count() == 3
    assert audit.seal(now=now) is None
    audit.record(trail[0], "x.noted", actor=sales_clerk, now=now)
    assert audit.seal(now=now).heads.count() == 1


def run(*arguments) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_tells_what_holds_and_what_is_broken(trail):
    assert run() == (0, "intact: 12 entries in 3 chains, 1 seals\n", "")
    row = AuditEntry.objects.filter(object_id=trail[1].pk)[1]
    tamper("UPDATE core_auditentry SET event = 'y' WHERE id = %s", row.pk)

    code, _out, err = run()

    assert code == 1
    assert err.startswith(f"broken: entry {row.pk}: ")


def test_the_command_speaks_json(trail):
    assert json.loads(run("--json")[1]) == {
        "entries": 12, "chains": 3, "seals": 1, "intact": True,
    }  # fmt: skip
    row = AuditEntry.objects.filter(object_id=trail[1].pk)[1]
    tamper("UPDATE core_auditentry SET event = 'y' WHERE id = %s", row.pk)

    code, out, _err = run("--json")

    assert code == 1
    assert json.loads(out)["intact"] is False
    assert json.loads(out)["broken"].startswith(f"entry {row.pk}: ")
