"""The simulated market: prices for listings on XSIM, so that a first start has something to look at.

A price is a function of the symbol and the clock alone, a slow triangle wave: it goes on where it was after a
restart, and everybody sees the same market. Real listings never trade on XSIM.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Self
from uuid import UUID

import psycopg
import psycopg_pool
import structlog

from api.wiring import House
from application.ports import PricePoint
from domain.refusals import Refusal
from projections import listings

log = structlog.get_logger()

SIMULATED_EXCHANGE = "XSIM"
SOURCE = "simulated"
TICK_SECONDS = 2.0
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wave:
    """A triangle between ``base * (1 - height)`` and ``base * (1 + height)``."""

    base: Decimal
    height: Decimal
    period_seconds: int

    def at(self, moment: datetime) -> Decimal:
        """The price at a moment, in cents."""
        turn = Decimal(int(moment.timestamp()) % self.period_seconds) / self.period_seconds
        level = 4 * turn - 1 if turn < Decimal("0.5") else 3 - 4 * turn
        return (self.base * (1 + self.height * level)).quantize(CENT)


WAVES = {
    "TIDE": Wave(Decimal(100), Decimal("0.06"), 240),
    "KEEL": Wave(Decimal(40), Decimal("0.04"), 160),
    "MAST": Wave(Decimal(250), Decimal("0.015"), 600),
}


class SimulatedMarket:
    """Quotes the simulated listings every two seconds, for as long as the ``with`` block lasts."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulated market", daemon=True)

    def quote(self) -> None:
        """Take in one price of every simulated listing that is registered."""
        now = self._house.clock()
        points = [
            PricePoint(listing_id, now, WAVES[symbol].at(now), None, None, is_close=False, source=SOURCE)
            for symbol, listing_id in self._listed().items()
        ]
        if points:
            self._house.ingest_prices(points)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            try:
                self.quote()
            except (psycopg.Error, psycopg_pool.PoolTimeout, Refusal) as error:
                log.warning("simulated_market.paused", error=str(error).strip())

    def _listed(self) -> dict[str, UUID]:
        with self._house.pool.connection() as connection:
            found = {symbol: listings.by_symbol(connection, symbol, SIMULATED_EXCHANGE) for symbol in WAVES}
        return {symbol: listing_id for symbol, listing_id in found.items() if listing_id is not None}
