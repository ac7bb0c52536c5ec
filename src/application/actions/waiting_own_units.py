"""Find portfolios for whose own units a corporate action is due, and have it booked; looked at once a second.

Whether it concerns them only their books say. So an action is asked for again and again, each time after twice as long,
until no portfolio waits for it or half a day has passed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.ports.jobs import Jobs
from domain.actions import Due, Phase

OWN_UNITS = "own units"
"""What the calendar remembers these under, beside the feeds of positions."""

FIRST_PATIENCE = timedelta(seconds=10)
TRIES_MAX = 12


@dataclass(slots=True)
class WaitingOwnUnits:
    """The sweep with what it needs from outside."""

    jobs: Jobs
    calendar: ActionCalendar
    waiting: Callable[[Due], Sequence[UUID]]
    _tries: dict[tuple[UUID, Phase], tuple[int, datetime]] = field(default_factory=dict)

    def __call__(self, now: datetime) -> None:
        """Enqueue what is due and was not enqueued of late."""
        self.calendar.refresh()
        for listing_id in self.calendar.listings_due(OWN_UNITS, now):
            for due in self.calendar.due(OWN_UNITS, listing_id, now):
                self._ask(due, now)

    def _ask(self, due: Due, now: datetime) -> None:
        name = due.action.action_id, due.phase
        tries, again_at = self._tries.get(name, (0, now))
        if now < again_at:
            return
        portfolios = self.waiting(due)
        if not portfolios or tries == TRIES_MAX:
            self._tries.pop(name, None)
            self.calendar.settled(OWN_UNITS, due)
            return
        self._tries[name] = tries + 1, now + FIRST_PATIENCE * 2**tries
        for portfolio_id in portfolios:
            self.jobs.settle_own_units(portfolio_id, due.action.listing_id)
