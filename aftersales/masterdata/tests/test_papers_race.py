"""2.5, 3.1.2: however many assess, terminate or sweep at the same moment, it is done and told once."""

from datetime import timedelta

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.core.tests.racing import lock_off, race
from aftersales.masterdata import actions
from aftersales.masterdata.models import CarrierAgreement, ServiceScope
from delivery.tests.partners import TODAY, make_carrier, make_contract

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
DAY = timedelta(days=1)
FACTS = {
    "legal": "a", "harm": "b", "nature": "c", "requirements": "d", "feedback": "e",
    "decision": "決定", "decided_on": TODAY, "review_on": TODAY + 365 * DAY, "supersedes": 0,
}  # fmt: skip


def assess_at_once(contract, actor, now) -> list[object]:
    return race([lambda: actions.decide_scope(contract, actor=actor, now=now, **FACTS)] * 20)


def told(outcomes) -> list[object]:
    """Those who were refused in words: somebody else has decided meanwhile."""
    refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
    return [each for each in refused if "剛剛已作新的評定" in each.messages[0]]


@pytest.mark.clause("2.5")
def test_of_twenty_who_assess_at_once_one_decides_and_the_others_hear_who(
    sales_manager, make_customer, now
):
    contract = make_contract(make_customer())

    outcomes = assess_at_once(contract, sales_manager, now)

    assert len(told(outcomes)) == 19
    assert ServiceScope.objects.get().is_current


@pytest.mark.clause("2.5")
def test_control_without_the_lock_not_everybody_hears_who_decided(
    sales_manager, make_customer, now
):
    heard = []
    with lock_off():
        for number in range(5):
            contract = make_contract(make_customer(), f"HT-{number}")
            heard.append(len(told(assess_at_once(contract, sales_manager, now))))
            assert contract.service_scopes.current().count() == 1  # the constraint holds alone

    assert heard != [19] * 5


@pytest.mark.clause("3.1.2")
def test_of_twenty_who_terminate_at_once_one_does(contract_office, now):
    agreement = make_carrier().agreements.get()

    outcomes = race(
        [
            lambda: actions.terminate_agreement(
                agreement, actor=contract_office, now=now, terminated_on=TODAY, reason="多次受潮"
            )
        ]
        * 20
    )

    done = [outcome for outcome in outcomes if isinstance(outcome, CarrierAgreement)]
    assert len(done) == 1


@pytest.mark.clause("3.1.2")
def test_of_eight_sweeps_at_once_each_person_hears_once(contract_office, logistics_clerk, now):
    for _number in range(5):
        make_carrier(agreed=(TODAY - 99 * DAY, TODAY + 7 * DAY))

    race([lambda: actions.warn_of_expiry(now=now)] * 8)

    assert Notice.objects.count() == 10
