"""Rebuilding read models from the log, one by one and together, beside reading and decoding it."""

import time
from collections.abc import Iterator, Sequence

from api.collector import calm_the_collector
from api.wiring import House
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement, flat, in_a_process_of_its_own, peak_mebibytes
from benchmarks.whole_orders import fill_the_log
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from projections.rebuild import Rebuild

EVENTS = 200_000
STREAMS = 2_000


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Whole orders: memory at a quarter of them and at all of them, then the speed of each model."""
    with fresh_house(addresses) as house:
        position_ids = settle(house, STREAMS, 1).position_ids
        fill_the_log(house, position_ids, EVENTS // 4)
        quarter = _peak_mebibytes(house)
        fill_the_log(house, position_ids, EVENTS - EVENTS // 4, first_round=1_001)
        whole = _peak_mebibytes(house)
        _catch_up(house)
        calm_the_collector()
        limit = _bare_read(house)
        yield Measurement("bare read and decode", limit, "events/s")
        for model in READ_MODELS:
            promised = limit / 3 if all(table.mode == "append" for table in model.tables) else None
            yield Measurement(f"rebuild {model.name}", _rebuild(house, [model]), "events/s", target=promised)
        yield Measurement("all together", _rebuild(house, READ_MODELS), "events/s")
        yield Measurement(f"peak memory of rebuilding {EVENTS // 4:,} events", quarter, "MiB")
        yield flat(f"peak memory of rebuilding {EVENTS:,} events", whole, quarter)


def _catch_up(house: House) -> None:
    with house.pool.connection() as connection:
        for follower in house.followers():
            follower.catch_up(connection)


def _bare_read(house: House) -> float:
    with house.pool.connection() as connection:
        began = time.perf_counter()
        count = sum(1 for _ in house.log.read_all(connection, 0, house.log.last_number(connection)))
        return count / (time.perf_counter() - began)


def _rebuild(house: House, models: Sequence[ReadModel]) -> float:
    """Events of the log a second, of which the models hear as many as they do."""
    with house.pool.connection() as connection:
        began = time.perf_counter()
        rebuilt = Rebuild(connection, house.log, models).run(_silent)
        took = time.perf_counter() - began
    for each in rebuilt:
        if not each.equal:
            raise AssertionError(f"{each.name} differs from its events: {each}")
    return rebuilt[0].events / took


def _peak_mebibytes(house: House) -> float:
    """The most memory that a process of its own has in use while it rebuilds every model."""
    return in_a_process_of_its_own(rebuild_all, house.database_url, house.redis_url)


def rebuild_all(database_url: str, redis_url: str) -> float:
    """Rebuild every model; answers the peak of this process's resident memory in MiB."""
    calm_the_collector()
    house = House(database_url, redis_url)
    with house.pool.connection() as connection:
        Rebuild(connection, house.log, READ_MODELS).run(_silent)
    house.close()
    return peak_mebibytes()


def _silent(_: str, __: int, ___: int) -> None:
    pass
