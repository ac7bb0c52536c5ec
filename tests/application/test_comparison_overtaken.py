"""A comparison takes a while, and its account may be another one when it ends (DOMAIN §3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.ledger import Transaction
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from broker_contract.alpaca import account_at
from domain.portfolio import decide as rules
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example


@dataclass
class Slow:
    """An account during whose statement something happens."""

    real: Any
    meanwhile: Callable[[], None]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def of(self, _: Portfolio) -> Any:
        """The application's Brokers."""
        return self

    def statement(self, since: datetime) -> Any:
        """As it was before that."""
        answer = self.real.statement(since)
        self.meanwhile()
        return answer


@dataclass
class Desk:
    """A portfolio whose broker agrees with it."""

    house: House
    server: AlpacaServer
    opened: Opened

    def reconcile(self, meanwhile: Callable[[], None]) -> Portfolio:
        """Compare both sides, and answer the portfolio after it."""
        house, slow = self.house, Slow(account_at(self.server), meanwhile)
        at_broker = replace(house.dispatch, brokers=slow)
        compare = CompareOrders(house.ledger, house.books, house.order_reports, at_broker)
        adopt = AdoptExecutions(house.ledger, house.books, at_broker)
        use_case = Reconcile(house.ledger, slow, house.books, house.reconciliations, compare, adopt)
        assert use_case(self.opened.portfolio_id).clean
        found = house.ledger.load(PORTFOLIO, self.opened.portfolio_id).state
        assert found is not None
        return found

    def connect(self, account: str) -> None:
        """Connect the portfolio to another account, whose books nobody has looked at."""

        def decide(transaction: Transaction) -> None:
            stream, portfolio = transaction.require(PORTFOLIO, self.opened.portfolio_id)
            choice = BrokerChoice(kind="alpaca", environment="paper", account=account)
            transaction.append(stream, rules.connect(portfolio, choice, None))

        self.house.ledger.transact(by_hand(self.house), decide)

    def require(self) -> None:
        """As a worker does when it starts."""
        self.house.reconcile.require(self.opened.portfolio_id, "A worker started.")


@pytest.fixture
def desk(new_house: Callable[[], House]) -> Iterator[Desk]:
    """A desk."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
        yield Desk(house, server, open_example(house, broker=choice))


def test_another_account_is_not_cleared_by_the_books_of_the_one_before(desk: Desk) -> None:
    """Nothing leaves before the first clean comparison with its own."""
    after = desk.reconcile(lambda: desk.connect("PA-OTHER"))
    assert (after.broker.account, after.reconciled) == ("PA-OTHER", False)


def test_doubts_of_after_it_began_outlast_it(desk: Desk) -> None:
    """What it read is from before; the next comparison clears them."""
    assert not desk.reconcile(desk.require).reconciled
    assert desk.reconcile(lambda: None).reconciled
