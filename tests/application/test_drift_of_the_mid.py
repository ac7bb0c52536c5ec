"""Drift is measured between prices that decisions take: the mid where the last trade is far from it (DOMAIN §2, §3)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from api.wiring import House
from application.evaluate_position import Question
from application.ports import PricePoint
from domain.order import Order, OrderStatus
from domain.quote import Quote
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example

LATER = IN_SESSION + timedelta(seconds=2)


def sent(house: House, opened: Opened, last: str, bid: str, ask: str) -> Order:
    """A sale decided at 103, and sent when this quote has come."""
    house.ledger.clock = lambda: IN_SESSION
    question = Question(opened.position_id, Quote(last=Decimal(103), as_of=IN_SESSION), IN_SESSION)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    assert order_id is not None
    house.ledger.clock = lambda: LATER
    quote = PricePoint(opened.listing_id, LATER, Decimal(last), Decimal(bid), Decimal(ask), False, "api")
    house.ingest_prices([quote])
    house.submit_order(opened.position_id, order_id)
    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    assert position.order is not None
    return position.order


def test_a_market_that_left_the_last_trade_behind_has_moved(new_house: Callable[[], House]) -> None:
    """Nobody has traded at 99 yet, but that is where it is bought and sold: the reason to sell is gone."""
    house = new_house()
    order = sent(house, open_example(house), "103.00", "98.90", "99.10")
    assert (order.status, order.reevaluations) == (OrderStatus.SKIPPED, 1)


def test_a_last_trade_far_from_the_market_has_moved_nothing(new_house: Callable[[], House]) -> None:
    """An odd print at 101 between a bid and an ask around 103 is not the price."""
    house = new_house()
    order = sent(house, open_example(house), "101.00", "102.95", "103.05")
    assert (order.status, order.reevaluations) == (OrderStatus.FILLED, 0)
