"""A portfolio at a real broker from end to end: keys in, books compared, orders out, the stream back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.brokers.alpaca.addresses import Addresses
from adapters.seals.sealing import new_sealing_key
from alpaca_server.server import AlpacaServer
from api.broker_streams import BrokerStreams
from api.wiring import House
from broker_accounts import wanted
from examples import IN_SESSION, eventually
from over_http import Example, answered, open_example

# The SDK's stream is built on the older half of its websocket library.
pytestmark = pytest.mark.filterwarnings("ignore:websockets.legacy is deprecated")


@dataclass(frozen=True)
class Desk:
    """DOMAIN §2's example at a local Alpaca whose books agree with it, and whose stream is listened to."""

    alpaca: AlpacaServer
    example: Example

    def order(self, order_id: str) -> dict[str, Any]:
        """An order as it stands."""
        found: dict[str, Any] = answered(self.example.client.get(f"/orders/{order_id}"))
        return found

    def types(self) -> list[str]:
        """What happened to the portfolio and its position."""
        query = {"portfolio_id": self.example.portfolio_id, "limit": "1000"}
        return [each["type"] for each in answered(self.example.client.get("/events", params=query))["items"]]

    def buy(self) -> str:
        """The client order id of an order that works at the broker."""
        order_id = self.example.evaluate(price="97.00")["order_id"]
        eventually(lambda: self.order(order_id)["status"] == "working")
        found: str = self.order(order_id)["client_order_id"]
        return found


def now() -> datetime:
    """The broker's clock stands where the house's does."""
    return IN_SESSION


@pytest.fixture
def desk(live: TestClient, running: House) -> Iterator[Desk]:
    """Connected over HTTP, reconciled, and listened to."""
    key = SecretStr(new_sealing_key())
    running.sealing_key = lambda: key
    with AlpacaServer(cash="10000", positions={"KO": "100"}, quotes={"KO": "97"}, now=now) as alpaca:
        running.alpaca_addresses = Addresses(alpaca.url, alpaca.stream_url)
        example = open_example(live)
        alpaca.deposit(_cash(example) - alpaca.cash)
        answered(live.put(f"/portfolios/{example.portfolio_id}/broker", json=wanted(alpaca)))
        desk = Desk(alpaca, example)
        with BrokerStreams(running):
            eventually(lambda: "portfolio.reconciled" in desk.types())
            alpaca.wait_for_listeners()
            yield desk


def test_an_order_leaves_with_the_keys_that_were_kept(desk: Desk) -> None:
    desk.buy()

    (sent,) = desk.alpaca.requests_to("POST", "/v2/orders")
    assert sent.headers["apca-api-key-id"] == desk.alpaca.key_id
    assert sent.headers["apca-api-secret-key"] == desk.alpaca.secret_key


def test_a_fill_comes_back_by_the_stream_and_moves_the_anchor(desk: Desk) -> None:
    client_order_id = desk.buy()

    desk.alpaca.partially_fill(client_order_id, "20", "96.98")
    desk.alpaca.fill(client_order_id, None, "97.02")

    eventually(lambda: desk.example.card()["open_order"] is None)
    card = desk.example.card()
    assert (card["shares"], card["cash"], card["anchor"]) == ("152", "4955.76", "97.004615384615")


def test_each_new_line_requires_a_comparison_on_the_record(desk: Desk) -> None:
    """A job may be lost with Redis; what is required in the log, the sweep finds until it is done."""
    required, reconciled = "portfolio.reconciliation_required", "portfolio.reconciled"
    before = Counter(desk.types())
    desk.alpaca.stream.disconnect()
    eventually(lambda: Counter(desk.types())[required] > before[required])
    eventually(lambda: Counter(desk.types())[reconciled] > before[reconciled])


def test_what_was_said_while_nobody_listened_is_found(desk: Desk) -> None:
    client_order_id = desk.buy()
    desk.alpaca.stream.refuse(1)
    desk.alpaca.stream.disconnect()
    desk.alpaca.fill(client_order_id, None, "97.00", silent=True)

    eventually(lambda: desk.example.card()["shares"] == "152")
    eventually(lambda: desk.types().count("position.execution_booked") == 1)


def test_a_trade_by_hand_at_the_broker_is_adopted(desk: Desk) -> None:
    """The stream tells of an order that is none of ours: the books are compared, and the trade is found."""
    desk.alpaca.trade_outside("KO", "buy", "3", "96.00")

    eventually(lambda: desk.example.card()["shares"] == "103")
    eventually(lambda: "position.external_fill_adopted" in desk.types())
    assert answered(desk.example.client.get("/alerts", params={"open": "true"}))["items"] == []


def _cash(example: Example) -> Decimal:
    cash = answered(example.client.get(f"/portfolios/{example.portfolio_id}/cash"))
    return Decimal(cash["portfolio"]) + Decimal(cash["positions"])
