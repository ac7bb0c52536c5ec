"""A slow broker must not occupy every thread with comparisons of the same books (DOMAIN §3)."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.reconciliation.differences import Findings
from application.reconciliation.due import due
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from broker_contract.alpaca import account_at
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from examples import IN_SESSION, Opened, eventually, open_example


@dataclass
class Slow:
    """A broker that answers when it is told to, and counts how often it is asked."""

    real: Any
    asked: int = 0
    answer: threading.Event = field(default_factory=threading.Event)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def of(self, _: Portfolio) -> Any:
        """The application's Brokers."""
        return self

    def statement(self, since: datetime) -> Any:
        """In its own time."""
        self.asked += 1
        assert self.answer.wait(20)
        return self.real.statement(since)


@dataclass
class Desk:
    """A portfolio whose broker agrees with it, slowly."""

    house: House
    opened: Opened
    broker: Slow
    reconcile: Reconcile

    def compare(self) -> Findings:
        """What a job does."""
        return self.reconcile(self.opened.portfolio_id)

    def is_due(self, seconds: float) -> bool:
        """Whether the sweep would ask for a comparison that long after the clock."""
        house, now = self.house, IN_SESSION + timedelta(seconds=seconds)
        return bool(due(house.books.connected(), house.reconciliations.latest(), now))


@pytest.fixture
def desk(new_house: Callable[[], House]) -> Iterator[Desk]:
    """A desk."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
        slow = Slow(account_at(server))
        at_broker = replace(house.dispatch, brokers=slow)
        compare = CompareOrders(house.ledger, house.books, house.order_reports, at_broker)
        adopt = AdoptExecutions(house.ledger, house.books, at_broker)
        use_case = Reconcile(house.ledger, slow, house.books, house.reconciliations, compare, adopt)
        yield Desk(house, open_example(house, broker=choice), slow, use_case)


def test_the_sweep_leaves_one_that_is_under_way_alone(desk: Desk) -> None:
    """It used to ask every second, for as long as the first comparison took."""
    assert desk.is_due(1)
    with ThreadPoolExecutor() as threads:
        running = threads.submit(desk.compare)
        eventually(lambda: desk.broker.asked)
        assert not desk.is_due(1)
        desk.broker.answer.set()
        assert running.result().clean
    assert not desk.is_due(299)
    assert desk.is_due(300)


def test_whoever_asks_meanwhile_does_not_wait_and_is_served_once(desk: Desk) -> None:
    """A line that came back wants a look from after that, and five of them want no five."""
    with ThreadPoolExecutor() as threads:
        running = threads.submit(desk.compare)
        eventually(lambda: desk.broker.asked)
        for _ in range(5):
            assert desk.compare() == Findings()
        assert desk.broker.asked == 1
        desk.broker.answer.set()
        assert running.result().clean
    assert desk.broker.asked == 2
    assert desk.compare().clean
    assert desk.broker.asked == 3
