"""The proof: the chain followed and verified, decisions again, exports beside a bare COPY; memory too.

Whatever takes memory runs in a process of its own, and only its own counts.
"""

import time
from collections.abc import Iterator, Sequence

from api.collector import calm_the_collector
from api.wiring import House
from benchmarks import exporting, verifying
from benchmarks.ground import fresh_house
from benchmarks.long_log import last_number, lengthen, settle_and_trade
from benchmarks.measurement import Measurement
from projections.catalogue import BY_NAME, READ_MODELS
from projections.rebuild import Rebuild

SHORT, LONG = 100_000, 1_000_000
ASKED_BY_EXPORTS = ("portfolios", "members", "timeline")


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Whole orders: a tenth of the log with every read model, then all of it with those that exports ask."""
    calm_the_collector()
    with fresh_house(addresses) as house:
        true_events = settle_and_trade(house)
        lengthen(house, true_events, SHORT)
        _follow(house)
        _rebuild(house, [model.name for model in READ_MODELS])
        verified = verifying.everything(house)
        yield Measurement(f"all of it verified, {SHORT:,} events", verified.events_a_second, "events/s")
        yield Measurement("peak memory of that", verified.peak_mebibytes, "MiB")
        short_walk, short_export = verifying.the_log(house), exporting.exported(house, "parquet")

        before = last_number(house)
        lengthen(house, true_events, LONG)
        took = _follow(house)
        yield Measurement("events chained", (LONG - before) / took, "events/s")
        _rebuild(house, ASKED_BY_EXPORTS)
        yield from verifying.measured(house, short_walk)
        yield from exporting.measured(house, short_export)


def _follow(house: House) -> float:
    """Let the chain come to the log's end; answers how many seconds that took."""
    began = time.perf_counter()
    with house.pool.connection() as connection:
        house.chain_follower().catch_up(connection)
    return time.perf_counter() - began


def _rebuild(house: House, names: Sequence[str]) -> None:
    """Let read models tell of the copies, as if these had come through appends."""
    with house.pool.connection() as connection:
        Rebuild(connection, house.log, [BY_NAME[name] for name in names]).run(lambda step, done, total: None)
        connection.execute("analyze")
