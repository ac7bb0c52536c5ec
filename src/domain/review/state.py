"""What a review's commands read: whether somebody waits for it. Not yet asked about, everything waits."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.review.events import AnyReviewEvent, ReviewAsked, ReviewGiven, ReviewMissed
from domain.review.opinion import Opinion
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


def ask(state: Review | None, subject: Subject) -> list[AnyReviewEvent]:
    """Ask for an opinion; while one is waited for it is already so."""
    if state is not None and state.waits:
        return []
    return [ReviewAsked(review_id=subject.review_id, **subject.model_dump())]


def give(
    state: Review | None, subject: Subject, opinion: Opinion, model: str, prompt_hash: str
) -> list[AnyReviewEvent]:
    """Tell an opinion; when nobody waits for one any more it is already so."""
    if state is not None and not state.waits:
        return []
    return [
        ReviewGiven(
            review_id=subject.review_id,
            **subject.model_dump(),
            verdict=opinion.verdict,
            notes=opinion.notes,
            model=model,
            prompt_hash=prompt_hash,
        )
    ]


def miss(
    state: Review | None, subject: Subject, reason: str, model: str, prompt_hash: str | None
) -> list[AnyReviewEvent]:
    """Tell why there is no opinion; when nobody waits for one any more it is already so."""
    if state is not None and not state.waits:
        return []
    return [
        ReviewMissed(
            review_id=subject.review_id,
            **subject.model_dump(),
            reason=reason,
            model=model,
            prompt_hash=prompt_hash,
        )
    ]
