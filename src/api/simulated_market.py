"""Drives the simulated market: its listings are quoted for as long as the scheduler runs."""

from adapters.market_data.simulated import SIMULATED_EXCHANGE, SOURCE, WAVES, SimulatedPrices
from api.repeating import Repeating
from api.wiring import House
from application.ports.market_data import Wanted
from projections import listings

TICK_SECONDS = 2.0


class SimulatedMarket(Repeating):
    """Quotes the simulated listings every two seconds."""

    def __init__(self, house: House) -> None:
        super().__init__("simulated_market", TICK_SECONDS, self.quote)
        self._house = house

    def quote(self) -> None:
        """Take in one price of every simulated listing that is registered."""
        wanted = self._listed()
        if wanted:
            self._house.ingest_prices(SimulatedPrices(SOURCE, self._house.clock()).quotes(wanted).points)

    def _listed(self) -> list[Wanted]:
        with self._house.pool.connection() as connection:
            found = listings.of_exchange(connection, SIMULATED_EXCHANGE)
        return [Wanted(**row) for row in found if row["symbol"] in WAVES]
