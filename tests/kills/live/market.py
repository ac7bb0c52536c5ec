"""The market: prices that swing around 100, so that every few of them are worth an order, posted until they are in."""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from alpaca_server.server import AlpacaServer
from domain.events import rfc3339
from kills.live.busy import Busy
from kills.live.opening import Accounts
from kills.live.requests import Requests

PAUSE_SECONDS = 0.2
SWING = 0.04
SWING_OF_FOLLOWED = 0.01
"""So little that what was advised fits when it is placed, most of the time."""

MIDDLE = 100
CENT = Decimal("0.01")


class Quoted(NamedTuple):
    """A price that was acknowledged."""

    listing_id: UUID
    as_of: datetime
    last: Decimal


class Market(Busy):
    """Posts a price of every listing a few times a second."""

    def __init__(self, url: str, accounts: Accounts, server: AlpacaServer, seed: int) -> None:
        super().__init__("market", Requests(url))
        self._markets = [(each.symbol, each.listing_id, SWING) for each in accounts.all]
        self._markets += [(name, id_, SWING_OF_FOLLOWED) for name, id_ in accounts.followed.items()]
        self._server = server
        self._chance = random.Random(f"market {seed}")
        self.quoted: list[Quoted] = []

    def step(self) -> None:
        """One price of each listing."""
        now = datetime.now(UTC)
        batch = [Quoted(listing_id, now, self._price(swing)) for _, listing_id, swing in self._markets]
        for (symbol, _, _), quoted in zip(self._markets, batch, strict=True):
            if symbol in self._server.assets:
                self._server.set_quote(symbol, quoted.last)
        body = {
            "quotes": [
                {"listing_id": str(each.listing_id), "as_of": rfc3339(now), "last": str(each.last)}
                for each in batch
            ]
        }
        self.requests.acknowledged("POST", "/prices", json.dumps(body).encode())
        self.quoted += batch
        self.stopping.wait(PAUSE_SECONDS)

    def _price(self, swing: float) -> Decimal:
        return (MIDDLE * Decimal(1 + self._chance.uniform(-swing, swing))).quantize(CENT)
