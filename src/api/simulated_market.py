"""Drives the simulated market: its listings are quoted for as long as the scheduler runs."""

import threading
from types import TracebackType
from typing import Self

import psycopg
import psycopg_pool
import structlog

from adapters.market_data.simulated import SIMULATED_EXCHANGE, SOURCE, WAVES, SimulatedPrices
from api.wiring import House
from application.ports.market_data import Wanted
from domain.refusals import Refusal
from projections import listings

log = structlog.get_logger()

TICK_SECONDS = 2.0


class SimulatedMarket:
    """Quotes the simulated listings every two seconds, for as long as the ``with`` block lasts."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulated market", daemon=True)

    def quote(self) -> None:
        """Take in one price of every simulated listing that is registered."""
        wanted = self._listed()
        if wanted:
            self._house.ingest_prices(SimulatedPrices(SOURCE, self._house.clock()).quotes(wanted).points)

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

    def _listed(self) -> list[Wanted]:
        with self._house.pool.connection() as connection:
            found = listings.of_exchange(connection, SIMULATED_EXCHANGE)
        return [Wanted(**row) for row in found if row["symbol"] in WAVES]
