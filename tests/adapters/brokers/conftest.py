"""A local Alpaca for each test, and the account that it keeps."""

from collections.abc import Iterator

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.server import AlpacaServer
from broker_contract.alpaca import account_at


@pytest.fixture
def server() -> Iterator[AlpacaServer]:
    with AlpacaServer(cash="100000", positions={"KO": "100"}, quotes={"KO": "97"}) as server:
        yield server


@pytest.fixture
def account(server: AlpacaServer) -> AlpacaAccount:
    return account_at(server)


@pytest.fixture
def hasty(server: AlpacaServer) -> AlpacaAccount:
    """The account, asked by somebody who waits for a third of a second only."""
    return account_at(server, seconds_max=0.3)
