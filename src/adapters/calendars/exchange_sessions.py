"""The sessions of the world's exchanges, out of exchange_calendars, and of Ballast's simulated venue.

The library speaks pandas: a second to import, and slow to question. So it is asked once for each exchange,
when that exchange is first needed; every tick after that is one binary search in plain lists.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from domain.sessions import BeyondCalendar, Session, UnknownExchange

if TYPE_CHECKING:
    from exchange_calendars import ExchangeCalendar
    from numpy import int64
    from numpy.typing import NDArray

SIMULATED = "XSIM"

EARLIEST = date(1990, 1, 1)

MIC = re.compile(r"[A-Z0-9]{4}", re.ASCII)

# The library's aliases which are market identifiers. The others ("NYSE", "LSE") are nicknames, which listings
# do not use: the same venue must not appear under two names.
ALIASES = frozenset({"ARCX", "BATS", "OOTC", "XASE", "XNAS", "XTSX"})

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000  # microseconds

DAY_END = time(23, 59, 59, 999_999, UTC)


class _Venue(Protocol):
    first: date
    last: date

    def session_at(self, at: datetime) -> Session: ...

    def close_of(self, day: date) -> datetime | None: ...

    def open_microseconds(self, start: datetime, end: datetime) -> int: ...


class ExchangeSessions:
    """Answers which session an instant falls into and when sessions close, by exchange (its ISO 10383 MIC).

    ``XSIM`` never closes: its trading day is the UTC date, and closes with the day's last microsecond. Every
    method raises UnknownExchange, and BeyondCalendar before 1990 (or wherever the exchange's calendar begins)
    and past its horizon, about a year after the process started: where a calendar ends, nothing is decided.
    Threads may share one object.
    """

    def __init__(self) -> None:
        self._venues: dict[str, _Venue] = {SIMULATED: _Simulated()}
        self._loading = Lock()

    def session_at(self, exchange: str, at: datetime) -> Session:
        """The trading day an instant belongs to, and whether the venue is open; ``at`` carries any zone."""
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} names no zone; a session is looked up at an instant.")
        return self._venue(exchange).session_at(at)

    def close_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session closes, in UTC, half days included; None when the day is no session."""
        venue = self._venue(exchange)
        if not venue.first <= day <= venue.last:
            raise BeyondCalendar(exchange, day, venue.first, venue.last)
        return venue.close_of(day)

    def open_seconds(self, exchange: str, start: datetime, end: datetime) -> Decimal:
        """For how long the venue is open from ``start`` to ``end``, to the microsecond, without breaks."""
        return Decimal(self._venue(exchange).open_microseconds(start, end)) / 1_000_000

    def reaches(self, exchange: str) -> tuple[date, date]:
        """The first and the last session the calendar knows; between them every day is settled."""
        venue = self._venue(exchange)
        return venue.first, venue.last

    def _venue(self, exchange: str) -> _Venue:
        return self._venues.get(exchange) or self._load(exchange)

    def _load(self, exchange: str) -> _Venue:
        with self._loading:
            if exchange not in self._venues:
                self._venues[exchange] = _Scheduled(exchange, _library_calendar(exchange))
            return self._venues[exchange]


class _Simulated:
    """The venue of demonstrations and simulations: always open."""

    first = date.min
    last = date.max

    def session_at(self, at: datetime) -> Session:
        return Session(SIMULATED, at.astimezone(UTC).date(), open=True)

    def close_of(self, day: date) -> datetime | None:
        return datetime.combine(day, DAY_END)

    def open_microseconds(self, start: datetime, end: datetime) -> int:
        return max(0, _microseconds(end) - _microseconds(start))


class _Scheduled:
    """One exchange's calendar as sorted spells of being open; a lunch break makes two spells of a session."""

    def __init__(self, exchange: str, calendar: "ExchangeCalendar") -> None:
        spells = sorted(_spells(calendar))
        self._exchange = exchange
        self._zone: tzinfo = calendar.tz
        self._opens = [opens for opens, _, _ in spells]
        self._closes = [closes for _, closes, _ in spells]
        self._sessions = [Session(exchange, day, open=True) for _, _, day in spells]
        lengths = [closes - opens for opens, closes, _ in spells]
        self._open_before = [0, *accumulate(lengths)]
        self._close_of = {day: datetime.fromtimestamp(closes, UTC) for _, closes, day in spells}
        self.first = spells[0][2]
        self.last = spells[-1][2]

    def session_at(self, at: datetime) -> Session:
        # Spells begin and end on whole seconds, beside which a float orders microseconds rightly. The first
        # spell not yet over holds the instant or begins after it; where two touch, the earlier has the close.
        second = at.timestamp()
        spell = bisect_left(self._closes, second)
        if spell < len(self._closes) and self._opens[spell] <= second:
            return self._sessions[spell]
        day = at.astimezone(self._zone).date()
        if not self.first <= day <= self.last:
            raise BeyondCalendar(self._exchange, day, self.first, self.last)
        return Session(self._exchange, day, open=False)

    def close_of(self, day: date) -> datetime | None:
        return self._close_of.get(day)

    def open_microseconds(self, start: datetime, end: datetime) -> int:
        for at in (start, end):
            day = at.astimezone(self._zone).date()
            if not self.first <= day <= self.last:
                raise BeyondCalendar(self._exchange, day, self.first, self.last)
        return max(0, self._open_until(_microseconds(end)) - self._open_until(_microseconds(start)))

    def _open_until(self, microseconds: int) -> int:
        """How long it was open from the calendar's beginning to a moment."""
        spell = bisect_left(self._closes, microseconds / SECOND)
        open_before = self._open_before[spell] * SECOND
        if spell == len(self._closes):
            return open_before
        return open_before + max(0, microseconds - self._opens[spell] * SECOND)


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _library_calendar(exchange: str) -> "ExchangeCalendar":
    """The library's calendar as far back as we ask; UnknownExchange when it has none or cannot build it."""
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


def _spells(calendar: "ExchangeCalendar") -> Iterator[tuple[int, int, date]]:
    """Each stretch of uninterrupted trading: its first and last second since 1970, and its session's date."""
    days = calendar.schedule.index.date
    opens, closes = _seconds(calendar.opens_nanos), _seconds(calendar.closes_nanos)
    breaks, resumes = _seconds(calendar.break_starts_nanos), _seconds(calendar.break_ends_nanos)
    for day, first, pause, resume, last in zip(days, opens, breaks, resumes, closes, strict=True):
        if first < pause:
            yield first, pause, day
            yield resume, last, day
        else:  # no break: the library writes it as numpy's "not a time", the smallest integer
            yield first, last, day


def _seconds(nanoseconds: "NDArray[int64]") -> list[int]:
    return [int(second) for second in nanoseconds // 1_000_000_000]
