"""Cron expressions by the library cronsim, on the clocks of IANA time zones.

Where a clock is put forward, a time of day that does not exist falls due when the clock has been put. Where it is put
back, a time of day that exists twice falls due the first time only. With a star in the minute or the hour time passes
as it does, and such an expression follows it: every ten minutes is every ten minutes. Debian's cron does the same.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError

FIELDS = 5
FIELDS_ARE = "minute, hour, day of the month, month and day of the week"
FIRST_SLOTS_KNOWN_MAX = 50_000
ANY_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


class CronExpressions:
    """The application's Cron."""

    def problems(self, cron: str, time_zone: str) -> Mapping[str, str]:
        """See application.ports.Cron."""
        found = {}
        if time_zone not in _time_zones():
            found["time_zone"] = f"{time_zone!r} is no time zone; they are named like Europe/London, and UTC."
        problem = _problem(cron)
        if problem is not None:
            found["cron"] = problem
        return found

    def in_words(self, cron: str) -> str:
        """See application.ports.Cron."""
        problem = _problem(cron)
        if problem is not None:
            raise ValueError(problem)
        return CronSim(cron, ANY_MOMENT).explain()

    def slots(self, cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
        """See application.ports.Cron."""
        first = _first_slot(cron, time_zone, after)
        if first is not None:
            yield first
            yield from islice(_slots(cron, time_zone, after), 1, None)


@lru_cache(maxsize=FIRST_SLOTS_KNOWN_MAX)
def _first_slot(cron: str, time_zone: str, after: datetime) -> datetime | None:
    """Thousands of portfolios have the same schedule, and are looked at every second. Raises ValueError."""
    problem = _problem(cron)
    if problem is not None:
        raise ValueError(problem)
    return next(_slots(cron, time_zone, after), None)


def _slots(cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
    latest = after
    for local in CronSim(cron, after.astimezone(_zone(time_zone))):
        slot = local.astimezone(UTC)
        # Around a change of the clocks the library may name a moment again, or one that is over.
        if slot > latest:
            latest = slot
            yield slot


@cache
def _time_zones() -> frozenset[str]:
    """The names of all there are. The library walks through hundreds of files to say it."""
    return frozenset(available_timezones())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone here.") from None


def _problem(cron: str) -> str | None:
    if len(cron.split()) != FIELDS:
        return f"A cron expression has five fields: {FIELDS_ARE}."
    try:
        next(CronSim(cron, ANY_MOMENT))
    except CronSimError as error:
        return f"{cron!r} has a {str(error)[:1].lower()}{str(error)[1:]}; its fields are {FIELDS_ARE}."
    except StopIteration:
        return f"{cron!r} never falls due."
    return None
