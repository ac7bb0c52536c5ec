"""What the storm found: nothing leaves while nothing may, and nothing is given up that may be on its way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from uuid import UUID

import pytest

from application import portfolios
from application.ledger import Transaction
from application.orders.cancel_order import CancelOrder
from application.orders.dispatch import LANDED
from application.orders.resubmit_order import ResubmitOrder
from application.ports.broker import BrokerOrder, BrokerSilent, Sent, Ticket
from broker_contract.desk import ORDERS, Desk
from domain.order import OrderStatus
from domain.portfolio import decide as portfolio_rules
from domain.refusals import Conflict
from domain.streams import PORTFOLIO
from examples import by_hand, tick


class Died(BaseException):
    """The worker's process is gone."""


@contextmanager
def failing(desk: Desk, method: str, error: BaseException) -> Iterator[None]:
    """Within this every such call of the broker ends so."""

    def fail(*_: object) -> None:
        raise error

    account = desk.broker
    desk.broker = copy(account)
    setattr(desk.broker, method, fail)
    try:
        yield
    finally:
        desk.broker = account


@contextmanager
def dying_after_submit(desk: Desk) -> Iterator[None]:
    """Within this an order reaches the broker, and the process that sent it hears nothing of that."""
    account = desk.broker

    def submit(ticket: Ticket) -> Sent:
        account.submit(ticket)
        raise Died

    desk.broker = copy(account)
    desk.broker.submit = submit  # type: ignore[method-assign]  # the rest of it is real
    try:
        yield
    finally:
        desk.broker = account


def recorded_only(desk: Desk) -> UUID:
    """An order that was recorded as sent by a process that died before it sent it."""
    order_id = desk.decide()
    with failing(desk, "submit", Died()), pytest.raises(Died):
        desk.submit(order_id)
    return order_id


def lost(desk: Desk) -> UUID:
    """An order of unknown fate that the broker was asked for as often as makes sense."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 504)
    desk.submit(order_id)
    for _ in range(5):
        desk.look_up()
    return order_id


def cancel(desk: Desk, order_id: UUID) -> OrderStatus:
    """A person cancels the order."""
    house = desk.house
    CancelOrder(house.ledger, desk, desk.at_broker)(by_hand(house), desk.opened.position_id, order_id)
    return desk.status()


def freeze(desk: Desk) -> None:
    """A person freezes the portfolio."""
    portfolios.freeze(desk.house.ledger, by_hand(desk.house), desk.opened.portfolio_id, "stop")


def need_comparison(desk: Desk) -> None:
    """A worker starts: nothing leaves before the books are compared."""

    def hold(transaction: Transaction) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, desk.opened.portfolio_id)
        transaction.append(stream, portfolio_rules.require_reconciliation(portfolio, "a worker started"))

    desk.house.ledger.transact(by_hand(desk.house), hold)


@pytest.mark.parametrize("hold", [freeze, need_comparison])
def test_an_order_that_may_be_out_is_not_sent_while_nothing_may_leave(
    desk: Desk, hold: Callable[[Desk], None]
) -> None:
    """It is looked up: what is there is adopted, and what is not waits until orders may leave again."""
    order_id = recorded_only(desk)
    hold(desk)
    assert not desk.submit(order_id)
    assert (desk.posts, desk.status()) == (0, OrderStatus.SUBMITTING)


def test_an_order_that_never_left_ends_with_a_freeze(desk: Desk) -> None:
    """Whoever lifts the freeze later must not set off what was decided before it."""
    order_id = recorded_only(desk)
    freeze(desk)
    desk.later(LANDED.total_seconds() + 1)
    assert not desk.submit(order_id)
    assert (desk.posts, desk.status()) == (0, OrderStatus.REJECTED)


def test_an_order_that_was_kept_once_and_sent_since_is_not_given_up(desk: Desk) -> None:
    """The job that was to send it later comes late; meanwhile somebody else had sent it, and died of it."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 429, retry_after=7)
    assert not desk.submit(order_id)
    with dying_after_submit(desk), pytest.raises(Died):
        desk.submit(order_id)
    desk.later(LANDED.total_seconds() + 1)
    assert desk.submit(order_id)
    assert (len(desk.server.orders), desk.status()) == (1, OrderStatus.WORKING)


