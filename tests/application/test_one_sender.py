"""Jobs run twice, and two processes may want to send one order: only one of them does at a time (DOMAIN §3)."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from api.wiring import House
from application.evaluate_position import Question
from application.orders.dispatch import ONE_SENDER, Dispatch, Outgoing
from application.ports.broker import BrokerOrder, BrokerReport, NotSent, Sent, Ticket
from domain.order import OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.quote import Quote
from domain.streams import LISTING, PORTFOLIO, POSITION
from examples import IN_SESSION, Opened, by_hand, eventually, open_example

REFUSED = "insufficient buying power"


class Died(BaseException):
    """The process that was sending is gone."""


@dataclass
class OfTwoMinds:
    """A broker that takes its time over the first order it is sent, and refuses the same one meanwhile."""

    kind = "alpaca"
    account: str = "PA1"
    sent: list[str] = field(default_factory=list)
    fails: list[BaseException] = field(default_factory=list)
    answer: threading.Event = field(default_factory=threading.Event)

    def of(self, _: Portfolio) -> "OfTwoMinds":
        """The application's Brokers."""
        return self

    def submit(self, ticket: Ticket) -> Sent:
        """Accept the first, once it is let; any other would need the buying power that this one has taken."""
        self.sent.append(ticket.client_order_id)
        if self.fails:
            raise self.fails.pop()
        if len(self.sent) > 1:
            return Sent([BrokerReport(ticket.client_order_id, "rejected", reason=REFUSED)])
        assert self.answer.wait(20)
        return Sent([BrokerReport(ticket.client_order_id, "accepted", broker_order_id="b1")])

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
        """Nothing is there yet."""
        return None

    def as_sent(self, ticket: Ticket) -> Ticket:
        """As it is."""
        return ticket

    def reported(self, client_order_id: str) -> None:
        """It does not care."""


@dataclass
class Desk:
    """An order that was decided, and the broker it goes to."""

    house: House
    opened: Opened
    order_id: UUID
    broker: OfTwoMinds

    @property
    def dispatch(self) -> Dispatch:
        """The use cases, of any process."""
        return replace(self.house.dispatch, brokers=self.broker)  # type: ignore[arg-type]  # what is used of one

    def submit(self) -> bool:
        """What a job does; answers whether the order was sent."""
        house = self.house
        submit = replace(house.submit_order, dispatch=self.dispatch)
        return submit(self.opened.position_id, self.order_id).sent

    def outgoing(self) -> Outgoing:
        """The order as it is known now."""
        position = self.house.ledger.load(POSITION, self.opened.position_id).state
        portfolio = self.house.ledger.load(PORTFOLIO, self.opened.portfolio_id).state
        assert position is not None
        assert position.order is not None
        assert portfolio is not None
        listing = self.house.ledger.load(LISTING, self.opened.listing_id).state
        assert listing is not None
        return Outgoing(position, portfolio, listing, position.order)

    def status(self) -> OrderStatus:
        """Where it stands on the books."""
        return self.outgoing().order.status

    def later(self, wait: timedelta) -> None:
        """So long after the decision."""
        self.house.ledger.clock = lambda: IN_SESSION + wait

    @contextmanager
    def being_sent(self) -> Iterator[None]:
        """Another process is in the middle of sending the order; it has been, when the block ends."""
        with ThreadPoolExecutor() as threads:
            sending = threads.submit(self.submit)
            eventually(lambda: self.broker.sent)
            try:
                yield
            finally:
                self.broker.answer.set()
            assert sending.result()


@pytest.fixture
def desk(new_house: Callable[[], House]) -> Desk:
    """A desk."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    broker = OfTwoMinds()
    choice = BrokerChoice(kind="alpaca", environment="paper", account=broker.account)
    opened = open_example(house, broker=choice)
    question = Question(opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    assert order_id is not None
    return Desk(house, opened, order_id, broker)


def test_an_order_that_is_being_sent_is_not_sent_by_anybody_else(desk: Desk) -> None:
    """The broker would refuse the second, and the books would end an order that is open there."""
    with desk.being_sent():
        assert not desk.submit()
    assert len(desk.broker.sent) == 1
    assert desk.status() is OrderStatus.WORKING


def test_whoever_died_while_sending_is_waited_for_as_long_as_a_call_may_take(desk: Desk) -> None:
    """What it sent may arrive until then; afterwards the broker is asked, and the order sent once more."""
    desk.broker.fails = [Died()]
    with pytest.raises(Died):
        desk.submit()
    desk.later(ONE_SENDER - timedelta(seconds=1))
    assert not desk.submit()
    assert len(desk.broker.sent) == 1
    desk.later(ONE_SENDER)
    assert desk.submit()
    assert desk.broker.sent == 2 * [desk.outgoing().order.client_order_id]


def test_what_has_certainly_not_left_is_tried_again_at_once(desk: Desk) -> None:
    """A broker that is too busy says when to come back, and that is sooner."""
    desk.broker.fails = [NotSent("too many requests", 200)]
    assert not desk.submit()
    assert desk.submit()
    assert len(desk.broker.sent) == 2


def test_a_process_that_stood_still_does_not_send_what_was_settled_meanwhile(desk: Desk) -> None:
    """It had recorded the submission, and wakes up when another process has long sent it and was refused."""
    desk.broker.fails = [Died()]
    with pytest.raises(Died):
        desk.submit()
    before = desk.outgoing()
    assert before.order.status is OrderStatus.SUBMITTING
    desk.later(ONE_SENDER)
    assert desk.submit()
    assert desk.status() is OrderStatus.REJECTED
    desk.later(3 * ONE_SENDER)
    assert not desk.dispatch.send(before).sent
    assert len(desk.broker.sent) == 2
