"""Find the advice that is being placed as orders: by the events that move it on, and by looking again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from application.ports import Jobs
from domain.events import Recorded
from domain.recommendation.events import LineSettled, PlacingBegun

LOOK_AGAIN = timedelta(seconds=5)
"""How often what waits, for a session or for a price, is tried again."""


@dataclass(slots=True)
class WaitingAdvice:
    """``placing`` are the recommendations of which something waits to be placed, or is at work."""

    jobs: Jobs
    placing: Callable[[], Sequence[UUID]]
    _looked: dict[UUID, datetime] = field(default_factory=dict)

    def after(self, events: Sequence[Recorded]) -> None:
        """Place what has just been approved, and what a sale that has ended pays for."""
        moved = (e.event.recommendation_id for e in events if isinstance(e.event, PlacingBegun | LineSettled))
        for recommendation_id in dict.fromkeys(moved):
            self.jobs.place_advice(recommendation_id)

    def sweep(self, now: datetime) -> None:
        """Try again what waits; called about once a second."""
        before, self._looked = self._looked, {}
        for recommendation_id in self.placing():
            looked_at = before.get(recommendation_id)
            if looked_at is not None and now - looked_at < LOOK_AGAIN:
                self._looked[recommendation_id] = looked_at
            else:
                self._looked[recommendation_id] = now
                self.jobs.place_advice(recommendation_id)
