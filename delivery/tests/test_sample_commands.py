"""The sample company is only for trying out: never in production, never among other data."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.models import AuditEntry
from aftersales.masterdata.models import Customer
from delivery.models import ShippingNote
from delivery.sample import company


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


@pytest.mark.parametrize("name", ["sample_company", "sample_logins"])
def test_production_knows_no_sample(db, name):
    with pytest.raises(CommandError, match="only with DEBUG=1"):
        call_command(name)


def test_a_database_of_other_people_is_left_alone(db, debug, make_user):
    make_user("sales_clerk")

    with pytest.raises(CommandError, match="other data"):
        call_command("sample_company")

    assert User.objects.count() == 1


@pytest.mark.slow
def test_the_story_can_end_on_a_sunday_night(db):
    sunday = datetime(2026, 11, 29, 19, 5, tzinfo=UTC)

    company.found(now=sunday)

    assert set(ShippingNote.objects.values_list("state", flat=True)) == set(
        ShippingNote.State.values
    )
    assert AuditEntry.objects.order_by("-at")[0].at <= sunday


@pytest.mark.slow
def test_a_reset_makes_it_anew(transactional_db, debug, make_customer):
    make_customer("路人甲有限公司", code="X-1")

    call_command("sample_company", "--reset")

    assert not Customer.objects.filter(code="X-1").exists()
    assert ShippingNote.objects.filter(state=ShippingNote.State.CLOSED).count() >= 25
    assert audit.verify().broken == ""
