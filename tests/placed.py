"""An automatic portfolio under a policy, over HTTP: its advice becomes orders, step by step, on paper."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from advised import Adviser
from api.wiring import House
from callback_deliveries import deliver
from domain.events import rfc3339
from examples import IN_SESSION
from over_http import answered, refused
from policy_examples import HOLDINGS, PRICES

NOW = rfc3339(IN_SESSION)
LATER = rfc3339(IN_SESSION + timedelta(seconds=1))


class Placed(Adviser):
    """A portfolio whose advice is placed, with its prices of this moment."""

    def __init__(
        self,
        client: TestClient,
        house: House,
        cash: str = "512.44",
        changes: Mapping[str, object] | None = None,
        *,
        broker: Mapping[str, object] | None = None,
        settings: Mapping[str, object] | None = None,
        held: Mapping[str, int] = HOLDINGS,
    ) -> None:
        opened = {
            "mode": "automatic",
            "broker": {"kind": "paper", "auto_fill": True} | dict(broker or {}),
            "settings": dict(settings or {}),
        }
        super().__init__(client, house, cash, opened, None, **(changes or {}))
        self.hold(**held)
        self.tick(**PRICES)

    def tick(self, at: str = NOW, **prices: str) -> "Placed":
        """Prices of a moment."""
        quotes = [
            {"listing_id": self.listings[ticker], "last": price, "as_of": at}
            for ticker, price in prices.items()
        ]
        answered(self.client.post("/prices", json={"quotes": quotes}))
        return self

    def wait_until(self, moment: datetime) -> "Placed":
        """Time passes."""
        self.house.ledger.clock = lambda: moment
        return self

    def advised(self, kind: str = "monthly") -> dict[str, Any]:
        """What a run of now advises."""
        asked = answered(self.client.post(f"{self.address}/runs", json={"kind": kind, "as_of": NOW}), 202)
        self.house.execute_run(UUID(asked["id"]))
        found = answered(self.client.get("/recommendations", params={"portfolio_id": self.id}))
        newest: dict[str, Any] = found["items"][0]
        return newest

    def approve(self, advice: dict[str, Any]) -> dict[str, Any]:
        """A person agrees, and everything that follows happens."""
        answered(self.client.post(f"/recommendations/{advice['id']}/approve", json={}))
        return self.carried_out(advice)

    def place(self, advice: dict[str, Any]) -> None:
        """The job that places what can be placed now."""
        self.house.place_advice(UUID(advice["id"]))

    def carried_out(self, advice: dict[str, Any]) -> dict[str, Any]:
        """Place and send until nothing moves any more, and answer the advice as it stands then."""
        for _ in range(5):
            self.place(advice)
            self.send()
        return self.again(advice)

    def send(self) -> None:
        """Send the orders that are intended."""
        for order in self.orders(status="intended"):
            self.house.submit_order(UUID(order["position_id"]), UUID(order["id"]))

    def told(self, symbol: str, event: str, status: int = 200, **said: Any) -> None:
        """The broker says something of the order of a listing, by a callback."""
        order = self.order(symbol)
        body = {
            "broker": "paper",
            "account": self.id,
            "client_order_id": order["client_order_id"],
            "event": event,
            "at": NOW,
        }
        answered(deliver(self.client, json.dumps(body | said)), status)

    def fill(self, symbol: str, quantity: str, price: str, name: str = "1", **said: Any) -> None:
        """Some of the order of a listing is executed."""
        executed = {
            "execution_id": f"{symbol}-{name}",
            "quantity": quantity,
            "price": price,
            "commission": "0",
        }
        self.told(symbol, "partial_fill", **(executed | said))

    def order(self, symbol: str) -> dict[str, Any]:
        """The latest order of a listing."""
        tickers = {listing_id: ticker for ticker, listing_id in self.listings.items()}
        positions = answered(
            self.client.get("/positions", params={"portfolio_id": self.id, "placements": "true"})
        )["items"]
        of_symbol = [each["id"] for each in positions if tickers[each["listing"]["id"]] == symbol]
        return next(each for each in reversed(self.orders()) if each["position_id"] in of_symbol)

    def orders(self, **filters: str) -> list[dict[str, Any]]:
        """The portfolio's orders."""
        found = answered(self.client.get("/orders", params={"portfolio_id": self.id} | filters))
        items: list[dict[str, Any]] = found["items"]
        return items

    def does(self, advice: dict[str, Any], what: str, status: int = 200, **body: Any) -> dict[str, Any]:
        """A person does something with it."""
        response = self.client.post(f"/recommendations/{advice['id']}/{what}", json=body)
        return refused(response, status) if status >= 400 else answered(response, status)

    def consistent(self) -> None:
        """Every entry sums to zero, no cash is below it, and verifying the log finds nothing."""
        entries = answered(self.client.get(f"{self.address}/ledger", params={"limit": 1000}))["items"]
        assert all(sum(Decimal(line["amount"]) for line in each["lines"]) == 0 for each in entries)
        assert Decimal(self.cash()["portfolio"]) >= 0
        found = self.house.verified(lambda *_: None)
        assert found.ok, found.differences

    def short(self) -> list[str]:
        """The open alerts of units below zero."""
        found = answered(self.client.get("/alerts", params={"portfolio_id": self.id, "open": "true"}))
        return [each["message"] for each in found["items"] if each["rule"] == "units_below_zero"]

    def again(self, advice: dict[str, Any]) -> dict[str, Any]:
        """The advice as it stands."""
        return answered(self.client.get(f"/recommendations/{advice['id']}"))

    def cash(self) -> dict[str, str]:
        """Free cash, and what is in positions."""
        found: dict[str, str] = answered(self.client.get(f"{self.address}/cash"))
        return found


def lines(advice: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    """Each line in short: what it is, how much of it was executed, and how its order fares."""
    return [
        (each["action"], each["symbol"], f"{each['executed_quantity']}/{each['quantity']}", each["placing"])
        for each in advice["lines"]
    ]
