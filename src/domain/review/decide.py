"""A review's commands: each answers the events that follow, none when it is already so."""

from domain.review.events import AnyReviewEvent, ReviewAsked, ReviewGiven, ReviewMissed
from domain.review.opinion import Opinion
from domain.review.state import Review
from domain.review.subject import Subject


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
