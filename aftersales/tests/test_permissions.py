"""Every route answers every role and method as the table says; none is left out."""

import io
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from aftersales.accounts.models import Department, Leave
from aftersales.accounts.roles import ROLES
from aftersales.core import attachments
from aftersales.core.models import ImportRun, Notice
from aftersales.masterdata.models import Contact, ServiceScope, SheetMapping, Supplier, Unit
from aftersales.tests.routes import ROUTES
from delivery.models import Reversal
from delivery.tests.losses.cases import at_state, make_loss
from delivery.tests.partners import make_carrier, make_contract
from delivery.tests.pickup import at_difference

ODD_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
DONE = {200, 302, 303, 400, 409, 422}


def names(patterns) -> set[str]:
    """The names of all routes below these patterns."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name)
    return found


@dataclass
class World:
    """The objects that routes are about, made when asked for."""

    now: object
    make_note: object
    objects: SimpleNamespace

    def note(self, state: str):
        return self.make_note(self.now, state=state)

    def adjusting_note(self):
        """A note whose first line was counted short."""
        note = self.make_note(self.now, state="adjusting")
        note.lines.first().counts.create(
            attempt=1, result="short", counted_quantity=1, counted_at=self.now,
            counted_by=note.issuer,
        )  # fmt: skip
        return note

    def loss(self, state: str, by_carrier: bool):
        """A loss in transit, at a state."""
        loss = make_loss(self.make_note, self.now, by_carrier=by_carrier)
        return at_state(loss, state, self.now)

    def pickup(self, state: str):
        """A note that the customer fetches, with a difference at a state."""
        return at_difference(self.make_note, self.now, state)

    def reversal(self):
        """A reversal that waits for approval."""
        note = self.note("closed")
        return Reversal.objects.create(
            number=f"CX-202611-{note.pk:04d}", note=note, reason="簽錯數量",
            drafted_by=note.issuer, drafted_at=self.now,
        )  # fmt: skip

    def __getattr__(self, kind: str):
        return getattr(self.objects, kind)


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("crate.png", out.getvalue(), "image/png")


@pytest.fixture
def world(now, make_note, make_user, make_customer, make_product):
    salesperson = make_user("salesperson", username="own_salesperson")
    customer = make_customer(salesperson=salesperson)
    product = make_product()
    unit = Unit.objects.create(
        serial_no="C2601-0001", product=product, customer=customer,
        delivered_on="2026-01-05", warranty_from="2026-01-05", warranty_until="2027-07-04",
    )  # fmt: skip
    colleague = make_user("production", username="colleague")
    deputy = make_user("production", username="deputy")
    note = make_note(now, customer=customer)
    carrier = make_carrier()
    contract = make_contract(customer)
    return World(
        now,
        make_note,
        SimpleNamespace(
            customer=customer,
            product=product,
            unit=unit,
            contact=Contact.objects.create(customer=customer, name="王志明"),
            department=Department.objects.create(code="XS", name="銷售部"),
            colleague=colleague,
            attachment=attachments.attach(note, picture(), actor=note.issuer, now=now),
            import_run=ImportRun.objects.create(
                kind="customers", user=colleague, file_name="客戶.xlsx", queued_at=now
            ),
            notice=Notice.objects.create(
                recipient=colleague, key="k", title="請確認", created_at=now
            ),
            leave=Leave.objects.create(
                user=colleague,
                deputy=deputy,
                starts_at=now,
                ends_at=now + timedelta(days=900),
                created_by=colleague,
                created_at=now,
            ),
            salesperson=salesperson,
            supplier=Supplier.objects.create(code="G0001", name="上海軸承有限公司"),
            carrier=carrier,
            agreement=carrier.agreements.get(),
            contract=contract,
            scope=ServiceScope.objects.create(
                contract=contract,
                legal="三包",
                harm="停產",
                nature="連續運轉",
                requirements="無",
                feedback="無",
                decision="保修 18 個月",
                decided_on="2026-01-05",
                decided_by=note.issuer,
                review_on="2027-01-05",
            ),
            mapping=SheetMapping.objects.create(
                kind="shipping_notes",
                name="嘉興辦",
                headings_hash="0",
                made_by=note.issuer,
                made_at=now,
            ),
        ),
    )


@pytest.fixture
def people(world, make_user):
    """One person for each role; the salesperson's is the customer, production's the notice."""
    found = {role: make_user(role, username=f"the_{role}") for role in ROLES}
    found["salesperson"] = world.salesperson
    found["production"] = world.colleague
    return found


def test_the_table_names_every_route():
    assert set(ROUTES) == names(get_resolver().url_patterns)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_route_answers_each_role_and_method_as_the_table_says(name, client, world, people):
    route = ROUTES[name]
    wrong = []
    kept = reverse(name, args=route.args(world))
    for role, person in people.items():
        client.force_login(person)
        for method in ("GET", "POST"):
            may_change = method == "POST" and (route.roles is None or role in route.roles)
            url = reverse(name, args=route.args(world)) if may_change else kept
            got = client.generic(method, url).status_code
            if route.roles is not None and role not in route.roles:
                expected = {route.otherwise} | ({405} if method not in route.methods else set())
            elif method not in route.methods:
                expected = {405}
            else:
                expected = DONE | ({404} if route.roles is None else set())
            if got not in expected:
                wrong.append(f"{role} {method}: {got}, not {sorted(expected)}")

    assert not wrong


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_route_without_a_login_leads_to_the_login_page(name, client, world):
    route = ROUTES[name]
    url = reverse(name, args=route.args(world))

    answer = client.get(url)

    if route.roles is None:
        assert answer.status_code in DONE | {404, 405}
        assert not answer.headers.get("Location", "").startswith(reverse("login"))
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("method", ODD_METHODS)
def test_an_odd_method_is_refused_everywhere(method, client, world, administrator):
    client.force_login(administrator)

    answers = {
        name: client.generic(method, reverse(name, args=route.args(world))).status_code
        for name, route in ROUTES.items()
    }

    assert {name for name, status in answers.items() if status != 405} == set()


@pytest.mark.parametrize(
    "name", sorted(name for name, route in ROUTES.items() if route.is_of_a_note)
)
def test_a_note_of_another_salesperson_is_not_found(name, client, world, make_user):
    route = ROUTES[name]
    stranger = make_user("salesperson", username="stranger")
    client.force_login(stranger)

    answer = client.generic(route.methods[-1], reverse(name, args=route.args(world)))

    has_verb = "salesperson" in route.roles
    assert answer.status_code == (404 if has_verb else 403)
