"""Ticks from the door to the last crossed decision, through the queue and one worker process, and all of it exact."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from api.wiring import House
from application.ports import PricePoint
from benchmarks.ground import IN_SESSION, fresh_house, later, settle
from benchmarks.measurement import Measurement

LISTINGS = 500
POSITIONS_A_LISTING = 4
ROUNDS = 100
CROSSED_LISTINGS = 50
PATIENCE_SECONDS = 120.0
POLL_SECONDS = 0.01


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Quiet rounds over all listings; in the last one some prices cross the band."""
    with fresh_house(addresses) as house:
        estate = settle(house, LISTINGS, POSITIONS_A_LISTING)
        crossing = set(estate.listing_ids[:CROSSED_LISTINGS])
        with worker(house):
            _warm_up(house, estate.listing_ids)
            began = time.perf_counter()
            for number in range(1, ROUNDS + 1):
                house.ingest_prices([_tick(each, number, each in crossing) for each in estate.listing_ids])
            _until_decided(house, len(crossing) * POSITIONS_A_LISTING)
            took = time.perf_counter() - began
        stored, intents = counted(house, "price_points"), counted(house, "orders")
        if stored != (ROUNDS + 1) * LISTINGS or intents != len(crossing) * POSITIONS_A_LISTING:
            raise AssertionError(f"not exact: {stored} prices stored, {intents} orders intended")
        yield Measurement("ticks, door to last decision", ROUNDS * LISTINGS / took, "/s", target=10_000)


def _tick(listing_id: UUID, number: int, crosses: bool) -> PricePoint:
    """Prices inside the band of 97 to 103, and below it in the last round where they cross."""
    price = Decimal("96.50") if crosses and number == ROUNDS else Decimal(9_900 + number % 200) / 100
    return PricePoint(listing_id, later(number), price, None, None, is_close=False, source="bench")


def _warm_up(house: House, listing_ids: list[UUID]) -> None:
    """One quiet round that the worker has decided, so that it is up and knows its bands."""
    house.ingest_prices([_tick(each, 0, crosses=False) for each in listing_ids])
    until(lambda: not house.prices.undecided("live"))


def _until_decided(house: House, orders: int) -> None:
    until(lambda: counted(house, "orders") >= orders)


def until(done: object, patience_seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + patience_seconds
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError("the worker does not come to an end")
        time.sleep(POLL_SECONDS)


def counted(house: House, table: str) -> int:
    with house.pool.connection() as connection:
        return connection.execute(f"select count(*) as n from {table}").fetchone()["n"]


@contextmanager
def worker(house: House) -> Iterator[int]:
    """One worker process on this house, with the clock of the benchmark; yields its process id."""
    process = subprocess.Popen(
        [
            sys.executable, "-m", "benchmarks.worker_process",
            house.database_url, house.redis_url, house.namespace, IN_SESSION.isoformat(),
        ]
    )  # fmt: skip
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()
