import pytest

from delivery.tests.losses.cases import make_loss


@pytest.fixture
def loss(make_note, now):
    """A claim on a carrier that waits: one pump broken, two seals short, 3370 together."""
    return make_loss(make_note, now)


@pytest.fixture
def manager(client, sales_manager):
    """The browser of the sales manager."""
    client.force_login(sales_manager)
    return client
