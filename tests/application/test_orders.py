"""An order's way: sent once, reported upon in any order, cancelled at any moment (DOMAIN §3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
import redis

from api.following import Followers
from api.wiring import House
from api.worker import Worker
from application import portfolios
from application.evaluate_position import Question
from application.ports.broker import Broker, BrokerReport
from domain.order import Fill, Order, OrderStatus, client_order_id
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.quote import Quote
from domain.refusals import Conflict, NotFound
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, eventually, open_example, position_of, tick

BY_HAND = BrokerChoice(auto_fill=False)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def decided(house: House, opened: Opened, price: str = "97.00") -> UUID:
    """An order that was decided and has not left."""
    question = Question(opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    assert order_id is not None
    return order_id


def latest(house: House, opened: Opened) -> Order:
    """The position's latest order."""
    order = position_of(house, opened).order
    assert order is not None
    return order


def paper_orders(house: House) -> list[dict[str, Any]]:
    """The paper broker's book."""
    with house.pool.connection() as connection:
        return connection.execute("select * from paper_orders").fetchall()


def frozen_because(house: House, opened: Opened) -> str | None:
    """Why the portfolio is frozen."""
    found = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert found is not None
    return found.frozen_because


def filled(opened: Opened, quantity: str, name: str, price: str = "97.00") -> BrokerReport:
    """A report of one execution."""
    fill = Fill(name, 1, Decimal(quantity), Decimal(price), Decimal(0), IN_SESSION)
    return BrokerReport(key(opened), "partial_fill", fill=fill, at=IN_SESSION)


def key(opened: Opened) -> str:
    """The client order id of the example's buy."""
    return client_order_id(opened.position_id, IN_SESSION, "BUY")


def test_the_slippage_of_an_enormous_price_is_no_obstacle(house: House) -> None:
    """A price of thirty digits slips in its last ones, and the order ends."""
    opened = open_example(
        house, cash="0", anchor="99999999999999999", broker=BrokerChoice(slippage_bps=Decimal(1))
    )
    order_id = decided(house, opened, price="199999999999999999.123456789012")
    house.submit_order(opened.position_id, order_id)
    assert latest(house, opened).status is OrderStatus.FILLED
    assert latest(house, opened).average_price == Decimal("199979999999999999.123544443334")


def test_an_order_sent_twice_and_at_once_is_one_paper_order(house: House) -> None:
    """Whatever jobs run again, the broker knows one order and it is filled once."""
    opened = open_example(house)
    order_id = decided(house, opened)
    with ThreadPoolExecutor(4) as workers:
        sending = [workers.submit(house.submit_order, opened.position_id, order_id) for _ in range(4)]
    assert any(each.result().sent for each in sending)
    with ThreadPoolExecutor(4) as workers:
        collecting = [workers.submit(house.dispatch.look_up, key(opened)) for _ in range(4)]
    for each in collecting:
        each.result()
    assert [row["quantity"] for row in paper_orders(house)] == [52]
    assert (position_of(house, opened).shares, position_of(house, opened).cash) == (
        Decimal(152),
        Decimal("4955.50"),
    )
    assert not house.submit_order(opened.position_id, order_id).sent


def test_a_crash_after_the_submission_was_stored_sends_the_same_order(house: House) -> None:
    """The process died before the broker heard of it: the next one sends it under the same id."""
    opened = open_example(house)
    order_id = decided(house, opened)
    at_broker = replace(house.dispatch, brokers=Unreachable())
    with pytest.raises(ConnectionError):
        replace(house.submit_order, dispatch=at_broker)(opened.position_id, order_id)
    assert latest(house, opened).status is OrderStatus.SUBMITTING
    assert paper_orders(house) == []
    assert house.submit_order(opened.position_id, order_id).sent
    assert [row["client_order_id"] for row in paper_orders(house)] == [key(opened)]
    assert position_of(house, opened).orders_on(IN_SESSION.date()) == 1


def test_reports_in_any_order_and_again_are_booked_once(house: House) -> None:
    """Fills before the acknowledgement, and each of them three times."""
    opened = open_example(house, broker=BY_HAND)
    house.submit_order(opened.position_id, decided(house, opened))
    accepted = BrokerReport(key(opened), "accepted", broker_order_id="b1", at=IN_SESSION)
    reports = [filled(opened, "10", "x1"), accepted, filled(opened, "42", "x2", "96.00")]
    for order in permutations(reports):
        house.order_reports(order)
        for report in order:
            house.order_reports([report])
    position = position_of(house, opened)
    assert (position.shares, position.cash) == (Decimal(152), Decimal("4998.00"))
    assert position.anchor == Decimal("96.192307692308")
    assert latest(house, opened).status is OrderStatus.FILLED


def test_reports_at_once_are_booked_once(house: House) -> None:
    """Two callbacks of one execution, and another one between."""
    opened = open_example(house, broker=BY_HAND)
    house.submit_order(opened.position_id, decided(house, opened))
    reports = [filled(opened, "10", "x1"), filled(opened, "10", "x1"), filled(opened, "5", "x2")] * 2
    with ThreadPoolExecutor(6) as workers:
        booking = [workers.submit(house.order_reports, [each]) for each in reports]
    for each in booking:
        each.result()
    assert latest(house, opened).filled == 15


