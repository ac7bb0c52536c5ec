"""The application where people sign in."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from examples import IN_SESSION
from people import guarded


@pytest.fixture
def door(house: House) -> Iterator[TestClient]:
    """The application with sign-in by password on a fresh database, its clock in session. Nobody has an account."""
    house.ledger.clock = lambda: IN_SESSION
    with guarded(house) as client:
        yield client
