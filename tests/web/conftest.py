import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account


@pytest.fixture(autouse=True)
def _company(settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "tests.web.company.Company"


@pytest.fixture
def signed_in(db: None) -> Client:
    """A browser in which Omar, the operations leader, is signed in."""
    client = Client()
    client.force_login(Account.objects.create_account(login="omar", password=None, plan=None, person="omar"))
    return client
