"""The screen: ticks that have nothing to say pass by one comparison; only the others are looked at.

A tick is ordinary when its price lies strictly inside the listing's window and time goes forward. The window is
where neither the gate could find a jump nor a position be due: prices within 4.7 % of a centre are within 10 %
of one another (1.047 / 0.953 < 1.10), whichever of them was the last good one. So ordinary ticks need no check
of their own, and what is not ordinary is judged exactly, by the gate and by the bands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

INNER_PER_MILLE = 47

Key = TypeVar("Key")


@dataclass(slots=True)
class Window:
    """Where a listing's ticks are ordinary: strictly between two prices, and after the latest one."""

    low: int
    high: int
    after: datetime


def window(last_good: int, as_of: datetime, buy_at: int, sell_at: int) -> Window:
    """The window around the last good price and inside the thresholds of the positions on the listing.

    Prices are exact integers (``domain.bands.scaled``).
    """
    reach = last_good * INNER_PER_MILLE // 1000
    return Window(low=max(buy_at, last_good - reach), high=min(sell_at, last_good + reach), after=as_of)


def sift(
    ticks: Iterable[tuple[Key, int, int, datetime]], windows: Mapping[Key, Window], oldest: datetime
) -> set[Key]:
    """The listings of which not every tick is ordinary: some price or moment of theirs needs a closer look.

    A tick is a listing, the lowest and the highest price that a decision may take of it, and a moment; those
    before ``oldest`` are stale. Ticks of one listing come in the order of their moments. A listing without a
    window is never ordinary. Windows move on in time.
    """
    remarkable = set()
    find = windows.get
    for listing, lowest, highest, as_of in ticks:
        known = find(listing)
        if known is not None and known.low < lowest <= highest < known.high and known.after < as_of >= oldest:
            known.after = as_of
        else:
            remarkable.add(listing)
    return remarkable
