"""The application on a real house, asked over HTTP."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from examples import IN_SESSION
from over_http import HERE, configuration


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """The application on a fresh database, its clock in session, with no worker and no follower."""
    house.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        yield client


@pytest.fixture
def live(running: House) -> Iterator[TestClient]:
    """The application with its worker and its followers at work."""
    running.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(running, configuration()), base_url=HERE) as client:
        yield client
