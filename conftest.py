"""Fixtures of every test: one person for each role, a moment, and documents at each state."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import TransactionTestCase

from aftersales.accounts.models import Department, RoleAssignment, User
from aftersales.accounts.roles import ROLES
from aftersales.core import audit_triggers
from aftersales.masterdata.models import Customer, Product
from delivery.models import ShippingNote, ShippingNoteLine


def pytest_collection_modifyitems(items):
    """Tests marked `postgresql` hold only there; everywhere else they say so."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    """Files and letters of a test stay in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_audit_triggers():
    """Tests with real transactions end by emptying the tables, which the triggers refuse."""
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self):
        audit_triggers.drop(connection)
        try:
            teardown(self)
        finally:
            audit_triggers.create(connection)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture
def now() -> datetime:
    """Tuesday 24 November 2026, 14:20 in Shanghai."""
    return datetime(2026, 11, 24, 6, 20, tzinfo=UTC)


@pytest.fixture
def make_user(db):
    """make_user("sales_clerk", name="…"): an active user who holds the roles."""

    def make(*roles: str, username: str = "", **fields) -> User:
        serial = User.objects.count() + 1
        username = username or f"{roles[0] if roles else 'user'}{serial}"
        fields.setdefault("employee_no", f"T{serial:04d}")
        fields.setdefault("name", str(ROLES[roles[0]].label) if roles else username)
        fields.setdefault("email", f"{username}@example.com")
        user = User.objects.create_user(username, "a good password", **fields)
        RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in roles)
        return user

    return make


def _person(role: str):
    def person(make_user):
        return make_user(role, username=role)

    person.__doc__ = f"One person with the role {role}."
    return pytest.fixture(name=role)(person)


for _role in ROLES:
    globals()[_role] = _person(_role)


@pytest.fixture
def sales_department(db) -> Department:
    return Department.objects.create(code="XS", name="銷售部")


@pytest.fixture
def make_customer(db):
    def make(name: str = "寧波海曙水務設備有限公司", **fields) -> Customer:
        fields.setdefault("code", f"C{Customer.objects.count() + 1:04d}")
        customer = Customer(name=name, **fields)
        customer.search_text = customer.folded()
        customer.save()
        return customer

    return make


@pytest.fixture
def make_product(db):
    def make(part_no: str = "P-100-2", name: str = "多級離心泵", **fields) -> Product:
        product = Product(part_no=part_no, name=name, **fields)
        product.search_text = product.folded()
        product.save()
        return product

    return make


@pytest.fixture
def make_note(make_customer, make_product, make_user):
    """make_note(now, state=…): a shipping note stored at a state, with what that state demands.

    Two lines: 2 台 of a pump with serial numbers and 6 套 of a seal. For rows, not for rules:
    what leads to a state is tested through the actions.
    """

    def make(now: datetime, *, state: str = "draft", lines=None, **fields) -> ShippingNote:
        S = ShippingNote.State
        serial = ShippingNote.objects.count() + 1
        customer = fields.pop("customer", None) or Customer.objects.first() or make_customer()
        issuer = fields.pop("issuer", None) or (
            User.objects.with_role("sales_clerk").first() or make_user("sales_clerk")
        )
        note = ShippingNote(
            customer=customer,
            issuer=issuer,
            state=state,
            consignee="王志明",
            phone="139 5743 2208",
            address="浙江省寧波市海曙區環城西路 88 號",
            issued_on=date(2026, 11, 24),
            ship_on=date(2026, 11, 25),
            delivery_mode="own_fleet",
            created_at=now,
            **fields,
        )
        if state not in (S.DRAFT, S.CANCELLED):
            note.number = note.number or f"FH-202611-{serial:04d}"
            note.final_inspection_no = note.final_inspection_no or "ZJ-202611-0306"
            note.final_inspection_on = date(2026, 11, 23)
            note.final_inspection_by = "何雅婷"
            note.submitted_at = note.scheduled_at = note.acknowledged_at = now
            note.scheduled_by = note.acknowledged_by = issuer
        if state not in (S.DRAFT, S.SUBMITTED, S.CANCELLED, S.REFUSED):
            note.released_at = now
            note.released_by = User.objects.with_role("leader").first() or make_user("leader")
        counted = state in (
            S.VERIFIED, S.ISSUED, S.IN_TRANSIT, S.DELIVERED, S.SIGNED, S.CLOSED,
        )  # fmt: skip
        left = state in (S.IN_TRANSIT, S.DELIVERED, S.SIGNED, S.CLOSED)
        received = state in (S.SIGNED, S.CLOSED)
        if counted:
            note.vehicle_no, note.driver_name = "浙J 8K216", "周建軍"
            note.verified_at, note.verified_by = now, issuer
        if left:
            note.departed_at = now
            note.issued_at, note.issued_by = now - timedelta(hours=1), issuer
        note.search_text = note.folded()
        note.save()
        for number, (part_no, name, quantity, serials) in enumerate(lines or _LINES, start=1):
            product = Product.objects.filter(part_no=part_no).first() or make_product(
                part_no, name, is_serialised=bool(serials)
            )
            line = ShippingNoteLine.objects.create(
                note=note,
                line_no=number * 10,
                product=product,
                part_no=part_no,
                name=name,
                uom="台" if serials else "套",
                quantity=Decimal(quantity),
                verified_quantity=Decimal(quantity) if counted else None,
                loaded_quantity=Decimal(quantity) if left else None,
                received_sound=Decimal(quantity) if received else None,
                received_damaged=Decimal(0) if received else None,
                short=Decimal(0) if received else None,
                refused=Decimal(0) if received else None,
            )
            if counted:
                for serial_no in serials:
                    line.serials.create(product=product, serial_no=f"{serial_no}-{note.pk}")
        return note

    return make


_LINES = (
    ("P-100-2", "多級離心泵", "2", ("C2611-0417", "C2611-0418")),
    ("S-210", "機械密封", "6", ()),
)
