"""Rebuilding read models from the log, one by one and together, beside reading and decoding it."""

import resource
import time
from collections.abc import Iterator

from api.collector import calm_the_collector
from api.wiring import House
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement
from benchmarks.whole_orders import fill_the_log
from projections.catalogue import READ_MODELS
from projections.rebuild import Rebuild

EVENTS = 200_000
STREAMS = 2_000
SHARE_OF_THE_LIMIT = 1 / 3
KIBIBYTES_PER_MEBIBYTE = 1024


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Two hundred thousand events of whole orders."""
    with fresh_house(addresses) as house:
        fill_the_log(house, settle(house, STREAMS, 1).position_ids, EVENTS)
        _catch_up(house)
        calm_the_collector()
        limit = _bare_read(house)
        yield Measurement("bare read and decode", limit, "events/s")
        before = _peak_mebibytes()
        total = 0.0
        for model in READ_MODELS:
            rate, took = _rebuild(house, model.name)
            total += took
            promised = (
                limit * SHARE_OF_THE_LIMIT if all(table.mode == "append" for table in model.tables) else None
            )
            yield Measurement(f"rebuild {model.name}", rate, "events/s", target=promised)
        yield Measurement("all together", EVENTS / total, "events/s")
        yield Measurement("memory that rebuilding added at its peak", _peak_mebibytes() - before, "MiB")


def _catch_up(house: House) -> None:
    with house.pool.connection() as connection:
        for follower in house.followers():
            follower.catch_up(connection)


def _bare_read(house: House) -> float:
    with house.pool.connection() as connection:
        began = time.perf_counter()
        count = sum(1 for _ in house.log.read_all(connection, 0, house.log.last_number(connection)))
        return count / (time.perf_counter() - began)


def _rebuild(house: House, name: str) -> tuple[float, float]:
    model = next(each for each in READ_MODELS if each.name == name)
    with house.pool.connection() as connection:
        began = time.perf_counter()
        rebuilt = Rebuild(connection, house.log, model).run(lambda done, total: None)
        took = time.perf_counter() - began
    if not rebuilt.equal:
        raise AssertionError(f"{name} differs from its events: {rebuilt}")
    return rebuilt.events / took, took


def _peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEBIBYTE
