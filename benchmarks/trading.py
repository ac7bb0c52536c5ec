"""The full loop over many positions at once: tick, intent, paper fill, then anchor, journal and card, all durable."""

import statistics
import time
from collections.abc import Iterator
from decimal import Decimal

from api.following import Followers
from api.wiring import House
from application.ports import PricePoint
from benchmarks.decisions import bare_commits
from benchmarks.end_to_end import counted, until, worker
from benchmarks.ground import Estate, fresh_house, later, settle
from benchmarks.measurement import Measurement
from domain.settings import SettingsChange

LISTINGS = 100
POSITIONS_A_LISTING = 5
PRICES = (Decimal("97.00"), Decimal("100.00"), Decimal("96.90"), Decimal("99.90"))


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Every price crosses every band; a round is over when each of its orders is filled."""
    with fresh_house(addresses) as house:
        estate = settle(house, LISTINGS, POSITIONS_A_LISTING, SettingsChange(max_orders_day=10_000))
        bare = 1 / statistics.median(bare_commits(house))
        trades = 0
        with worker(house), Followers(house):
            took = _round(house, estate, 1, PRICES[-1], warm_up=True)
            for number, price in enumerate(PRICES, start=2):
                trades += len(estate.position_ids)
                took += _round(house, estate, number, price)
        if counted(house, "executions") != trades:
            raise AssertionError("not every order was filled once")
        yield Measurement("bare INSERT+COMMIT, 1 connection", bare, "/s")
        yield Measurement("full loop, tick to booked trade", trades / took, "/s", target=300)
        yield Measurement("that beside the commit limit", trades / took / bare, "×")


def _round(house: House, estate: Estate, number: int, price: Decimal, *, warm_up: bool = False) -> float:
    """One price for every listing, in seconds until all that it sets off is booked."""
    filled = counted(house, "executions") + (0 if warm_up else len(estate.position_ids))
    began = time.perf_counter()
    at = later(number * 60)
    house.ingest_prices(
        [
            PricePoint(each, at, price, None, None, is_close=False, source="bench")
            for each in estate.listing_ids
        ]
    )
    until(lambda: counted(house, "executions") >= filled and not house.prices.undecided("live"))
    until(lambda: _open_orders(house) == 0)
    return 0.0 if warm_up else time.perf_counter() - began


def _open_orders(house: House) -> int:
    with house.pool.connection() as connection:
        return connection.execute("select count(*) as n from orders where is_open").fetchone()["n"]
