import pytest
from django.test import Client


@pytest.fixture
def make_client():
    """make_client(user): a browser of its own, logged in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
