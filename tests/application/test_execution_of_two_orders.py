"""One execution id under two orders of an account: the second is refused, once, and a person is called (DOMAIN §3)."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from api.wiring import House
from application.evaluate_position import Question
from application.messages.callbacks import Callback
from application.messages.inbox import BookMessages
from application.ports import Message
from application.ports.broker import BrokerReport
from callback_deliveries import alerts
from domain.order import Fill
from domain.portfolio.events import BrokerChoice
from domain.quote import Quote
from domain.refusals import Conflict
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example

TWICE = ["97", "90"]


def _same(at: datetime) -> datetime:
    return at


def told(raw: bytes) -> Sequence[BrokerReport]:
    """One share, always of the same execution."""
    fill = Fill("e1", 1, Decimal(1), Decimal(97), Decimal(0), IN_SESSION)
    return [BrokerReport(json.loads(raw), "fill", fill=fill, at=IN_SESSION)]


@pytest.fixture
def orders(new_house: Callable[[], House]) -> tuple[House, Opened, list[str]]:
    """Two orders of one position, the first cancelled after its share was bought."""
    house = new_house()
    opened = open_example(house, broker=BrokerChoice(auto_fill=False))
    ids: list[str] = []
    for seconds, price in enumerate(TWICE):
        at = IN_SESSION + timedelta(seconds=seconds)
        house.ledger.clock = partial(_same, at)
        question = Question(opened.position_id, Quote(last=Decimal(price), as_of=at), at)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        house.submit_order(opened.position_id, order_id)
        position = house.ledger.load(POSITION, opened.position_id).state
        assert position is not None
        assert position.order is not None
        ids.append(position.order.client_order_id)
        if seconds == 0:
            house.order_reports(told(json.dumps(ids[0]).encode()))
            house.order_reports([BrokerReport(ids[0], "canceled", at=at)])
    return house, opened, ids


def test_a_stream_that_says_so_is_given_up(orders: tuple[House, Opened, list[str]]) -> None:
    """It used to fail its job once a second for ever, and nobody was told."""
    house, opened, (_, second) = orders
    book = BookMessages(house.ledger, house.inbox, house.order_reports, house.jobs, {"stream": told})
    numbers = [
        house.inbox.receive(Message("stream", f"m{n}", json.dumps(second).encode(), IN_SESSION), IN_SESSION)
        or 0
        for n in range(2)
    ]
    book(numbers)
    assert house.inbox.waiting(numbers) == []
    assert alerts(house) == [("execution_conflict", str(opened.portfolio_id), str(opened.listing_id))]
    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    assert position.shares == 101


def test_a_callback_that_says_so_is_refused_and_alerted(orders: tuple[House, Opened, list[str]]) -> None:
    """As is other content under a known execution of the same order."""
    house, opened, (_, second) = orders
    [report] = told(json.dumps(second).encode())
    message = Message("callback", "m1", b"{}", IN_SESSION)
    with pytest.raises(Conflict):
        house.callbacks.ask(Callback(message, report)).result(20)
    assert alerts(house) == [("execution_conflict", str(opened.portfolio_id), str(opened.listing_id))]