def test_a_report_of_no_order_of_ours_is_not_found(house: House) -> None:
    """Another id, another position, or no id at all."""
    opened = open_example(house, broker=BY_HAND)
    house.submit_order(opened.position_id, decided(house, opened))
    stranger = replace(filled(opened, "1", "x1"), client_order_id=key(opened).replace("BUY", "SELL"))
    with pytest.raises(NotFound):
        house.order_reports([stranger])
    with pytest.raises(NotFound):
        house.order_reports([stranger])
    with pytest.raises(NotFound):
        house.dispatch.look_up("nonsense")


def test_more_filled_than_ordered_is_booked_and_freezes(house: House) -> None:
    """It is a fact, and a reason to stop."""
    opened = open_example(house, broker=BY_HAND)
    house.submit_order(opened.position_id, decided(house, opened))
    house.order_reports([filled(opened, "52", "x1")])
    assert frozen_because(house, opened) is None
    house.order_reports([filled(opened, "1", "x2")])
    assert position_of(house, opened).shares == 153
    assert frozen_because(house, opened) == "the broker filled more than was ordered."


def test_an_order_cancelled_before_it_left_never_leaves(house: House) -> None:
    """The job that comes too late finds nothing to send, and the anchor stays."""
    opened = open_example(house)
    order_id = decided(house, opened)
    canceled = house.cancel_order(by_hand(house), opened.position_id, order_id).answer
    assert canceled.status is OrderStatus.CANCELED
    assert not house.submit_order(opened.position_id, order_id).sent
    assert paper_orders(house) == []
    assert position_of(house, opened).anchor == 100


def test_an_order_cancelled_at_the_broker_keeps_what_was_filled(house: House) -> None:
    """Partly filled and cancelled: the anchor is the price of that part, and cancelling again is so."""
    opened = open_example(house, broker=BY_HAND)
    order_id = decided(house, opened)
    house.submit_order(opened.position_id, order_id)
    house.dispatch.look_up(key(opened))
    house.order_reports([filled(opened, "10", "x1", "96.00")])
    canceled = house.cancel_order(by_hand(house), opened.position_id, order_id).answer
    assert (canceled.status, canceled.filled) == (OrderStatus.CANCELED, Decimal(10))
    assert position_of(house, opened).anchor == 96
    again = house.cancel_order(by_hand(house), opened.position_id, order_id).answer
    assert again == canceled


def test_an_order_that_was_filled_stays_filled(house: House) -> None:
    """Cancelling comes too late; nothing moves again."""
    opened = open_example(house)
    order_id = decided(house, opened)
    house.submit_order(opened.position_id, order_id)
    house.dispatch.look_up(key(opened))
    with pytest.raises(Conflict, match="ended already: filled"):
        house.cancel_order(by_hand(house), opened.position_id, order_id)
    house.dispatch.look_up(key(opened))
    assert latest(house, opened).status is OrderStatus.FILLED
    assert position_of(house, opened).shares == 152


def test_an_order_of_a_frozen_portfolio_does_not_leave(house: House) -> None:
    """It ends skipped; one that had left already is still booked."""
    opened = open_example(house, broker=BY_HAND)
    order_id = decided(house, opened)
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "by hand")
    assert not house.submit_order(opened.position_id, order_id).sent
    assert latest(house, opened).status is OrderStatus.SKIPPED
    assert paper_orders(house) == []


def test_partial_fills_of_the_paper_broker_add_up(house: House) -> None:
    """In up to three parts with slippage: dearer than decided, and every share of it."""
    choice = BrokerChoice(partial_fills=True, slippage_bps=Decimal(5), seed=3)
    opened = open_example(house, broker=choice)
    house.submit_order(opened.position_id, decided(house, opened))
    house.dispatch.look_up(key(opened))
    order = latest(house, opened)
    assert len(order.executions) > 1
    assert (order.status, order.filled) == (OrderStatus.FILLED, Decimal(52))
    assert {execution.price for execution in order.executions} == {Decimal("97.0485")}
    assert position_of(house, opened).anchor == Decimal("97.0485")


def test_an_order_goes_out_although_redis_lost_its_job(house: House) -> None:
    """Everything that was queued is gone: the sweeps find the tick, the order and its reports again."""
    opened = open_example(house)
    house.ingest_prices([tick(opened.listing_id, "97.00")])
    with redis.Redis.from_url(house.redis_url) as client:
        for name in client.scan_iter(f"{house.namespace}*"):
            client.delete(name)
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    with house.pool.connection() as connection:
        # The outbox has followed the log up to here already: only the sweep is left to find the order.
        connection.execute(
            "insert into followers (name, number) select 'outbox', max(notification_id) from stored_events"
        )
    with Worker(house), Followers(house):
        eventually(lambda: position_of(house, opened).shares == 152)
    assert len(paper_orders(house)) == 1


class Unreachable:
    """A process that dies before it has reached any broker."""

    def of(self, _: Portfolio) -> Broker:
        """It was never heard of."""
        raise ConnectionError
