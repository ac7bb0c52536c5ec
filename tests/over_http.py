"""A person's day over HTTP: ready-made requests, and what every answer of a kind has in common."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
from pydantic import SecretStr
from standardwebhooks import Webhook

from api.configuration import Configuration
from domain.events import rfc3339
from examples import IN_SESSION

HERE = "http://127.0.0.1:8000"
AT = rfc3339(IN_SESSION)
SECRET = "whsec_" + base64.b64encode(b"a secret of tests").decode()

KO = {
    "symbol": "KO",
    "exchange": "XNYS",
    "currency": "USD",
    "quote_unit": "USD",
    "lot": "1",
    "isin": "US1912161007",
    "name": "Coca-Cola",
}


def configuration(**others: Any) -> Configuration:
    """The program's settings as tests run it."""
    return Configuration.model_validate({"auth": "open", "callback_secret": SecretStr(SECRET)} | others)


@dataclass(frozen=True)
class Example:
    """DOMAIN §2's example, opened over HTTP."""

    client: httpx.Client
    listing_id: str
    portfolio_id: str
    position_id: str

    @property
    def address(self) -> str:
        """Where the position is."""
        return f"/positions/{self.position_id}"

    def card(self) -> dict[str, Any]:
        """The position as it stands."""
        return answered(self.client.get(self.address))

    def evaluate(self, **body: Any) -> dict[str, Any]:
        """An explicit evaluation, in session unless it says otherwise."""
        return answered(self.client.post(f"{self.address}/evaluate", json={"as_of": AT} | body))

    def tick(self, price: str, at: datetime = IN_SESSION) -> dict[str, Any]:
        """A price from outside."""
        quote = {"listing_id": self.listing_id, "last": price, "as_of": rfc3339(at)}
        return answered(self.client.post("/prices", json={"quotes": [quote]}))

    def events(self, **filters: Any) -> list[dict[str, Any]]:
        """The position's timeline."""
        answer = self.client.get("/events", params={"position_id": self.position_id} | filters)
        items: list[dict[str, Any]] = answered(answer)["items"]
        return items


def open_example(
    client: httpx.Client,
    *,
    settings: Mapping[str, Any] | None = None,
    broker: Mapping[str, Any] | None = None,
    listing: Mapping[str, Any] | None = None,
    position: Mapping[str, Any] | None = None,
    mode: str = "automatic",
) -> Example:
    """Anchor 100, 100 shares, cash 10 000, in a paper portfolio of 20 000."""
    listing_id = answered(client.post("/listings", json=KO | dict(listing or {})), 201)["id"]
    opened = {
        "name": "Example",
        "base_currency": (listing or KO).get("currency", "USD"),
        "mode": mode,
        "broker": {"kind": "paper", "auto_fill": True} | dict(broker or {}),
        "settings": {},
    }
    portfolio_id = answered(client.post("/portfolios", json=opened), 201)["id"]
    deposit = {"kind": "deposit", "amount": "20000"}
    answered(client.post(f"/portfolios/{portfolio_id}/cash", json=deposit))
    wanted = {
        "listing_id": listing_id,
        "cash": "10000",
        "shares": "100",
        "anchor": "100",
        "settings": dict(settings or {}),
    }
    answer = client.post(f"/portfolios/{portfolio_id}/positions", json=wanted | dict(position or {}))
    return Example(client, listing_id, portfolio_id, answered(answer, 201)["id"])


def answered(response: httpx.Response, status: int = 200) -> dict[str, Any]:
    """The body of an answer that must be of this status."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    content: dict[str, Any] = response.json()
    return content


def refused(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document that an answer must be, complete."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["type"].startswith("/problems/")
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith(".")
    return problem


def fields(response: httpx.Response) -> list[str]:
    """The fields that a 422 names."""
    return [each["field"] for each in refused(response, 422).get("errors", [])]


def signed(
    body: str | bytes,
    *,
    webhook_id: str | None = None,
    secret: str = SECRET,
    at: datetime | None = None,
) -> dict[str, str]:
    """The headers of a delivery as Standard Webhooks sign it."""
    webhook_id, at = webhook_id or f"msg_{uuid4().hex}", at or datetime.now(UTC)
    text = body if isinstance(body, str) else body.decode()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, at, text),
        "content-type": "application/json",
    }


def numbers(measures: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """The measures as numbers."""
    return {
        name: None if value is None else Decimal(value)
        for name, value in measures.items()
        if isinstance(value, str | None) and name not in ("from", "to", "portfolio_id", "position_id")
    }
