"""Single moments at which a worker may die, one by one: whoever comes next finishes the work."""

from datetime import timedelta

import pytest

from api.wiring import House
from application.orders import Orders
from domain.portfolio.state import LIVE_FEED
from domain.position.state import Position
from domain.streams import POSITION
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
    with pytest.raises(KeyError):  # there is no broker to send it to
        Orders(house.ledger, {}).submit(opened.position_id, order.id)
    assert position(house, opened).shares == 100

    house.orders.submit(opened.position_id, order.id)
    house.orders.collect(order.client_order_id)

    assert position(house, opened).shares == 152
    intended, *later = house.ledger.log.tail([(opened.position_id, 2)])
    assert {each.metadata.causation_id for each in later} == {intended.metadata.id}


def test_died_after_booking_and_before_ticking_off(house: House, opened: Opened) -> None:
    """The sweep asks once more, also when the next order is out already, and then no longer."""
    first = position(house, opened).order
    assert first is not None
    house.orders.submit(opened.position_id, first.id)
    house.orders.report(opened.position_id, house.paper.reports(first.client_order_id))
    second = intend(house, opened, "60", 10).order
    assert second is not None
    assert second.id != first.id
    assert unfinished(house) == [first.client_order_id]

    house.orders.collect(first.client_order_id)

    assert unfinished(house) == []
    assert position(house, opened).order == second
