"""Advice that becomes orders at a real broker: whatever happens on the way, each line is one order there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.brokers.alpaca.addresses import Addresses
from adapters.seals.sealing import new_sealing_key
from advised import Adviser
from alpaca_server.server import AlpacaServer
from api.broker_streams import BrokerStreams
from api.wiring import House
from broker_accounts import wanted
from domain.events import rfc3339
from examples import IN_SESSION, eventually
from over_http import answered
from placed import lines
from policy_examples import PRICES, document, in_dollars

pytestmark = pytest.mark.filterwarnings("ignore:websockets.legacy is deprecated")

ORDERS = "/v2/orders"
NOW = rfc3339(IN_SESSION)
IN_NEW_YORK = json.loads(json.dumps(in_dollars(document())).replace("LSE", "NYSE"))
DOLLARS = {ticker: str(round(float(price) / 100, 2)) for ticker, price in PRICES.items()}
OPENED = {"mode": "automatic", "base_currency": "USD", "broker": {"kind": "paper"}}


@pytest.fixture
def alpaca() -> Iterator[AlpacaServer]:
    """An account with just the free cash of the portfolio."""
    with AlpacaServer(cash="512.44", quotes=DOLLARS, now=lambda: IN_SESSION) as server:
        yield server


def test_an_order_that_was_accepted_and_never_confirmed_is_adopted_once(
    live: TestClient, running: House, alpaca: AlpacaServer
) -> None:
    key = SecretStr(new_sealing_key())
    running.sealing_key = lambda: key
    running.alpaca_addresses = Addresses(alpaca.url, alpaca.stream_url)
    portfolio = Adviser(live, running, "512.44", OPENED, IN_NEW_YORK)
    answered(live.put(f"{portfolio.address}/broker", json=wanted(alpaca)))
    quotes = [
        {"listing_id": portfolio.listings[each], "last": DOLLARS[each], "as_of": NOW} for each in DOLLARS
    ]
    answered(live.post("/prices", json={"quotes": quotes}))

    def advice() -> dict[str, Any]:
        return answered(live.get(f"/recommendations/{recommendation_id}"))

    with BrokerStreams(running):
        eventually(lambda: "portfolio.reconciled" in _types(live, portfolio))
        alpaca.wait_for_listeners()
        run = answered(live.post(f"{portfolio.address}/runs", json={"kind": "monthly", "as_of": NOW}), 202)
        eventually(lambda: _ended(live, run["id"]) is not None)
        recommendation_id = _ended(live, run["id"])
        expected = len(advice()["lines"])
        alpaca.faults.status("POST", ORDERS, 504, after_effect=True)
        answered(live.post(f"/recommendations/{recommendation_id}/approve", json={}))
        eventually(lambda: len(alpaca.requests_to("POST", ORDERS)) == expected)
        eventually(lambda: all(each["status"] == "working" for each in _orders(live, portfolio)))

        sent = _orders(live, portfolio)
        assert len({each["client_order_id"] for each in sent}) == len(sent) == expected
        for each in sent:
            alpaca.fill(each["client_order_id"], None, each["decided_price"])
        eventually(lambda: advice()["status"] == "executed_full")

    assert {each[3] for each in lines(advice())} == {"ended"}
    assert {symbol: str(units) for symbol, units in alpaca.positions.items()} == portfolio.books()[1]
    assert portfolio.books()[0] == str(alpaca.cash)
    assert len(alpaca.requests_to("POST", ORDERS)) == expected


def _ended(client: TestClient, run_id: str) -> str | None:
    found: str | None = answered(client.get(f"/runs/{run_id}"))["recommendation_id"]
    return found


def _types(client: TestClient, portfolio: Adviser) -> list[str]:
    query = {"portfolio_id": portfolio.id, "limit": "1000"}
    return [each["type"] for each in answered(client.get("/events", params=query))["items"]]


def _orders(client: TestClient, portfolio: Adviser) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answered(client.get("/orders", params={"portfolio_id": portfolio.id}))[
        "items"
    ]
    return items
