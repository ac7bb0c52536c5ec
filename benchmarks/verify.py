"""Verifying: the chain beside reading the same bytes and hashing them, decisions again, memory, all of it together."""

import hashlib
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

from psycopg import Connection

from api.collector import calm_the_collector
from api.wiring import House
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement
from benchmarks.whole_orders import fill_the_log
from domain.audit.chain import Stored
from projections.audit.chain import StoredEvents
from projections.audit.decisions import DecideAgain
from projections.audit.walk import walk

EVENTS = 200_000
STREAMS = 2_000
PAGE = 2_000
KIBIBYTES_PER_MEBIBYTE = 1024
PROMISED_EVENTS_A_SECOND = 50_000


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Whole orders: memory at a quarter of them and at all of them, then the speed of each part."""
    with fresh_house(addresses) as house:
        position_ids = settle(house, STREAMS, 1).position_ids
        fill_the_log(house, position_ids, EVENTS // 4)
        _chain(house)
        quarter = _peak_mebibytes(house)
        fill_the_log(house, position_ids, EVENTS - EVENTS // 4, first_round=1_001)
        began = time.perf_counter()
        chained = _chain(house)
        yield Measurement("events chained", chained / (time.perf_counter() - began), "events/s")
        whole = _peak_mebibytes(house)
        calm_the_collector()
        with house.pool.connection() as connection:
            last = house.log.last_number(connection)
            limit = last / _seconds(lambda: _bare_hashes(connection))
            walked = last / _seconds(lambda: walk(connection, (), last, _silent))
            again = DecideAgain(house.log, house.run_inputs.content, house.archives.text)
            took = _seconds(lambda: again.run(connection, last, _silent))
        if again.differences.count or not again.decisions:
            raise AssertionError(f"{again.decisions} decisions, {again.differences.told[:1]}")
        yield Measurement("bare read and one hash of every event", limit, "events/s")
        yield Measurement("chain verified", walked, "events/s", target=PROMISED_EVENTS_A_SECOND)
        yield Measurement("decisions decided again", again.decisions / took, "decisions/s")
        yield Measurement(f"peak memory of chain and decisions, {EVENTS // 4:,} events", quarter, "MiB")
        yield Measurement(
            f"peak memory of chain and decisions, {EVENTS:,} events", whole, "MiB", quarter * 1.1, "less"
        )
        _follow(house)
        began = time.perf_counter()
        verification = house.verified(lambda step, done, total: None)
        took = time.perf_counter() - began
        if not verification.ok:
            raise AssertionError(f"differs: {verification.differences[:1]}")
        yield Measurement(
            "all of it, read models beside the live ones", verification.events / took, "events/s"
        )


def _chain(house: House) -> int:
    with house.pool.connection() as connection:
        return house.chain_follower().catch_up(connection)


def _follow(house: House) -> None:
    with house.pool.connection() as connection:
        for follower in house.followers():
            follower.catch_up(connection)


def _bare_hashes(connection: Connection[dict[str, Any]]) -> None:
    """The least that anybody has to do: read each event's bytes in order, and hash them."""
    after = 0
    page: list[Stored]
    while page := StoredEvents().read(connection, after, PAGE):
        for stored in page:
            hashlib.sha256(stored.envelope).digest()
        after = page[-1].number


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _silent(_: int, __: int) -> None:
    pass


def _peak_mebibytes(house: House) -> float:
    """The most memory that a process of its own has in use while it verifies chain and decisions."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(verify_the_log, (house.database_url, house.redis_url))


def verify_the_log(database_url: str, redis_url: str) -> float:
    """Verify chain and decisions; answers the peak of this process's resident memory in MiB."""
    house = House(database_url, redis_url)
    with house.pool.connection() as connection:
        last = house.log.last_number(connection)
        walk(connection, (), last, _silent)
        DecideAgain(house.log, house.run_inputs.content, house.archives.text).run(connection, last, _silent)
    house.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEBIBYTE
