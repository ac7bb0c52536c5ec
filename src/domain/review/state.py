"""What a review's commands read: whether somebody waits for it. Not yet asked about, everything waits."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.review.events import AnyReviewEvent, ReviewAsked
from domain.review.subject import Subject


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it stands."""

    id: UUID
    subject: Subject
    waits: bool


def evolve(state: Review | None, event: AnyReviewEvent) -> Review:
    """The review after an event."""
    known = state or Review(event.review_id, event.subject, waits=True)
    return replace(known, waits=isinstance(event, ReviewAsked))
