"""Which slots of a schedule are due, and which were missed for so long that they are passed over."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.runs.kinds import RunKind

HORIZON = timedelta(days=35)
"""What was missed further back is passed over: more than a month, so that a missed month is made up for."""

SLOTS_MAX = 1_000
"""And no more than so many of one schedule: the earliest are passed over."""

COUNTED_MAX = 50_000
"""How many slots are looked at in one go; the rest is looked at in the next."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule that is switched on. Slots up to ``after`` have their runs, or are none of its."""

    portfolio_id: UUID | None
    kind: RunKind
    cron: str
    time_zone: str
    after: datetime


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Slots that get one run for all of them, which does nothing but say so."""

    count: int
    first: datetime
    last: datetime

    def sentence(self) -> str:
        """Why nothing was done."""
        if self.count == 1:
            return f"The slot of {self.last:%Y-%m-%d %H:%M} UTC was missed too long ago and is passed over."
        return (
            f"{self.count} slots from {self.first:%Y-%m-%d %H:%M} to {self.last:%Y-%m-%d %H:%M} UTC were missed"
            " too long ago and are passed over."
        )


@dataclass(frozen=True, slots=True)
class Due:
    """What a schedule asks for now: each slot has a run of its own, in this order.

    Before ``upcoming`` it asks for nothing else; None where it never does.
    """

    slots: tuple[datetime, ...]
    passed_over: PassedOver | None = None
    upcoming: datetime | None = None


def due(slots: Iterable[datetime], now: datetime) -> Due:
    """What is due of a schedule's slots, which come in their order and without an end."""
    kept: deque[datetime] = deque()
    first = last = upcoming = None
    count = 0
    for looked_at, slot in enumerate(slots, start=1):
        if slot > now:
            upcoming = slot
            break
        kept.append(slot)
        if len(kept) > SLOTS_MAX or kept[0] < now - HORIZON:
            last = kept.popleft()
            first = first or last
            count += 1
        if looked_at == COUNTED_MAX:
            upcoming = now
            break
    passed_over = PassedOver(count, first, last) if first is not None and last is not None else None
    return Due(tuple(kept), passed_over, upcoming)
