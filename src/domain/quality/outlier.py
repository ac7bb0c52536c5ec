"""A tick that is out of all proportion to the hour before it (DOMAIN §4).

Only a tick that follows the one before within a minute or so has made a one-minute return. An hour with few such
returns, or without any movement, has no measure for one; there the other checks have to do. When the market
itself has moved, ticks keep coming at the new level: after a minute of them it is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

MINUTE = timedelta(minutes=1)
AGREEING_TICKS = 3


@dataclass(frozen=True, slots=True)
class Recent:
    """The last hour: ``sigma`` of its one-minute returns, when the listing was last heard of, what was dropped since.

    ``dropped`` are the moments and prices of ticks that were dropped after the last good price, oldest first.
    """

    sigma: Decimal
    seen_at: datetime
    dropped: Sequence[tuple[datetime, Decimal]] = ()

    def follows(self, as_of: datetime) -> bool:
        """Whether a tick came in the minute of the one before, or in the next."""
        return minute_of(as_of) - minute_of(self.seen_at) <= MINUTE

    def has_moved(self, as_of: datetime, price: Decimal, last_good: Decimal) -> bool:
        """Whether the market is where this tick is: for a minute or more, ticks were nearer to it than to before."""
        agreeing = 1
        since = as_of
        for moment, dropped in reversed(self.dropped):
            if abs(dropped - price) >= abs(dropped - last_good):
                break
            agreeing, since = agreeing + 1, moment
        return agreeing >= AGREEING_TICKS and as_of - since >= MINUTE


def minute_of(at: datetime) -> datetime:
    """The beginning of a moment's minute."""
    return at.replace(second=0, microsecond=0)
