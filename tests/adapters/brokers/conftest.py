"""A local Alpaca for each test, and the account that it keeps."""

from collections.abc import Iterator

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.server import AlpacaServer
from api.wiring import House
from broker_contract.alpaca import account_at
from broker_contract.desk import Desk, open_desk


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


@pytest.fixture
def desk(house: House, server: AlpacaServer) -> Desk:
    """A portfolio that trades in the account, in a real ledger."""
    return open_desk(house, server)
