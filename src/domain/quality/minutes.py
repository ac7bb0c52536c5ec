"""How much a minute usually moves a listing: the spread of its one-minute returns over the last hour (DOMAIN §4)."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from math import isqrt

from domain.quality.outlier import MINUTE

HOUR = timedelta(hours=1)
RETURNS_MIN = 20
"""With fewer returns than these in the hour there is no saying what is usual."""

BILLION = 10**9


class Minutes:
    """The last good price of each minute of the hour before the present one, as far as there was any.

    Returns are counted in billionths and summed as integers, so that every process comes to the same spread.
    """

    def __init__(self, prices: Iterable[tuple[datetime, Decimal]] = ()) -> None:
        self._returns: deque[tuple[datetime, int]] = deque()
        self._sum = self._sum_of_squares = 0
        self._last: tuple[datetime, Decimal] | None = None
        for minute, price in prices:
            self.end(minute, price)

    def end(self, minute: datetime, price: Decimal) -> None:
        """Take in the last price of a minute that is over. Only a neighbouring minute before it makes a return."""
        if self._last is not None and minute - self._last[0] == MINUTE:
            before = self._last[1]
            change = int((price - before) / before * BILLION)
            self._returns.append((minute, change))
            self._sum += change
            self._sum_of_squares += change * change
        self._last = (minute, price)

    def sigma(self, now: datetime) -> Decimal | None:
        """The standard deviation of the returns of the hour before a minute; None where they say nothing."""
        while self._returns and self._returns[0][0] < now - HOUR:
            _, gone = self._returns.popleft()
            self._sum -= gone
            self._sum_of_squares -= gone * gone
        count = len(self._returns)
        if count < RETURNS_MIN:
            return None
        spread = count * self._sum_of_squares - self._sum * self._sum
        sigma = Decimal(isqrt(spread // (count * (count - 1)))) / BILLION
        return sigma or None
