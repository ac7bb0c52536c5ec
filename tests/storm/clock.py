"""The time, which only steps move: by moments, by minutes when nothing happens, and over night."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from storm.scenario import BEGINNING

CLOSING_HOUR = 16
"""London closes at half past four; nobody's day is longer here."""

FRIDAY = 5


class Clock:
    """The clock of all processes. ``close_the_day`` is called when a day ends."""

    def __init__(self, close_the_day: Callable[[], None]) -> None:
        self.now = BEGINNING
        self._close_the_day = close_the_day

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now

    def move(self, chance: Random) -> None:
        """Time passes."""
        drawn = chance.random()
        milliseconds = chance.randint(1, 3_000)
        if drawn < 0.05:
            milliseconds = chance.randint(60_000, 400_000)
        elif drawn < 0.09:
            milliseconds = chance.randint(10_000, 20_000)
        elif drawn < 0.095:
            self._go_to_tomorrow()
        self.now += timedelta(milliseconds=milliseconds)
        if self.now.hour >= CLOSING_HOUR:
            self._go_to_tomorrow()

    def _go_to_tomorrow(self) -> None:
        self._close_the_day()
        days = 3 if self.now.isoweekday() == FRIDAY else 1
        tomorrow = self.now + timedelta(days=days)
        self.now = tomorrow.replace(hour=BEGINNING.hour, minute=0, second=0)
