"""Somebody with units that no rule keeps, over HTTP, and what companies do to these."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from beancount import loader
from starlette.testclient import TestClient

from api.wiring import House
from examples import IN_SESSION
from over_http import answered, refused
from projections.beancount.account_book import account_book
from projections.beancount.text import beancount_text

BOUGHT_ON = "2026-11-02T10:00:00Z"
FRIDAY = "2026-11-20T16:30:00Z"
EX_DATE, PAY_DATE = "2026-11-23", "2026-12-01"
EX_OPEN = datetime(2026, 11, 23, 8, tzinfo=UTC)
PAY_OPEN = datetime(2026, 12, 1, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEW = {"name": "Pension", "base_currency": "GBP", "mode": "advisory"}
VWRP = {"symbol": "VWRP", "exchange": "XLON", "currency": "GBP", "quote_unit": "GBX", "lot": "1"}
ISIN = "IE00BK5BQT80"
PAID = (
    "Dividend (Ordinary),{day} 12:00:00,IE00BK5BQT80,VWRP,Vanguard FTSE All-World,100.0,0.50,GBP,"
    "1,,,{net},GBP,,,,,,X{day},,"
)


class Holder:
    """Somebody with units that no rule keeps."""

    def __init__(self, client: TestClient, house: House, **units: str) -> None:
        self.client, self.house = client, house
        house.ledger.clock = lambda: IN_SESSION
        self.vwrp = answered(client.post("/listings", json=VWRP | {"isin": ISIN}), 201)["id"]
        self.semi = answered(client.post("/listings", json=VWRP | {"symbol": "SEMI"}), 201)["id"]
        self.id = answered(client.post("/portfolios", json=NEW), 201)["id"]
        self.address = f"/portfolios/{self.id}"
        self.post("transfer", units.get("quantity", "101"), amount="10100.00", at=BOUGHT_ON)
        quote = {"listing_id": self.vwrp, "last": "12000", "as_of": FRIDAY, "is_close": True}
        house.ledger.clock = lambda: IN_SESSION + timedelta(hours=1)
        answered(client.post("/prices", json={"quotes": [quote]}))

    def post(
        self, kind: str, quantity: str | None = None, status: int = 201, **others: str
    ) -> dict[str, Any]:
        """An entry by hand."""
        entry: dict[str, Any] = {"kind": kind, "listing_id": self.vwrp} | others
        entry |= {} if quantity is None else {"quantity": quantity}
        response = self.client.post(f"{self.address}/ledger", json={"entries": [entry]})
        return refused(response, status) if status >= 400 else answered(response, status)

    def announce(self, what: str, *, status: int = 201, **terms: str) -> None:
        """What a company does."""
        answered(self.client.post(f"/{what}", json={"listing_id": self.vwrp} | terms), status)

    def at(self, moment: datetime) -> "Holder":
        """Time passes, and what is due then is booked."""
        self.house.ledger.clock = lambda: moment
        self.booked = self.house.settle_own_units.all_of(UUID(self.id))
        return self

    def units(self) -> dict[str, tuple[str, str]]:
        """Units and what they have cost, by symbol."""
        holdings = answered(self.client.get(f"{self.address}/holdings"))["items"]
        return {each["symbol"]: (each["quantity"], each["book_cost"]) for each in holdings}

    def cash(self) -> tuple[str, str]:
        """Free, and owed."""
        found = answered(self.client.get(f"{self.address}/cash"))
        return found["portfolio"], found["receivable"]

    def entries(self) -> list[dict[str, Any]]:
        """What was booked for actions."""
        items = answered(self.client.get(f"{self.address}/ledger", params={"limit": 1000}))["items"]
        return [each for each in items if (each["reference"] or "").startswith("VWRP 2026")]

    def sound(self) -> None:
        """Beancount reads the books without complaint, and verifying the log finds nothing."""
        with self.house.pool.connection() as connection:
            book = account_book(connection, UUID(self.id))
        assert book is not None
        _, errors, _ = loader.load_string(beancount_text(book))
        assert not errors, errors[0]
        found = self.house.verified(lambda *_: None)
        assert found.ok, found.differences
