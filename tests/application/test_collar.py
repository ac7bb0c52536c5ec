"""A market order leaves for a real broker only where the market is near the price it was decided on (DOMAIN §3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
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
from examples import IN_SESSION, by_hand, open_example, tick

ORDERS = "/v2/orders"


class At:
    """The application's Brokers, of one account."""

    def __init__(self, server: AlpacaServer) -> None:
        self._account = account_at(server)

    def of(self, _: Portfolio) -> AlpacaAccount:
        """The account."""
        return self._account


@pytest.mark.parametrize(
    ("typed", "kind", "age_minutes", "status"),
    [
        ("60", "market", 0, OrderStatus.SKIPPED),
        ("92.14", "market", 0, OrderStatus.SKIPPED),
        ("92.40", "market", 0, OrderStatus.WORKING),
        ("60", "limit", 0, OrderStatus.WORKING),
        ("60", "market", 31, OrderStatus.WORKING),
    ],
)
def test_a_price_typed_by_hand_is_held_against_the_market(
    new_house: Callable[[], House], typed: str, kind: str, age_minutes: int, status: OrderStatus
) -> None:
    """97 was meant: at 60 it buys 99 instead of 52, for 9 603 instead of the 5 940 that were decided."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
        opened = open_example(
            house, broker=choice, settings=SettingsChange.model_validate({"order_type": kind})
        )
        before = IN_SESSION - timedelta(seconds=5, minutes=age_minutes)
        house.ingest_prices([tick(opened.listing_id, "97", before)])
        question = Question(opened.position_id, Quote(last=Decimal(typed), as_of=IN_SESSION), IN_SESSION)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        at_broker = replace(house.dispatch, brokers=At(server))
        submit = replace(house.submit_order, dispatch=at_broker)
        submit(opened.position_id, order_id)
        position = house.ledger.load(POSITION, opened.position_id).state
        assert position is not None
        assert position.order is not None
        assert position.order.status is status
        assert bool(server.requests_to("POST", ORDERS)) == (status is OrderStatus.WORKING)
