"""Alpaca keeps the contract of brokers, over a real socket."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from broker_contract.alpaca import AlpacaBench
from broker_contract.bench import Bench
from broker_contract.cancelling import Cancelling
from broker_contract.filling import Filling
from broker_contract.sending import Sending
from broker_contract.statements import Statements


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ExitStack() as servers:
        yield AlpacaBench(servers)


class TestAlpaca(Sending, Filling, Cancelling, Statements):
    """The contract."""
