"""A sample company that feels real and tells one story: every state, and work for every role."""

import itertools
import json
from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from aftersales.accounts.models import Leave, User
from aftersales.accounts.roles import ROLES
from aftersales.core import audit, numbering, work
from aftersales.core.models import AuditEntry, Company, Notice
from aftersales.masterdata.models import Customer, Product, Unit
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import read_shipping_notes
from delivery.management.commands.sample_company import Command
from delivery.models import ContactLog, LineCount, ShippingNote
from delivery.sample import bulk, company
from delivery.sample.people import SAMPLE_PASSWORD
from delivery.sample.worktime import earlier
from delivery.tests.import_files import SAMPLES

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 6, 20, tzinfo=UTC)
State = ShippingNote.State


@pytest.fixture(scope="module")
def founded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The company, made once for this file and taken away after it."""
    files = tmp_path_factory.mktemp("sample")
    with django_db_blocker.unblock():
        with override_settings(
            MEDIA_ROOT=files,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ):
            company.found(now=NOW)
        yield
        Command()._empty()


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


def command(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def size() -> tuple[int, ...]:
    tables = (User, Customer, Product, Unit, ShippingNote, AuditEntry, Notice)
    return tuple(table.objects.count() for table in tables)


# --- what stands ----------------------------------------------------------------------------------


def test_the_audit_trail_is_whole(founded, db):
    verdict = audit.verify()

    assert verdict.broken == ""
    assert verdict.entries > 900


def test_every_state_of_a_shipping_note_is_there(founded, db):
    states = Counter(ShippingNote.objects.values_list("state", flat=True))

    assert set(states) == set(State.values)
    assert states[State.CLOSED] >= 25


def test_every_role_has_a_login(founded, db):
    held = {role for user in User.objects.active() for role in user.role_codes}

    assert held == set(ROLES)


@pytest.mark.parametrize(
    ("username", "verb"),
    [
        ("clerk", "提交簽發"),
        ("clerk", "修改後再提交"),
        ("clerk2", "修改後再提交"),
        ("quality", "登記終檢合格"),
        ("qualitymanager", "登記終檢合格"),
        ("salesperson", "安排交付"),
        ("salesperson2", "安排交付"),
        ("salesmanager", "歸檔簽收單"),
        ("leader", "簽發"),
        ("leader2", "簽發"),
        ("warehouse", "確認備貨通知"),
        ("warehouse", "開始核對"),
        ("warehouse", "繼續核對"),
        ("warehouse2", "調整差異"),
        ("logistics", "指定車輛與司機"),
        ("shipping", "出庫放行"),
    ],
)
def test_somebody_finds_the_next_step_among_the_open_work(founded, db, username, verb):
    user = User.objects.get(username=username)

    verbs = {task.verb for task in work.tasks_for(user, NOW) if not task.waits_for}

    assert verb in verbs


def test_the_salesperson_sees_what_is_on_the_road(founded, db):
    user = User.objects.get(username="salesperson")

    waiting = [task for task in work.tasks_for(user, NOW) if task.waits_for]

    assert waiting


def test_numbers_have_no_gap_and_follow_the_time(founded, db):
    notes = ShippingNote.objects.exclude(number="").filter(revision=1).order_by("number")

    for period, group in itertools.groupby(notes, key=lambda note: note.number[:9]):
        rows = list(group)
        assert [note.number for note in rows] == [
            f"{period}-{serial:04d}" for serial in range(1, len(rows) + 1)
        ]
        given = [
            AuditEntry.objects.filter(
                object_id=note.pk, event="shippingnote.submitted", data__number=note.number
            )
            .order_by("pk")
            .values_list("at", flat=True)[0]
            for note in rows
        ]
        assert given == sorted(given)


def test_what_happened_first_was_written_first(founded, db):
    entries = AuditEntry.objects.filter(event__startswith="shippingnote.").order_by("pk")
    submitted = entries.filter(event="shippingnote.submitted").values_list("at", flat=True)

    assert list(submitted) == sorted(submitted)


def test_nothing_happens_after_now_or_outside_of_the_story(founded, db):
    first, last = (AuditEntry.objects.order_by(order)[0].at for order in ("at", "-at"))

    assert last <= NOW
    assert first < earlier(NOW, 480 * 120)
    assert not ContactLog.objects.filter(at__gt=NOW).exists()
    assert not Notice.objects.filter(created_at__gt=NOW).exists()


def test_nobody_is_written_three_months_of_letters(founded, db):
    assert not Notice.objects.mail_due(datetime(2027, 1, 1, tzinfo=UTC)).exists()


def test_it_holds_the_customers_and_products_that_were_asked_for(founded, db):
    assert Customer.objects.filter(
        name__in=["寧波海曙水務設備有限公司", "台中精工股份有限公司", "蘇州吳江給排水工程有限公司"]
    ).count() == 3  # fmt: skip
    assert set(
        Product.objects.filter(part_no__in=["P-100-2", "M-055-1", "S-210", "G-001"]).values_list(
            "part_no", "name", "spec"
        )
    ) == {
        ("P-100-2", "多級離心泵", "CDL32-50"),
        ("M-055-1", "電機", "YE4-160M 7.5kW"),
        ("S-210", "機械密封", "φ22 SiC/SiC"),
        ("G-001", "墊片", "DN50 EPDM"),
    }


def test_some_units_of_earlier_years_are_out_of_warranty(founded, db):
    today = timezone.localdate(NOW)
    earlier_units = Unit.objects.filter(source=Unit.Source.IMPORTED)

    assert earlier_units.count() == 62
    assert 10 < earlier_units.under_warranty(today).count() < 50


def test_the_company_has_a_letterhead_with_its_logo(founded, db):
    company_row = Company.current()

    assert company_row.name == "浙江盛邦泵業有限公司"
    assert bytes(company_row.logo).startswith(b"\x89PNG")


def test_two_absences_to_come_have_a_deputy(founded, db):
    assert Leave.objects.not_over(NOW).count() == 2


# --- the thread -----------------------------------------------------------------------------------


@pytest.mark.clause("3.1.4")
def test_the_pump_house_was_counted_wrong_once_and_then_right(founded, db):
    note = ShippingNote.objects.get(customer_ref="HSSW-26-083")

    attempts = LineCount.objects.filter(line__note=note, line__line_no=20).order_by("attempt")

    assert [count.result for count in attempts] == ["wrong_item", "match"]
    assert attempts[0].adjustment.put_back_bin == "B-07-2"
    assert note.state == State.CLOSED


@pytest.mark.clause("3.2.2")
def test_the_pump_house_received_three_sound_pumps_and_one_damaged(founded, db):
    note = ShippingNote.objects.get(customer_ref="HSSW-26-083")

    pumps = note.lines.get(line_no=10)

    assert (pumps.received_sound, pumps.received_damaged) == (3, 1)
    assert Unit.objects.filter(line_serial__line=pumps).count() == 4


# --- what the samples of the house say of it ---------------------------------------------------------


def test_the_broken_sample_is_refused_as_expected(founded, db):
    file = SAMPLES / "shipping_note_broken.xlsx"
    expected = json.loads((SAMPLES / "shipping_note_broken.expected.json").read_text())

    reading = read_shipping_notes(file, file.name, catalogue=DatabaseCatalogue())

    found = {(error.row, error.column, error.code) for error in reading.errors}
    assert {(e["row"], e["column"], e["code"]) for e in expected["errors"]} <= found
    assert reading.documents == []


@pytest.mark.parametrize("name", ["shipping_note_plain", "shipping_notes_many"])
def test_the_whole_samples_name_nothing_unknown(founded, db, name):
    file = SAMPLES / f"{name}.xlsx"

    reading = read_shipping_notes(file, file.name, catalogue=DatabaseCatalogue())

    assert reading.errors == []
    assert reading.documents


# --- the commands -----------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(founded, db, debug):
    before = size()

    told = command("sample_company")

    assert "stands" in told
    assert size() == before


def test_bulk_notes_go_on_from_the_counters(founded, db, debug):
    before = ShippingNote.objects.count()

    command("sample_company", "--notes", "400")

    assert ShippingNote.objects.count() == before + 400
    numbers = ShippingNote.objects.exclude(number="").filter(revision=1).values_list("number")
    for period, group in itertools.groupby(sorted(numbers), key=lambda row: row[0][:9]):
        serials = [int(number[-4:]) for (number,) in group]
        assert serials == list(range(1, len(serials) + 1)), period
    newest = ShippingNote.objects.filter(number__startswith="FH-202611", revision=1).count()
    with transaction.atomic():
        assert numbering.take("FH", now=NOW) == f"FH-202611-{newest + 1:04d}"


def test_bulk_notes_are_spread_over_three_years_and_some_are_open(founded, db):
    before = set(ShippingNote.objects.values_list("pk", flat=True))

    bulk.add_notes(
        800,
        people={user.username: user for user in User.objects.all()},
        customers=Customer.objects.select_related("salesperson"),
        products=Product.objects.all(),
        now=NOW,
    )

    added = ShippingNote.objects.exclude(pk__in=before)
    assert added.order_by("created_at")[0].created_at.year == 2023
    assert added.open().count() == 8


def test_the_logins_are_printed_with_their_roles(founded, db, debug):
    lines = command("sample_logins").splitlines()

    assert len(lines) == User.objects.count()
    assert any("倉庫保管員" in line and "warehouse" in line for line in lines)
    assert all(line.endswith(SAMPLE_PASSWORD) for line in lines)


def test_the_logins_in_json_are_one_document(founded, db, debug, client):
    logins = json.loads(command("sample_logins", "--json"))["logins"]

    assert {login["username"] for login in logins} >= {"clerk", "leader", "warehouse", "admin"}
    assert client.login(username="clerk", password=logins[0]["password"])
