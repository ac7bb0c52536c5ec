"""A portfolio in a real ledger that trades at a local Alpaca, and the use cases that do it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from adapters.redis.queue import QueuedJobs
from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.evaluate_position import Question
from application.orders.dispatch import Dispatch
from application.ports.broker import Broker
from broker_contract.alpaca import account_at
from domain.order import Order, OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.position.state import Position
from domain.quote import Quote
from domain.settings import SettingsChange
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example

ORDERS = "/v2/orders"


class NotedJobs(QueuedJobs):
    """Jobs that nobody does, but a test may."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, tuple[object, ...], int]] = []

    def _enqueue(self, name: str, *arguments: object, delay_ms: int = 0) -> None:
        self.noted.append((name, arguments, delay_ms))


@dataclass
class Desk:
    """A portfolio at Alpaca in a real ledger, with one order that was decided and has not left."""

    house: House
    server: AlpacaServer
    opened: Opened
    broker: Broker
    jobs: NotedJobs = field(default_factory=NotedJobs)

    def of(self, portfolio: Portfolio) -> Broker:
        """The application's Brokers."""
        return self.broker

    @property
    def at_broker(self) -> Dispatch:
        """The use cases, of a fresh process."""
        return replace(self.house.dispatch, brokers=self, jobs=self.jobs)

    def submit(self, order_id: UUID) -> bool:
        """Send the order, or try to."""
        house = self.house
        submit = replace(house.submit_order, dispatch=self.at_broker)
        return submit(self.opened.position_id, order_id).sent

    def look_up(self) -> Order:
        """Ask after the order, and answer it as it is known then."""
        self.at_broker.look_up(self.order.client_order_id)
        return self.order

    @property
    def position(self) -> Position:
        """The position as it is known."""
        position = self.house.ledger.load(POSITION, self.opened.position_id).state
        assert position is not None
        return position

    @property
    def order(self) -> Order:
        """The order as it is known."""
        order = self.position.order
        assert order is not None
        return order

    def status(self) -> OrderStatus:
        """Where the order is known to stand."""
        return self.order.status

    @property
    def posts(self) -> int:
        """How often an order was posted."""
        return len(self.server.requests_to("POST", ORDERS))

    def decide(self, price: str = "97.00") -> UUID:
        """An order of 52 or so."""
        question = Question(self.opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
        order_id = self.house.evaluate_position(by_hand(self.house), question).answer.order_id
        assert order_id is not None
        return order_id

    def clock_of_the_server(self, minutes: float = 0) -> None:
        """It is as late here as it is there, or so many minutes later."""
        self.house.ledger.clock = lambda: self.server.book.now() + timedelta(minutes=minutes)

    def later(self, seconds: float) -> None:
        """So many seconds after the decision."""
        self.house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=seconds)


def open_desk(house: House, server: AlpacaServer, settings: SettingsChange | None = None) -> Desk:
    """A desk at a server."""
    house.ledger.clock = lambda: IN_SESSION
    choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
    opened = open_example(house, broker=choice, settings=settings)
    return Desk(house, server, opened, account_at(server, seconds_max=0.5))
