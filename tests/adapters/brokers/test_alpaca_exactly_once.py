"""An order through the use cases to an Alpaca that fails: it ends in one order there, or in none, and both know it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from adapters.redis.queue import SUBMIT_ORDER
from alpaca_server.faults import Faults
from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.orders.dispatch import LANDED
from application.orders.resubmit_order import ResubmitOrder
from application.ports.broker import Broker, Sent, Ticket
from broker_contract.alpaca import account_at
from broker_contract.bench import a_ticket
from broker_contract.desk import ORDERS, Desk, open_desk
from broker_contract.trickle import closed_address
from domain.order import OrderStatus, Overlay
from domain.refusals import Conflict
from domain.settings import SettingsChange
from examples import IN_SESSION, by_hand, tick

BY_CLIENT_ID = "/v2/orders:by_client_order_id"

ACCEPTED_AND_LOST: dict[str, Callable[[Faults], None]] = {
    "500": lambda faults: faults.status("POST", ORDERS, 500, after_effect=True),
    "503": lambda faults: faults.status("POST", ORDERS, 503, after_effect=True),
    "504": lambda faults: faults.status("POST", ORDERS, 504, after_effect=True),
    "hang": lambda faults: faults.hang("POST", ORDERS, 30, after_effect=True),
    "cut": lambda faults: faults.cut("POST", ORDERS, after_effect=True),
    "cut midway": lambda faults: faults.cut("POST", ORDERS, midway=True),
    "half": lambda faults: faults.truncated("POST", ORDERS),
    "HTML": lambda faults: faults.html("POST", ORDERS, 502, after_effect=True),
    "empty list": lambda faults: faults.json("POST", ORDERS, [], after_effect=True),
}


@pytest.mark.parametrize("fault", ACCEPTED_AND_LOST)
def test_an_order_whose_acceptance_was_lost_is_adopted_and_is_one(desk: Desk, fault: str) -> None:
    """Unknown until a look-up finds it; then it works, and is filled, as if nothing had been."""
    order_id = desk.decide()
    ACCEPTED_AND_LOST[fault](desk.server.faults)
    assert desk.submit(order_id)
    assert desk.status() is OrderStatus.UNKNOWN
    assert not desk.submit(order_id)
    assert desk.look_up().status is OrderStatus.WORKING
    (theirs,) = desk.server.orders.values()
    assert desk.order.broker_order_id == theirs.order_id
    desk.server.fill(desk.order.client_order_id, 20, "97")
    desk.server.fill(desk.order.client_order_id, None, "96.5")
    filled = desk.look_up()
    assert (filled.status, filled.filled, len(filled.executions)) == (OrderStatus.FILLED, Decimal(52), 2)
    assert desk.look_up() == filled
    assert desk.posts == 1


@pytest.mark.parametrize("fault", ACCEPTED_AND_LOST)
def test_an_order_that_was_filled_meanwhile_is_adopted_with_its_executions(desk: Desk, fault: str) -> None:
    """The market does not wait for us."""
    desk.server.auto_fill = True
    order_id = desk.decide()
    ACCEPTED_AND_LOST[fault](desk.server.faults)
    desk.submit(order_id)
    found = desk.look_up()
    assert (found.status, found.average_price) == (OrderStatus.FILLED, Decimal(97))
    assert (desk.posts, len(desk.server.orders)) == (1, 1)


@pytest.mark.parametrize("price", ["96.995", "96.999999"])
def test_a_limit_that_was_rounded_for_the_broker_is_still_ours(
    house: House, server: AlpacaServer, price: str
) -> None:
    """An order is adopted when every field is what was sent, to the digit."""
    desk = open_desk(house, server, SettingsChange(order_type="limit"))
    order_id = desk.decide(price)
    server.faults.status("POST", ORDERS, 504, after_effect=True)
    desk.submit(order_id)
    assert desk.look_up().status is OrderStatus.WORKING
    (theirs,) = server.orders.values()
    assert theirs.limit_price == Decimal("96.99")


def test_an_order_that_never_arrived_stays_unknown_and_is_not_sent_again(desk: Desk) -> None:
    """Nothing is sent under another id either; after five questions a person is called."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 504)
    desk.submit(order_id)
    for _ in range(6):
        assert desk.look_up().status is OrderStatus.UNKNOWN
        assert not desk.submit(order_id)
    assert (desk.posts, desk.order.probes) == (1, 5)


@pytest.mark.parametrize("lied", [False, True], ids=["true", "accepted nevertheless"])
def test_an_order_beyond_the_rate_limit_is_sent_again_under_its_id(desk: Desk, lied: bool) -> None:
    """When the broker said; and should it have been accepted after all, that is the one."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 429, retry_after=7, after_effect=lied)
    assert not desk.submit(order_id)
    assert desk.status() is OrderStatus.SUBMITTING
    ((name, arguments, delay_ms),) = desk.jobs.noted
    assert (name, arguments[1], delay_ms) == (SUBMIT_ORDER, str(order_id), 7000)
    desk.later(7)
    assert desk.submit(order_id)
    assert desk.status() is OrderStatus.WORKING
    assert (desk.posts, len(desk.server.orders)) == (1 if lied else 2, 1)


def test_an_order_that_cannot_be_sent_in_time_ends(desk: Desk) -> None:
    """It is certain that it is not there, so it is not unknown."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 429, times=9)
    for seconds in (0, 10, 40):
        desk.later(seconds)
        assert not desk.submit(order_id)
        assert desk.status() is OrderStatus.SUBMITTING
    desk.later(45)
    desk.submit(order_id)
    assert desk.status() is OrderStatus.REJECTED
    assert len(desk.jobs.noted) == 3
    assert not desk.server.orders


