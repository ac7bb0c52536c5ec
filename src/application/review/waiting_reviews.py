"""Have a job begun for each review that waits: new advice, a new draft, or what a person has asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.review.subject import Subject

LOOKED_BACK = timedelta(days=1)
"""What is older when a model is first configured is left alone, unless a person asks."""

LOOKS_BETWEEN = 120
"""About a second each: longer than two tries take, so that a job is begun again only when it is lost."""


@dataclass(slots=True)
class WaitingReviews:
    """A sweep of the outbox. ``waiting`` are the subjects since a moment that nobody has reviewed."""

    waiting: Callable[[datetime], Sequence[Subject]]
    begin: Callable[[Subject], None]
    _looks: dict[UUID, int] = field(default_factory=dict)

    def __call__(self, now: datetime) -> None:
        """Begin what waits, at the first look and then at every hundred and twentieth."""
        waiting = self.waiting(now - LOOKED_BACK)
        self._looks = {each.review_id: self._looks.get(each.review_id, -1) + 1 for each in waiting}
        for each in waiting:
            if self._looks[each.review_id] % LOOKS_BETWEEN == 0:
                self.begin(each)
