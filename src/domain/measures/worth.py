"""What positions are worth together: on average over time, and how that grew between one flow and the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from domain.money import ZERO

ONE = Decimal(1)
MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class Worth:
    """The value up to ``now``. ``priced`` counts the positions that have a price; before the first, nothing counts.

    Growth is the product of the value's growth over the stretches between flows; ``base`` is the value that the
    present stretch began with.
    """

    now: datetime
    value: Decimal = ZERO
    priced: int = 0
    value_time: Decimal = ZERO
    time: Decimal = ZERO
    growth: Decimal = ONE
    base: Decimal | None = None

    def begin(self) -> None:
        """Measure from here on."""
        self.growth = ONE
        self.base = self.value if self.priced else None

    def advance(self, at: datetime) -> None:
        """Let time pass."""
        if at <= self.now:
            return
        if self.priced:
            elapsed = Decimal((at - self.now) // MICROSECOND)
            self.value_time += self.value * elapsed
            self.time += elapsed
        self.now = at

    def change(self, by: Decimal, *, is_flow: bool) -> None:
        """Take in a change of value. A flow ends one stretch of growth and begins the next."""
        if is_flow:
            self._end_stretch()
        self.value += by
        if is_flow and (self.priced or self.base is not None):
            self.base = self.value

    def time_weighted_return(self) -> Decimal | None:
        """The growth since the beginning as a fraction of one; None when there was never a price."""
        self._end_stretch()
        return None if self.base is None else self.growth - ONE

    def average(self) -> Decimal | None:
        """The value's average over the time in which there was one."""
        if self.base is None:
            return None
        return self.value_time / self.time if self.time else self.value

    def _end_stretch(self) -> None:
        if self.base is not None and self.base > 0:
            self.growth *= self.value / self.base
            self.base = self.value
