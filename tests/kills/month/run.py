"""A month in minutes while schedulers and workers die: every slot has one run, which ends once.

The clocks of a zone change within the month. At its end time stands still, until everything is done.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from adapters.market_data.simulated import SIMULATED_EXCHANGE
from api.wiring import House
from application.runs.set_schedules import WantedSchedule
from domain.events import Event
from domain.market_data.providers import Provider
from domain.runs.events import RunEnded, RunRequested, RunStarted
from examples import by_hand, open_example
from kills.month.cast import BEGAN, HOUSE_SCHEDULES, ROLES, Cast, on_stage
from kills.programs import Broken, wait_for
from projections.catalogue import READ_MODELS
from projections.rebuild import Rebuild

E = TypeVar("E", bound=Event)

SCHEDULES: Sequence[tuple[str, str, str]] = (
    ("price_refresh", "0 * * * *", "UTC"),
    ("reconciliation", "45 */6 * * *", "UTC"),
    ("dividends", "30 1 * * *", "America/New_York"),  # on the first of November clocks go back over it
    ("weekly_review", "0 7 * * 1", "Europe/London"),
)
PAUSE_SECONDS_MAX = 3.0
AT_ONCE = (1, 1, 1, 2, len(ROLES))
"""How many die in one moment: mostly one, at times all."""

PATIENCE_SECONDS = 120.0


class Slot(NamedTuple):
    """A moment at which a run of a kind is due."""

    kind: str
    at: datetime | None


def live_through(
    addresses: tuple[str, str], span: timedelta, seconds: float, disturb: Callable[[Cast], None]
) -> str:
    """Let so much time pass in so many seconds while ``disturb`` kills; answers what came of it. Raises Broken."""
    house = House(*addresses, clock=lambda: BEGAN)
    house.prepare_database()
    try:
        _schedule(house)
        expected = [*_slots(house, span)]
        until = BEGAN + span
        with on_stage(addresses, span.total_seconds() / seconds, until) as cast:
            disturb(cast)
            wait_for(lambda: cast.clock.now() == until, "the end of the span", seconds + PATIENCE_SECONDS)
            with suppress(Broken):  # what is missing then is named below
                wait_for(lambda: _are_over(house, len(expected)), "the end of every run", PATIENCE_SECONDS)
        return (
            f"{cast.killed.total()} killed ({_words(cast.killed.elements())}); {_verified(house, expected)}"
        )
    finally:
        house.close()


def at_random(chance: random.Random, seconds: float) -> Callable[[Cast], None]:
    """Kill for so long, at random moments, one or several at once."""

    def disturb(cast: Cast) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(chance.uniform(0, PAUSE_SECONDS_MAX))
            for place in chance.sample(range(len(ROLES)), chance.choice(AT_ONCE)):
                cast.kill(place)

    return disturb


def _schedule(house: House) -> None:
    """A portfolio that watches one listing of the simulated market and has nothing to trade with."""
    opened = open_example(house, symbol="TIDE", exchange=SIMULATED_EXCHANGE, shares="0", cash="0")
    simulated = Provider(name="simulated", kind="simulated")
    house.set_providers(by_hand(house), opened.portfolio_id, [simulated], {})
    wanted = [WantedSchedule(kind, cron, zone, enabled=True) for kind, cron, zone in SCHEDULES]
    house.set_schedules(by_hand(house), opened.portfolio_id, wanted)


def _slots(house: House, span: timedelta) -> Iterator[Slot]:
    of_house = [(kind, cron, "UTC") for kind, cron in HOUSE_SCHEDULES.items()]
    for kind, cron, zone in (*SCHEDULES, *of_house):
        for at in house.cron.slots(cron, zone, BEGAN):
            if at > BEGAN + span:
                break
            yield Slot(kind, at)


def _are_over(house: House, slots: int) -> bool:
    return len(_told(house, RunEnded)) >= slots and not house.asked_runs.unattended()


def _verified(house: House, expected: Sequence[Slot]) -> str:
    """What came of it. Raises Broken where a slot has not exactly one run that ended once."""
    asked, ended = _told(house, RunRequested), _told(house, RunEnded)
    slots = Counter(Slot(each.kind, each.slot) for each in asked)
    if slots != Counter(expected):
        raise Broken(f"not once each: {(slots - Counter(expected)) + (Counter(expected) - slots)}")
    runs = Counter(each.run_id for each in ended)
    if runs != Counter(each.run_id for each in asked):
        raise Broken(f"not one end each: {[each for each in asked if runs[each.run_id] != 1]}")
    with house.pool.connection() as connection:
        for rebuilt in Rebuild(connection, house.log, READ_MODELS).run(lambda step, done, total: None):
            if not rebuilt.equal:
                raise Broken(f"rebuilding corrected {rebuilt.name}")
    begun = _told(house, RunStarted)
    again = sum(each.attempt > 1 for each in begun)
    ends = _words(each.status for each in ended)
    return (
        f"{len(expected)} slots, {len(runs)} runs ({ends}), {again} of {len(begun)} beginnings after a death"
    )


def _told(house: House, kind: type[E]) -> list[E]:
    with house.pool.connection() as connection:
        number = house.log.last_number(connection)
        found = house.log.read_all(connection, 0, number, topics=[kind.name])
        return [each.event for each in found if isinstance(each.event, kind)]


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(Counter(names).items()))
