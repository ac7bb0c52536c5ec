"""The key that an order got when it was decided anew is taken, like any other (DOMAIN §3)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from api.wiring import House
from application.evaluate_position import Question
from domain.order import Order, OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.quote import Quote
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example, tick

LATER = IN_SESSION + timedelta(seconds=2)


def latest(house: House, opened: Opened) -> Order:
    """The position's latest order."""
    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    assert position.order is not None
    return position.order


@pytest.fixture
def opened(new_house: Callable[[], House]) -> tuple[House, Opened, Order]:
    """An order of now that was decided anew on the tick of two seconds later, and rejected at once."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house, broker=BrokerChoice(reject_bps=10_000))
    question = Question(opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    house.evaluate_position(by_hand(house), question)
    house.ledger.clock = lambda: LATER
    house.ingest_prices([tick(opened.listing_id, "96.00", LATER)])
    house.submit_order(opened.position_id, latest(house, opened).id)
    order = latest(house, opened)
    assert (order.status, order.reevaluations, order.decided_at) == (OrderStatus.REJECTED, 1, LATER)
    return house, opened, order


def test_the_tick_itself_decides_nothing_new(opened: tuple[House, Opened, Order]) -> None:
    """It used to want the same key once more, lose against itself 25 times, and hold up every tick of its batch."""
    house, example, order = opened
    assert house.evaluate_ticks(LIVE_FEED, [example.listing_id]).held == 1
    assert latest(house, example).id == order.id
    assert house.prices.undecided(LIVE_FEED) == []


def test_an_evaluation_of_that_moment_answers_the_order(opened: tuple[House, Opened, Order]) -> None:
    house, example, order = opened
    question = Question(example.position_id, Quote(last=Decimal(95), as_of=LATER), LATER)
    assert house.evaluate_position(by_hand(house), question).answer.order_id == order.id
