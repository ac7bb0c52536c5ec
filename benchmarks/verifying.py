"""Verifying a log: the chain beside a bare read with one hash, decisions again, and everything; its memory."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from api.collector import calm_the_collector
from api.wiring import House
from benchmarks.measurement import Measurement, flat, in_a_process_of_its_own, peak_mebibytes
from domain.audit.chain import Stored
from projections.audit.chain import StoredEvents
from projections.audit.decisions import DecideAgain
from projections.audit.walk import walk

PAGE_EVENTS = 2_000
PROMISED_EVENTS_A_SECOND = 50_000


@dataclass(frozen=True, slots=True)
class Everything:
    """A whole verification: events a second, and the most memory that it took."""

    events_a_second: float
    peak_mebibytes: float


@dataclass(frozen=True, slots=True)
class TheLog:
    """The log's part of it: each a second, and the most memory that walking and deciding took."""

    events: int
    bare: float
    walked: float
    decided: float
    peak_mebibytes: float


def everything(house: House) -> Everything:
    """Verify as ``ballast verify`` does."""
    return in_a_process_of_its_own(_everything, house.database_url, house.redis_url)


def the_log(house: House) -> TheLog:
    """Walk the chain and decide again."""
    return in_a_process_of_its_own(_the_log, house.database_url, house.redis_url)


def measured(house: House, shorter: TheLog) -> Iterator[Measurement]:
    """The figures of the whole log, whose memory is held against that of a shorter one."""
    found = the_log(house)
    yield Measurement("bare read and one hash of every event", found.bare, "events/s")
    yield Measurement("chain verified", found.walked, "events/s", target=PROMISED_EVENTS_A_SECOND)
    yield Measurement("decisions decided again", found.decided, "decisions/s")
    what = "peak memory of chain and decisions"
    yield Measurement(f"{what}, {shorter.events:,} events", shorter.peak_mebibytes, "MiB")
    yield flat(f"{what}, {found.events:,} events", found.peak_mebibytes, shorter.peak_mebibytes)


def _everything(database_url: str, redis_url: str) -> Everything:
    calm_the_collector()
    house = House(database_url, redis_url)
    began = time.perf_counter()
    found = house.verified(lambda step, done, total: None)
    took = time.perf_counter() - began
    house.close()
    if not found.ok:
        raise AssertionError(f"differs: {found.differences[:1]}")
    return Everything(found.events / took, peak_mebibytes())


def _the_log(database_url: str, redis_url: str) -> TheLog:
    calm_the_collector()
    house = House(database_url, redis_url)
    again = DecideAgain(house.log, house.run_inputs.content, house.archives.text)
    with house.pool.connection() as connection:
        last = house.log.last_number(connection)
        bare = _seconds(lambda: _bare(connection))
        walked = _seconds(lambda: walk(connection, (), last, _silent))
        decided = _seconds(lambda: again.run(connection, last, _silent))
    house.close()
    if again.differences.count or not again.decisions:
        raise AssertionError(f"{again.decisions} decisions, {again.differences.told[:1]}")
    return TheLog(last, last / bare, last / walked, again.decisions / decided, peak_mebibytes())


def _bare(connection: Connection[dict[str, Any]]) -> None:
    """The least that anybody has to do: read each event's bytes in order, and hash them."""
    after = 0
    page: list[Stored]
    while page := StoredEvents().read(connection, after, PAGE_EVENTS):
        for stored in page:
            hashlib.sha256(stored.envelope).digest()
        after = page[-1].number


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _silent(_: int, __: int) -> None:
    pass
