"""A portfolio whose books are compared with an account at a local Alpaca, and the use cases that do it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.evaluate_position import Question
from application.orders.submit_order import SubmitOrder
from application.ports.broker import Broker
from application.reconciliation.differences import Findings
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from broker_contract.alpaca import account_at
from domain.order import Order
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.position.state import Position
from domain.quote import Quote
from examples import IN_SESSION, Opened, by_hand, open_example, portfolio_of, position_of
from projections import alerts


@dataclass
class Desk:
    """A portfolio in a real ledger, and its account at a local Alpaca that agrees with it."""

    house: House
    server: AlpacaServer
    opened: Opened
    broker: Broker

    def of(self, _: Portfolio) -> Broker:
        """The application's Brokers."""
        return self.broker

    def reconcile(self) -> Findings:
        """Compare both sides."""
        house = self.house
        at_broker = replace(house.dispatch, brokers=self)
        compare = CompareOrders(house.ledger, house.books, house.order_reports, at_broker)
        adopt = AdoptExecutions(house.ledger, house.books, at_broker)
        use_case = Reconcile(house.ledger, self, house.books, house.reconciliations, compare, adopt)
        return use_case(self.opened.portfolio_id)

    def order(self, price: str = "97.00") -> Order:
        """An order that is decided and sent, and works at the broker."""
        house = self.house
        question = Question(self.opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        self.submit_order(self.opened.position_id, order_id)
        order = self.position.order
        assert order is not None
        return order

    @property
    def submit_order(self) -> SubmitOrder:
        """How orders leave for this broker."""
        house = self.house
        at_broker = replace(house.dispatch, brokers=self)
        return replace(house.submit_order, dispatch=at_broker)

    @property
    def position(self) -> Position:
        """The position as it stands."""
        return position_of(self.house, self.opened)

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio as it stands."""
        return portfolio_of(self.house, self.opened)

    @property
    def open_alerts(self) -> list[str]:
        """The rules of the alerts that are open."""
        with self.house.pool.connection() as connection:
            found = alerts.page(connection, "local", portfolio_id=self.opened.portfolio_id, is_open=True)
        return [each["rule"] for each in found]


def open_desk(house: House, server: AlpacaServer) -> Desk:
    """The example portfolio, connected to a server."""
    house.ledger.clock = lambda: IN_SESSION
    choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
    opened = open_example(house, broker=choice)
    return Desk(house, server, opened, account_at(server, seconds_max=0.5))
