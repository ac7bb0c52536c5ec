"""Executions that Alpaca changes afterwards: the books follow, whichever way they hear of it."""

from decimal import Decimal
from itertools import permutations

import pytest

from adapters.brokers.alpaca.updates import reports
from alpaca_server import wire
from broker_contract.desk import Desk
from domain.order import Order, OrderStatus
from domain.portfolio.state import Portfolio
from domain.streams import PORTFOLIO


def told(desk: Desk) -> list[str]:
    """The frames that the stream has sent by now."""
    return [wire.dumps({"stream": "trade_updates", "data": each}) for each in desk.server.stream.told]


def hear(desk: Desk, *frames: str) -> None:
    """Book what frames of the stream say."""
    for frame in frames:
        desk.house.order_reports(reports(frame))


def standing(order: Order) -> list[tuple[Decimal, Decimal]]:
    """What counts of an order's executions: quantities and prices."""
    return [(each.quantity, each.price) for each in order.executions if each.quantity]


def portfolio(desk: Desk) -> Portfolio:
    """The portfolio as it stands."""
    found = desk.house.ledger.load(PORTFOLIO, desk.opened.portfolio_id).state
    assert found is not None
    return found


def sent(desk: Desk) -> str:
    """An order of 52 that is at the broker."""
    desk.submit(desk.decide())
    desk.later(1)
    return desk.order.client_order_id


def require(desk: Desk, *executions: tuple[int, str]) -> None:
    """The order has these executions, the cash has paid for them, and nothing was frozen."""
    wanted = [(Decimal(quantity), Decimal(price)) for quantity, price in executions]
    assert sorted(standing(desk.order)) == sorted(wanted)
    position = desk.position
    assert position.shares == 100 + sum(quantity for quantity, _ in wanted)
    assert position.cash == 10000 - sum(quantity * price for quantity, price in wanted)
    assert not portfolio(desk).frozen


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_chain_of_corrections_is_booked_in_any_order_and_twice(desk: Desk, order: tuple[int, ...]) -> None:
    """The last one stands, and a look-up afterwards finds nothing new."""
    key = sent(desk)
    first = desk.server.fill(key, None, "97")
    second = desk.server.correct(first, price="96.5")
    desk.server.correct(second, price="96", quantity=50)
    frames = told(desk)
    late = [frames[-3:][place] for place in order]
    hear(desk, *frames[:-3], *late, *late)
    assert standing(desk.order) == [(Decimal(50), Decimal(96))]
    assert (desk.position.shares, desk.position.cash) == (Decimal(150), Decimal(5200))
    # Heard of as it was, before the first correction and after the second, it is too much for a while.
    assert portfolio(desk).frozen == (order in {(0, 2, 1), (2, 0, 1)})
    before = desk.order
    desk.look_up()
    assert desk.order == before


def test_a_bust_is_booked_and_looked_up_alike(desk: Desk) -> None:
    """The order keeps what is left of it."""
    key = sent(desk)
    first = desk.server.fill(key, 20, "97")
    desk.server.fill(key, None, "96.5")
    desk.server.bust(first)
    hear(desk, *told(desk))
    require(desk, (32, "96.5"))
    desk.look_up()
    require(desk, (32, "96.5"))


@pytest.mark.parametrize("by", ["correction", "bust"])
def test_a_change_that_nobody_heard_of_is_found_by_a_look_up(desk: Desk, by: str) -> None:
    """What the broker names no longer is taken back, when it has been long enough to be certain."""
    key = sent(desk)
    first = desk.server.fill(key, 20, "97")
    hear(desk, *told(desk))
    if by == "correction":
        desk.server.correct(first, price="96.5", silent=True)
    else:
        desk.server.bust(first, silent=True)
    desk.clock_of_the_server()
    desk.look_up()
    require(desk, (20, "97"))  # not certain yet: the stream may be ahead
    desk.clock_of_the_server(minutes=2)
    desk.look_up()
    require(desk, *([(20, "96.5")] if by == "correction" else []))
    before = desk.order
    desk.look_up()
    assert desk.order == before


def test_names_that_differ_between_the_two_ways_cost_no_second_booking(desk: Desk) -> None:
    """Should an activity go by another id than its execution, one of the two is taken back."""
    desk.server.book.activity_ids_differ = True
    key = sent(desk)
    desk.server.fill(key, None, "97")
    hear(desk, *told(desk))
    desk.clock_of_the_server()
    desk.look_up()
    require(desk, (52, "97"))
    desk.clock_of_the_server(minutes=2)
    desk.look_up()
    require(desk, (52, "97"))
    assert desk.status() is OrderStatus.FILLED
