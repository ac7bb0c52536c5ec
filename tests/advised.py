"""A portfolio with an adviser, over HTTP: its policy, holdings and prices, and what its person asks of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from api.wiring import House
from over_http import answered
from policy_examples import PRICES, document

CLOSED_AT = "2026-03-10T16:35:00Z"
THAT_EVENING = "2026-03-10T18:00:00Z"


ADVISORY = {"mode": "advisory"}


class Adviser:
    """A portfolio under the policy, and what its person asks of it."""

    def __init__(
        self,
        client: TestClient,
        house: House,
        cash: str = "512.44",
        opened: Mapping[str, object] = ADVISORY,
        followed: Mapping[str, object] | None = None,
        /,
        **changes: object,
    ) -> None:
        self.client, self.house = client, house
        new = {"name": "Pension", "base_currency": "GBP"} | dict(opened)
        self.id = answered(client.post("/portfolios", json=new), 201)["id"]
        self.address = f"/portfolios/{self.id}"
        body = {"policy": followed or document(**changes)}
        answered(client.put(f"{self.address}/policy", json=body))
        answered(client.post(f"{self.address}/policy/approve", json={}))
        self.listings = {
            each["symbol"]: each["listing_id"]
            for each in answered(client.get(f"{self.address}/constituents"))["items"]
        }
        self.deposit(cash)

    def deposit(self, amount: str) -> None:
        """Cash arrives."""
        if amount != "0":
            answered(
                self.client.post(f"{self.address}/cash", json={"kind": "contribution", "amount": amount})
            )

    def hold(self, **units: int) -> "Adviser":
        """Units come in kind, at the prices of the day."""
        entries = [
            {
                "kind": "transfer",
                "listing_id": self.listings[ticker],
                "quantity": str(count),
                "price": PRICES[ticker],
            }
            for ticker, count in units.items()
            if count
        ]
        answered(self.client.post(f"{self.address}/ledger", json={"entries": entries}), 201)
        return self

    def quote(self, at: str = CLOSED_AT, **prices: str) -> "Adviser":
        """Closes arrive."""
        quotes = [
            {"listing_id": self.listings[ticker], "last": price, "as_of": at, "is_close": True}
            for ticker, price in prices.items()
        ]
        answered(self.client.post("/prices", json={"quotes": quotes}))
        return self

    def run(self, kind: str, as_of: str = THAT_EVENING) -> dict[str, Any]:
        """A run that a worker has carried out."""
        asked = answered(self.client.post(f"{self.address}/runs", json={"kind": kind, "as_of": as_of}), 202)
        self.house.execute_run(UUID(asked["id"]))
        return answered(self.client.get(f"/runs/{asked['id']}"))

    def advice(self, run: dict[str, Any]) -> dict[str, Any]:
        """What a run advised."""
        return answered(self.client.get(f"/recommendations/{run['recommendation_id']}"))

    def books(self) -> tuple[str, dict[str, str]]:
        """Free cash, and units by ticker."""
        tickers = {listing_id: ticker for ticker, listing_id in self.listings.items()}
        holdings = answered(self.client.get(f"{self.address}/holdings"))["items"]
        cash = answered(self.client.get(f"{self.address}/cash"))["portfolio"]
        return cash, {tickers[each["listing_id"]]: each["quantity"] for each in holdings}

    def executed(self, advice: dict[str, Any], **headers: str) -> dict[str, Any]:
        """Every line exactly as advised."""
        lines = [
            {"line_id": each["id"], "quantity": each["quantity"], "price": each["price"]}
            for each in advice["lines"]
        ]
        address = f"/recommendations/{advice['id']}/mark-executed"
        return answered(self.client.post(address, json={"lines": lines}, headers=headers))


def orders(advice: dict[str, Any]) -> list[str]:
    """The lines in short."""
    return [
        f"{each['action']} {each['quantity']} {each['symbol']} {each['amount']}" for each in advice["lines"]
    ]
