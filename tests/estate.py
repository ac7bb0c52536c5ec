"""One of everything that a person may have, made over HTTP, and the people who do and do not see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.seals.sealing import new_sealing_key
from advised import Adviser
from api.following import Followers
from api.wiring import House
from application.alerts import Concern, raise_alert
from application.ledger import Cause
from broker_files import DEPOSIT, trading_212
from channel_servers.said import Services
from examples import IN_SESSION, eventually
from over_http import answered, open_example
from people import account, another, bearing, guarded, sign_in, token
from policy_examples import HOLDINGS, PRICES

SPARE = {"symbol": "SPARE", "exchange": "XNYS", "currency": "USD", "quote_unit": "USD"}
KEY = SecretStr(new_sealing_key())
CHANNEL = {"name": "phone", "url": "ntfys://anna:hidden@ntfy.test/topic"}


@dataclass(frozen=True)
class Estate:
    """``ids`` are what addresses and bodies name, by parameter; ``secrets`` those that nobody else may see."""

    house: House
    ids: dict[str, str]
    owner: TestClient
    member: TestClient
    other: TestClient
    nobody: TestClient
    reader: TestClient
    expired: TestClient

    @property
    def secrets(self) -> set[str]:
        """Ids of Anna's that a stranger must never be told."""
        return {value for name, value in self.ids.items() if name not in SHARED}


SHARED = {"listing_id", "instrument_id", "spare_listing_id", "user_id", "letter_id", "name"}
"""What belongs to nobody, and whom everybody may know."""


@contextmanager
def built(house: House) -> Iterator[Estate]:
    """The whole of it, with followers at work."""
    house.ledger.clock = lambda: IN_SESSION
    house.sealing_key = lambda: KEY
    house.sender = Services()  # type: ignore[assignment]  # a fake of the outside
    with guarded(house) as door, Followers(house):
        anna, bert, carla = (_person(house, door, name) for name in ("Anna", "Bert", "Carla"))
        ids = _everything(house, anna, answered(carla.get("/auth/me"))["id"])
        open_example(bert)
        yield Estate(
            house,
            ids,
            owner=anna,
            member=carla,
            other=bert,
            nobody=another(door),
            reader=bearing(door, token(anna, "read")["secret"]),
            expired=bearing(door, _expired(house, anna)),
        )


def _person(house: House, door: TestClient, name: str) -> TestClient:
    account(house, name)
    browser = another(door)
    sign_in(browser, name)
    return browser


def _expired(house: House, client: TestClient) -> str:
    """The secret of a token whose day is over."""
    house.ledger.clock = lambda: IN_SESSION - timedelta(hours=30)
    try:
        secret: str = token(client, "trade", expires_in_days=1)["secret"]
    finally:
        house.ledger.clock = lambda: IN_SESSION
    return secret


def _everything(house: House, client: TestClient, friend: str) -> dict[str, str]:
    example = open_example(client)
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    run = adviser.run("monthly")
    for portfolio_id in (example.portfolio_id, adviser.id):
        answered(client.post(f"/portfolios/{portfolio_id}/members", json={"user_id": friend}), 201)
    alert_id = _alert(house, UUID(example.portfolio_id), UUID(example.listing_id))
    sent = client.post(
        f"{adviser.address}/imports",
        content=trading_212(DEPOSIT),
        headers={"content-type": "text/csv"},
        params={"file_name": "history.csv"},
    )
    listing = answered(client.get(f"/listings/{example.listing_id}"))
    entry = {"entries": [{"kind": "contribution", "amount": "7"}]}
    exported = answered(client.post("/exports", json={"kind": "ledger", "format": "csv"}), 202)["id"]
    house.execute_run(UUID(exported))
    return {
        "export_id": exported,
        "name": "ledger.csv",
        "letter_id": str(house.ledger.new_id()),
        "spare_listing_id": answered(client.post("/listings", json=SPARE), 201)["id"],
        "batch_id": answered(client.post(f"{adviser.address}/ledger", json=entry), 201)["batch_id"],
        "listing_id": example.listing_id,
        "instrument_id": listing["instrument_id"],
        "portfolio_id": example.portfolio_id,
        "advised_id": adviser.id,
        "position_id": example.position_id,
        "order_id": example.evaluate(price="97.00")["order_id"],
        "run_id": run["id"],
        "recommendation_id": run["recommendation_id"],
        "line_id": adviser.advice(run)["lines"][0]["id"],
        "policy_hash": run["policy_hash"],
        "alert_id": alert_id,
        "import_id": answered(sent, 201)["id"],
        "channel_id": answered(client.put("/channels", json={"channels": [CHANNEL]}))["items"][0]["id"],
        "token_id": token(client)["id"],
        "notification_id": _notification(client, alert_id),
        "user_id": friend,
    }


def _alert(house: House, portfolio_id: UUID, listing_id: UUID) -> str:
    concern = Concern(portfolio_id, listing_id, "stale", "WARN", "KO is old.", "3 days", "1 day")
    cause = Cause("ballast:watch", house.ledger.new_id())
    house.ledger.transact(cause, lambda transaction: raise_alert(transaction, concern))
    with house.pool.connection() as connection:
        row = connection.execute("select alert_id from alerts").fetchone()
    assert row is not None
    return str(row["alert_id"])


def _notification(client: TestClient, alert_id: str) -> str:
    def told() -> Any:
        items = answered(client.get("/notifications"))["items"]
        return next((each["id"] for each in items if each["alert_id"] == alert_id), None)

    found: str = eventually(told)
    return found
