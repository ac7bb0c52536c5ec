"""The paper broker keeps the contract of brokers, in a real book."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from adapters.brokers.paper import PaperBook
from adapters.postgres.pool import Pool, open_pool
from application.ports.broker import Broker, Ticket
from broker_contract.bench import Bench, Fate
from broker_contract.cancelling import Cancelling
from broker_contract.filling import Filling
from broker_contract.sending import Sending
from broker_contract.statements import Statements
from databases import Databases
from domain.portfolio.events import BrokerChoice
from stories import a_portfolio

MANNERS = {
    Fate.RESTS: BrokerChoice(auto_fill=False),
    Fate.FILLS: BrokerChoice(),
    Fate.PARTS: BrokerChoice(partial_fills=True, seed=7),
    Fate.REJECTED: BrokerChoice(reject_bps=10_000),
    Fate.HALTED: BrokerChoice(halt_bps=10_000),
}


class PaperBench:
    """Paper accounts in a database; what becomes of their orders is in their manners."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._portfolio = a_portfolio()

    def account(self, fate: Fate = Fate.RESTS) -> Broker:
        """A fresh account."""
        self._portfolio = replace(a_portfolio(), id=uuid4(), broker=MANNERS[fate])
        return self.other()

    def other(self) -> Broker:
        """The same account once more."""
        return PaperBook(self._pool).account(self._portfolio)

    def happen(self, ticket: Ticket) -> None:
        """It has happened already."""


@pytest.fixture(scope="module")
def pool(databases: Databases) -> Iterator[Pool]:
    """One database for all: accounts do not see each other."""
    pool: Pool
    with databases.fresh() as database_url, open_pool(database_url) as pool:
        yield pool


@pytest.fixture
def bench(pool: Pool) -> Bench:
    return PaperBench(pool)


class TestPaper(Sending, Filling, Cancelling, Statements):
    """The contract."""
