"""Venues out of exchange_calendars.

The library speaks pandas: a second to import, and slow to question. So a process asks it once for each exchange.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from adapters.calendars.scheduled_venue import ScheduledVenue, Spell
from domain.sessions import UnknownExchange

if TYPE_CHECKING:
    from exchange_calendars import ExchangeCalendar
    from numpy import int64
    from numpy.typing import NDArray

EARLIEST = date(1990, 1, 1)

MIC = re.compile(r"[A-Z0-9]{4}", re.ASCII)

# The library's aliases which are market identifiers. The others ("NYSE", "LSE") are nicknames, which listings
# do not use: the same venue must not appear under two names.
ALIASES = frozenset({"ARCX", "BATS", "OOTC", "XASE", "XNAS", "XTSX"})


@cache
def read_venue(exchange: str) -> ScheduledVenue:
    """An exchange's calendar since 1990; UnknownExchange when the library has none or cannot build it."""
    calendar = _calendar(exchange)
    return ScheduledVenue(exchange, calendar.tz, _spells(calendar))


def _calendar(exchange: str) -> "ExchangeCalendar":
    if not MIC.fullmatch(exchange):
        raise UnknownExchange(exchange)
    # Here and not above: it imports pandas, a second which `ballast --help` shall not pay.
    import exchange_calendars  # noqa: PLC0415

    known = exchange_calendars.get_calendar_names(include_aliases=False)
    if exchange not in known and exchange not in ALIASES:
        raise UnknownExchange(exchange)
    try:
        recent = exchange_calendars.get_calendar(exchange)
        bound = recent.bound_min()
        start = EARLIEST if bound is None else max(EARLIEST, bound.date())
        return type(recent)(start=start.isoformat())
    except (ValueError, NotImplementedError) as error:
        # What a calendar raises when its rules contradict each other, or the installed pandas.
        raise UnknownExchange(exchange, "the calendar library cannot build it") from error


def _spells(calendar: "ExchangeCalendar") -> Iterator[Spell]:
    days = calendar.schedule.index.date
    opens, closes = _seconds(calendar.opens_nanos), _seconds(calendar.closes_nanos)
    breaks, resumes = _seconds(calendar.break_starts_nanos), _seconds(calendar.break_ends_nanos)
    for day, first, pause, resume, last in zip(days, opens, breaks, resumes, closes, strict=True):
        if first < pause:
            yield Spell(first, pause, day)
            yield Spell(resume, last, day)
        else:  # no break: the library writes it as numpy's "not a time", the smallest integer
            yield Spell(first, last, day)


def _seconds(nanoseconds: "NDArray[int64]") -> list[int]:
    return [int(second) for second in nanoseconds // 1_000_000_000]
