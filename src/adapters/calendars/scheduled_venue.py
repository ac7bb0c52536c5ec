"""An exchange that opens and closes, as its calendar says."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from itertools import accumulate
from typing import NamedTuple

from adapters.calendars.reach import DAY, Reach
from adapters.calendars.venue import microseconds
from domain.sessions import BeyondCalendar, Session

SECOND = 1_000_000  # microseconds


class Spell(NamedTuple):
    """A stretch of uninterrupted trading: its first and its last second since 1970, and its session's date."""

    opens: int
    closes: int
    day: date


class ScheduledVenue:
    """One exchange's calendar as sorted spells of being open; a lunch break makes two spells of a session.

    A session may open on the evening before its own date (Chicago's futures); none closes after it. On such
    a venue nothing is known from the last close on: its next session may open the same evening.
    """

    def __init__(self, exchange: str, zone: tzinfo, spells: Iterable[Spell]) -> None:
        ordered = sorted(spells)
        self._opens = [spell.opens for spell in ordered]
        self._closes = [spell.closes for spell in ordered]
        self._sessions = [Session(exchange, spell.day, open=True) for spell in ordered]
        self._open_before = [0, *accumulate(spell.closes - spell.opens for spell in ordered)]
        self._close_of = {spell.day: _utc(spell.closes) for spell in ordered}
        self._open_of = {spell.day: _utc(spell.opens) for spell in reversed(ordered)}
        self._days = list(self._close_of)
        self._session_closes = list(self._close_of.values())
        self.reach = Reach(exchange, zone, self._days[0], self._days[-1])
        last_open = self._open_of[self.reach.last].astimezone(zone)
        self._opens_the_evening_before = last_open.date() < self.reach.last

    def session_at(self, at: datetime) -> Session:
        # Spells begin and end on whole seconds, beside which a float orders microseconds rightly. The first
        # spell not yet over holds the instant or begins after it; where two touch, the earlier has the close.
        second = at.timestamp()
        spell = bisect_left(self._closes, second)
        if spell < len(self._closes) and self._opens[spell] <= second:
            return self._sessions[spell]
        return Session(self.reach.exchange, self._day_at(at), open=False)

    def open_of(self, day: date) -> datetime | None:
        return self._open_of.get(day)

    def close_of(self, day: date) -> datetime | None:
        return self._close_of.get(day)

    def first_open_on_or_after(self, day: date) -> datetime:
        return self._open_of[self._days[bisect_left(self._days, day)]]

    def previous_close(self, at: datetime) -> datetime:
        day = self.session_at(at).day  # refuses what is out of reach
        session = bisect_left(self._session_closes, at)
        if session == 0:
            reach = self.reach
            raise BeyondCalendar(reach.exchange, min(day, reach.first) - DAY, reach.first, reach.last)
        return self._session_closes[session - 1]

    def open_microseconds(self, start: datetime, end: datetime) -> int:
        for at in (start, end):
            self.session_at(at)  # refuses what is out of reach
        return max(0, self._open_until(microseconds(end)) - self._open_until(microseconds(start)))

    def _day_at(self, at: datetime) -> date:
        day = self.reach.day_at(at)
        if self._opens_the_evening_before and at > self._session_closes[-1]:
            raise BeyondCalendar(self.reach.exchange, day + DAY, self.reach.first, self.reach.last)
        return day

    def _open_until(self, moment: int) -> int:
        """How many microseconds it was open from the calendar's beginning to a moment, itself in microseconds."""
        spell = bisect_left(self._closes, moment / SECOND)
        open_before = self._open_before[spell] * SECOND
        if spell == len(self._closes):
            return open_before
        return open_before + max(0, moment - self._opens[spell] * SECOND)


def _utc(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
