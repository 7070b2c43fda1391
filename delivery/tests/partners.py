"""Carriers and contracts for the tests of delivery, each with the papers that a rule asks for."""

from datetime import date, timedelta

from aftersales.accounts.models import User
from aftersales.masterdata.models import Carrier, CarrierAgreement, CarrierVerification, Contract

TODAY = date(2026, 11, 24)  # of the fixture `now`
YEAR = timedelta(days=365)


def make_carrier(name: str = "德邦物流股份有限公司", *, today: date = TODAY, **facts) -> Carrier:
    """A carrier with an agreement and a verification that hold today, unless said otherwise.

    `agreed` and `able` are the first and last day; None leaves the paper out.
    """
    agreed = facts.pop("agreed", (today - YEAR / 2, today + YEAR / 2))
    able = facts.pop("able", (today - YEAR / 2, today + YEAR / 2))
    carrier = Carrier(code=facts.pop("code", f"CY{Carrier.objects.count() + 1:02d}"), name=name)
    for field, value in facts.items():
        setattr(carrier, field, value)
    carrier.search_text = carrier.folded()
    carrier.save()
    if agreed:
        agree(carrier, *agreed)
    if able:
        verify(carrier, *able)
    return carrier


def agree(carrier: Carrier, first: date, last: date, **facts) -> CarrierAgreement:
    number = facts.pop("number", f"{carrier.code}-{carrier.agreements.count() + 1}")
    return carrier.agreements.create(
        number=number, liability_terms="短少、受潮、破損照價賠償", signed_on=first,
        valid_from=first, valid_until=last, **facts,
    )  # fmt: skip


def verify(carrier: Carrier, on: date, until: date, verdict: str = "able") -> CarrierVerification:
    return carrier.verifications.create(
        verified_on=on, expires_on=until, verdict=verdict, evidence="車輛、防潮、保險俱全",
        verified_by=User.objects.with_role("salesperson").first() or User.objects.first(),
    )  # fmt: skip


def make_contract(customer, number: str = "HT-2026-088", *, today: date = TODAY, **facts):
    """A contract in force since half a year that allows the customer to fetch the goods."""
    if facts.setdefault("allows_pickup", True):
        facts.setdefault("pickup_terms", "買方自備車輛，到廠自提")
    facts.setdefault("valid_from", today - YEAR / 2)
    contract = Contract(
        number=number, customer=customer, signed_on=facts["valid_from"], **facts
    )  # fmt: skip
    contract.search_text = contract.folded()
    contract.save()
    return contract
