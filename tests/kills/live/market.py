"""The market: prices that swing around 100, so that every few of them are worth an order, posted until they are in."""

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from alpaca_server.server import AlpacaServer
from domain.events import rfc3339
from kills.live.busy import Busy
from kills.live.opening import Account
from kills.live.requests import Requests

PAUSE_SECONDS = 0.2
SWING = 0.04
MIDDLE = 100
CENT = Decimal("0.01")


class Quoted(NamedTuple):
    """A price that was acknowledged."""

    listing_id: UUID
    as_of: datetime
    last: Decimal


class Market(Busy):
    """Posts a price of every listing a few times a second."""

    def __init__(self, url: str, accounts: Sequence[Account], server: AlpacaServer, seed: int) -> None:
        super().__init__("market", Requests(url))
        self._accounts = accounts
        self._server = server
        self._chance = random.Random(f"market {seed}")
        self.quoted: list[Quoted] = []

    def step(self) -> None:
        """One price of each listing."""
        now = datetime.now(UTC)
        batch = [Quoted(each.listing_id, now, self._price()) for each in self._accounts]
        for account, quoted in zip(self._accounts, batch, strict=True):
            if account.symbol in self._server.assets:
                self._server.set_quote(account.symbol, quoted.last)
        body = {
            "quotes": [
                {"listing_id": str(each.listing_id), "as_of": rfc3339(now), "last": str(each.last)}
                for each in batch
            ]
        }
        self.requests.acknowledged("POST", "/prices", json.dumps(body).encode())
        self.quoted += batch
        self.stopping.wait(PAUSE_SECONDS)

    def _price(self) -> Decimal:
        return (MIDDLE * Decimal(1 + self._chance.uniform(-SWING, SWING))).quantize(CENT)