def test_an_order_for_which_there_is_no_line_ends_when_it_is_too_late(desk: Desk) -> None:
    """A line that comes back then does not send it at a price of long ago."""
    order_id = desk.decide()
    account = account_at(desk.server)
    account._url = closed_address()
    desk.broker = account
    desk.submit(order_id)
    assert desk.status() is OrderStatus.SUBMITTING
    desk.broker = account_at(desk.server)
    desk.later(LANDED.total_seconds() + 1)
    desk.submit(order_id)
    assert desk.status() is OrderStatus.REJECTED
    assert desk.posts == 0


def test_keys_that_are_refused_end_the_order_at_once(desk: Desk) -> None:
    """Nothing was accepted, and waiting does not mend keys."""
    order_id = desk.decide()
    desk.server.keys.secret_key = "another"
    desk.submit(order_id)
    assert desk.status() is OrderStatus.REJECTED
    assert desk.jobs.noted == []


class Died(Exception):
    """The process is gone."""


class Dying(AlpacaAccount):
    """An account whose process dies right after it has posted an order."""

    def submit(self, ticket: Ticket) -> Sent:
        """Post, and die."""
        super().submit(ticket)
        raise Died


def dying(server: AlpacaServer) -> Broker:
    """The account in the hands of a process that will die."""
    account = account_at(server)
    account.__class__ = Dying
    return account


@pytest.mark.parametrize("seconds", [12, 3600])
def test_an_order_that_left_before_a_crash_is_adopted(desk: Desk, seconds: int) -> None:
    """Whenever the next process comes."""
    order_id = desk.decide()
    desk.broker = dying(desk.server)
    with pytest.raises(Died):
        desk.submit(order_id)
    assert desk.status() is OrderStatus.SUBMITTING
    desk.broker = account_at(desk.server)
    desk.later(seconds)
    assert desk.submit(order_id)
    assert desk.status() is OrderStatus.WORKING
    assert (desk.posts, len(desk.server.orders)) == (1, 1)


def test_an_order_that_may_have_left_waits_for_an_answer_while_it_is_fresh(desk: Desk) -> None:
    """And is unknown after that, which calls a person."""
    order_id = desk.decide()
    desk.broker = dying(desk.server)
    with pytest.raises(Died):
        desk.submit(order_id)
    desk.broker = account_at(desk.server)
    desk.server.faults.status("GET", BY_CLIENT_ID, 503, times=2)
    desk.later(12)
    assert not desk.submit(order_id)
    assert desk.status() is OrderStatus.SUBMITTING
    desk.later(61)
    desk.submit(order_id)
    assert desk.status() is OrderStatus.UNKNOWN
    assert desk.look_up().status is OrderStatus.WORKING
    assert (desk.posts, len(desk.server.orders)) == (1, 1)


def test_an_order_that_did_not_leave_before_a_crash_is_not_sent_an_hour_later(desk: Desk) -> None:
    """Its price is of long ago."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 429)
    desk.submit(order_id)
    desk.later(3600)
    desk.submit(order_id)
    assert desk.status() is OrderStatus.REJECTED
    assert (desk.posts, len(desk.server.orders)) == (1, 0)


def test_what_the_broker_says_of_an_order_that_waits_is_laid_over_it(desk: Desk) -> None:
    """Until it ends, with what was filled before."""
    order_id = desk.decide()
    desk.submit(order_id)
    key = desk.order.client_order_id
    desk.server.cancels_at_once = False
    desk.broker.cancel(replace(a_ticket(), client_order_id=key))
    assert desk.look_up().overlay is Overlay.PENDING_CANCEL
    desk.server.fill(key, 2, "97")
    assert desk.look_up().filled == 2
    desk.server.cancel(key)
    assert desk.look_up().status is OrderStatus.CANCELED


def test_a_person_may_send_an_order_of_unknown_fate_again_while_the_price_is_near(desk: Desk) -> None:
    """An hour later, under the id it has; not when the price has left the collar of the decision."""
    order_id = desk.decide()
    desk.server.faults.status("POST", ORDERS, 504)
    desk.submit(order_id)
    assert desk.order.status is OrderStatus.UNKNOWN
    desk.later(3600)
    house, position_id = desk.house, desk.opened.position_id
    resubmit = ResubmitOrder(house.ledger, house.prices, desk.at_broker)
    house.ingest_prices([tick(desk.opened.listing_id, "91.00", house.ledger.clock())])
    with pytest.raises(Conflict, match=r"has moved to 91\.00"):
        resubmit(by_hand(house), position_id, order_id)
    assert desk.posts == 1
    house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=3601)
    house.ingest_prices([tick(desk.opened.listing_id, "95.00", house.ledger.clock())])
    assert resubmit(by_hand(house), position_id, order_id).answer.status is OrderStatus.WORKING
    assert (desk.posts, list(desk.server.orders)) == (2, [desk.order.client_order_id])
    with pytest.raises(Conflict, match="it is working"):
        resubmit(by_hand(house), position_id, order_id)
