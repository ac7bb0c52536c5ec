"""A decision before the close must not become a trade at the next open (DOMAIN §2, §3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.evaluate_position import Question
from broker_contract.alpaca import account_at
from domain.order import OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.quote import Quote
from domain.settings import SettingsChange
from domain.streams import POSITION
from examples import IN_SESSION, by_hand, open_example

CLOSE = IN_SESSION.replace(hour=21)
HALF_DAYS_CLOSE = datetime.fromisoformat("2026-11-27T18:00:00+00:00")
ORDERS = "/v2/orders"


@dataclass
class At:
    """The application's Brokers, of one account."""

    server: AlpacaServer

    def of(self, _: Portfolio) -> object:
        """The account."""
        return account_at(self.server)


def sent_after(
    house: House, close: datetime, seconds: int, settings: SettingsChange
) -> tuple[OrderStatus, int]:
    """What becomes of an order that is decided five seconds before the close, and how often it was posted."""
    decided_at = close - timedelta(seconds=5)
    house.ledger.clock = lambda: decided_at
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: decided_at) as server:
        choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
        opened = open_example(house, broker=choice, settings=settings)
        question = Question(opened.position_id, Quote(last=Decimal(97), as_of=decided_at), decided_at)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        house.ledger.clock = lambda: close + timedelta(seconds=seconds)
        at_broker = replace(house.dispatch, brokers=At(server))  # type: ignore[arg-type]
        submit = replace(house.submit_order, dispatch=at_broker)
        submit(opened.position_id, order_id)
        position = house.ledger.load(POSITION, opened.position_id).state
        assert position is not None
        assert position.order is not None
        return position.order.status, len(server.requests_to("POST", ORDERS))


@pytest.mark.parametrize("close", [CLOSE, HALF_DAYS_CLOSE], ids=["full day", "half day"])
@pytest.mark.parametrize("after_hours", [False, True])
def test_a_market_order_does_not_leave_after_the_close(
    new_house: Callable[[], House], close: datetime, after_hours: bool
) -> None:
    """The broker would queue it and trade at the next open, at whatever price that brings."""
    settings = SettingsChange(after_hours=after_hours)
    assert sent_after(new_house(), close, 10, settings) == (OrderStatus.SKIPPED, 0)


def test_at_the_close_itself_it_still_leaves(new_house: Callable[[], House]) -> None:
    """That instant is of the session."""
    assert sent_after(new_house(), CLOSE, 0, SettingsChange()) == (OrderStatus.WORKING, 1)


def test_a_limit_order_leaves_where_after_hours_are_wanted(new_house: Callable[[], House]) -> None:
    """It trades in the extended hours, and no worse than its limit."""
    settings = SettingsChange(after_hours=True, order_type="limit")
    assert sent_after(new_house(), CLOSE, 10, settings) == (OrderStatus.WORKING, 1)
