"""From a tick to a committed order intent: one at a time, and a hundred crossings at once."""

import itertools
import time
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from api.collector import calm_the_collector
from api.wiring import House
from application.ledger import Cause, Transaction
from application.ports import Batch, EventLog, PricePoint
from benchmarks.ground import fresh_house, later, settle
from benchmarks.measurement import Measurement, each_second, percentile
from domain.portfolio.state import LIVE_FEED

SINGLES = 500
BATCHES = 30
CROSSINGS_A_BATCH = 100
SECONDS_PER_MILLISECOND = 1e-3


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Single ticks beside a bare commit, then batches."""
    with fresh_house(addresses) as house:
        estate = settle(house, listing_count=SINGLES + BATCHES * CROSSINGS_A_BATCH, positions_a_listing=1)
        _store(house, estate.listing_ids)
        house.band_watch.refresh()
        warm(house, estate.position_ids)
        calm_the_collector()
        yield from _singles(house, estate.listing_ids[:SINGLES])
        yield from _batches(house, estate.listing_ids[SINGLES:])


def bare_commits(house: House, times: int = 300) -> list[float]:
    """The seconds of a bare INSERT+COMMIT of a small row on the same server."""
    with house.pool.connection() as connection:
        connection.execute("create table if not exists bare (id bigint primary key, text text not null)")
        connection.execute("truncate bare")
        ids = itertools.count()
        return each_second(
            lambda: connection.execute("insert into bare values (%s, %s)", (next(ids), "x" * 200)), times
        )


def warm(house: House, position_ids: list[UUID]) -> None:
    """Load every position once, as a worker has after its first minutes."""
    from domain.streams import POSITION

    transaction = Transaction(house.ledger, Cause(actor="local", correlation_id=house.ledger.new_id()))
    for position_id in position_ids:
        transaction.load(POSITION, position_id)


def _store(house: House, listing_ids: list[UUID]) -> None:
    points = [
        PricePoint(listing_id, later(1), Decimal("97.00"), None, None, is_close=False, source="bench")
        for listing_id in listing_ids
    ]
    with house.prices.intake(LIVE_FEED, sorted(listing_ids)) as intake:
        intake.store(points, [], points)


def _singles(house: House, listing_ids: list[UUID]) -> Iterator[Measurement]:
    waiting = iter(listing_ids)
    house.evaluate_ticks(LIVE_FEED, [next(waiting)])
    commits = percentile(bare_commits(house), 50)
    store = StopWatch(house.log)
    house.ledger.log = store
    seconds = each_second(lambda: house.evaluate_ticks(LIVE_FEED, [next(waiting)]), SINGLES - 1)
    house.ledger.log = house.log
    commits = (commits + percentile(bare_commits(house), 50)) / 2
    p50, p99 = percentile(seconds, 50), percentile(seconds, 99)
    yield Measurement("bare INSERT+COMMIT, p50", commits * 1e3, "ms")
    yield Measurement("tick → committed intent, p50", p50 * 1e3, "ms")
    yield Measurement("tick → committed intent, p99", p99 * 1e3, "ms")
    yield Measurement("of that, the store's append, p50", percentile(store.seconds, 50) * 1e3, "ms")
    yield Measurement("tick → committed intent, in commits", p50 / commits, "×", target=6, better="less")


class StopWatch:
    """An event log that times its appends."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.seconds: list[float] = []

    def append(self, batch: Batch) -> int:
        """Append, and remember how long it took."""
        began = time.perf_counter()
        try:
            return self._log.append(batch)
        finally:
            self.seconds.append(time.perf_counter() - began)

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


def _batches(house: House, listing_ids: list[UUID]) -> Iterator[Measurement]:
    batches = iter(
        [
            listing_ids[begin : begin + CROSSINGS_A_BATCH]
            for begin in range(0, len(listing_ids), CROSSINGS_A_BATCH)
        ]
    )
    seconds = each_second(lambda: house.evaluate_ticks(LIVE_FEED, next(batches)), BATCHES)
    rate = CROSSINGS_A_BATCH / percentile(seconds, 50)
    yield Measurement("decisions committed, 100 a batch", rate, "/s", target=5_000)
