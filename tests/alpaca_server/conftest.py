"""A fresh broker for each test, and a client with its keys."""

from collections.abc import Iterator

import httpx
import pytest

from alpaca_server.clients import http
from alpaca_server.server import AlpacaServer


@pytest.fixture
def server() -> Iterator[AlpacaServer]:
    with AlpacaServer(cash="100000", positions={"KO": "100"}, quotes={"KO": "60"}) as server:
        yield server


@pytest.fixture
def api(server: AlpacaServer) -> Iterator[httpx.Client]:
    with http(server) as client:
        yield client
