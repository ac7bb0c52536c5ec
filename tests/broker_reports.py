"""What brokers report of orders, and orders for them to report of, without any worker."""

from datetime import datetime
from decimal import Decimal
from itertools import count

from api.wiring import House
from application.evaluate_position import Question
from application.ports.broker import BrokerEvent, BrokerReport
from domain.order import Fill, client_order_id
from domain.portfolio.events import BrokerChoice
from domain.quote import Quote
from examples import IN_SESSION, Opened, by_hand, open_example

NUMBERS = count()


def opened_anew(house: House) -> Opened:
    """The example on a listing of its own."""
    return open_example(house, broker=BrokerChoice(auto_fill=False), symbol=f"S{next(NUMBERS)}")


def decided(house: House, opened: Opened, price: str = "97.00", at: datetime = IN_SESSION) -> str:
    """The client order id of an order decided at this price."""
    question = Question(opened.position_id, Quote(last=Decimal(price), as_of=at), at)
    assert house.evaluate_position(by_hand(house), question).answer.order_id
    return client_order_id(opened.position_id, at, "BUY" if Decimal(price) < 100 else "SELL")


def said(order: str, event: BrokerEvent) -> BrokerReport:
    """A report of where the order stands."""
    return BrokerReport(order, event, broker_order_id="b1", at=IN_SESSION)


def filled(
    order: str,
    name: str,
    quantity: str,
    price: str,
    revision: int = 1,
    event: BrokerEvent = "partial_fill",
    commission: str = "0.5",
) -> BrokerReport:
    """A report of an execution, or of its revision."""
    fill = Fill(name, revision, Decimal(quantity), Decimal(price), Decimal(commission), IN_SESSION)
    return BrokerReport(order, event, fill=fill, at=IN_SESSION)