def send_again(desk: Desk, order_id: UUID) -> None:
    """A person sends the order once more, at the price that it was decided at."""
    house, opened = desk.house, desk.opened
    house.ingest_prices([tick(opened.listing_id, "97.00", house.ledger.clock())])
    ResubmitOrder(house.ledger, house.prices, desk.at_broker)(by_hand(house), opened.position_id, order_id)


def assert_not_given_up(desk: Desk, order_id: UUID) -> None:
    """A person's cancel is refused, with the reason, and the order stays unknown."""
    with pytest.raises(Conflict, match="it may still arrive"):
        cancel(desk, order_id)
    assert desk.status() is OrderStatus.UNKNOWN


def test_an_order_is_not_given_up_when_the_broker_does_not_answer(desk: Desk) -> None:
    """No answer is not that it is not there: it might be filled a moment later."""
    order_id = lost(desk)
    desk.later(100)
    with failing(desk, "look_up", BrokerSilent("no answer in time")):
        assert_not_given_up(desk, order_id)
    assert cancel(desk, order_id) is OrderStatus.CANCELED


def test_an_order_is_not_given_up_while_it_may_be_on_its_way(desk: Desk) -> None:
    """Five questions may be asked within seconds; an order may take longer than that to arrive."""
    order_id = lost(desk)
    desk.later(30)
    assert_not_given_up(desk, order_id)
    desk.later(73)
    assert cancel(desk, order_id) is OrderStatus.CANCELED


def test_an_order_that_was_recorded_and_is_too_old_waits_for_what_may_be_on_its_way(desk: Desk) -> None:
    """A process may have died while it was sending the order at the last moment."""
    order_id = recorded_only(desk)
    desk.later(61)
    assert not desk.submit(order_id)
    assert desk.status() is OrderStatus.SUBMITTING
    desk.later(73)
    assert not desk.submit(order_id)
    assert (desk.posts, desk.status()) == (0, OrderStatus.REJECTED)


def test_an_order_is_not_given_up_when_it_was_just_sent_again(desk: Desk) -> None:
    """Long after its decision: whoever sends it then may die over it, and it arrives a moment later."""
    order_id = lost(desk)
    desk.later(600)
    with failing(desk, "submit", Died()), pytest.raises(Died):
        send_again(desk, order_id)
    desk.later(611)
    assert_not_given_up(desk, order_id)
    desk.later(612)
    assert cancel(desk, order_id) is OrderStatus.CANCELED


def test_an_order_that_is_being_given_up_is_not_sent_by_anybody(desk: Desk) -> None:
    """It is given up because the broker does not know it; it must not get to know it right after it has said so."""
    order_id = lost(desk)
    desk.later(600)
    account, asked = desk.broker, desk.broker.look_up

    def look_up(client_order_id: str) -> BrokerOrder | None:
        found = asked(client_order_id)
        desk.broker = account
        send_again(desk, order_id)
        return found

    desk.broker = copy(account)
    desk.broker.look_up = look_up  # type: ignore[method-assign]  # something happens right after the answer
    assert cancel(desk, order_id) is OrderStatus.CANCELED
    assert (desk.posts, list(desk.server.orders)) == (1, [])


def test_an_order_that_was_not_given_up_may_be_sent_again_at_once(desk: Desk) -> None:
    """The broker did not answer the person who wanted to cancel it."""
    order_id = lost(desk)
    desk.later(600)
    with failing(desk, "look_up", BrokerSilent("no answer in time")):
        assert_not_given_up(desk, order_id)
    send_again(desk, order_id)
    assert desk.status() is OrderStatus.WORKING
