"""Single moments at which a worker may die, one by one: whoever comes next finishes the work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.wiring import House
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.position.state import Position
from domain.streams import POSITION
from dying_workers import Forgetful, Unreachable
from examples import IN_SESSION, Opened, open_example, tick


@pytest.fixture
def opened(house: House) -> Opened:
    """The example position with an order that was just intended, and no worker at work."""
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house)
    intend(house, opened, "97", 0)
    return opened


def intend(house: House, opened: Opened, price: str, second: int) -> Position:
    moment = IN_SESSION + timedelta(seconds=second)
    house.ledger.clock = lambda: moment
    house.ingest_prices([tick(opened.listing_id, price, moment)])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    return position(house, opened)


def position(house: House, opened: Opened) -> Position:
    state = house.ledger.load(POSITION, opened.position_id).state
    assert state is not None
    return state


def unfinished(house: House) -> list[str]:
    with house.pool.connection() as connection:
        return [
            row["client_order_id"] for row in connection.execute("select * from paper_orders where not done")
        ]


def test_died_after_storing_the_submission_and_before_sending(house: House, opened: Opened) -> None:
    """The order goes out when the job is done again, and still says which decision it follows from."""
    order = position(house, opened).order
    assert order is not None
    at_broker = replace(house.dispatch, brokers=Unreachable())
    with pytest.raises(ConnectionError):
        replace(house.submit_order, dispatch=at_broker)(opened.position_id, order.id)
    assert position(house, opened).shares == 100

    house.submit_order(opened.position_id, order.id)

    assert position(house, opened).shares == 152
    intended, *later = house.ledger.log.tail([(opened.position_id, 2)])
    assert {each.metadata.causation_id for each in later} == {intended.metadata.id}


def test_died_after_booking_and_before_ticking_off(house: House) -> None:
    """The sweep asks once more, also when the next order is out already, and then no longer."""
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house, broker=BrokerChoice(latency_ms=1))
    first = intend(house, opened, "97", 0).order
    assert first is not None
    assert house.submit_order(opened.position_id, first.id).ask_again_ms == 1
    at_broker = replace(house.dispatch, brokers=Forgetful(house.brokers))
    with pytest.raises(ConnectionError):
        at_broker.look_up(first.client_order_id)
    second = intend(house, opened, "60", 10).order
    assert second is not None
    assert second.id != first.id
    assert unfinished(house) == [first.client_order_id]

    house.dispatch.look_up(first.client_order_id)

    assert unfinished(house) == []
    assert position(house, opened).order == second
