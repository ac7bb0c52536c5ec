"""What can happen to a review. None of it is read by anything that decides."""

from typing import ClassVar
from uuid import UUID

from domain.events import Event, StreamKind
from domain.review.opinion import Grade
from domain.review.subject import Subject


class ReviewEvent(Event):
    """``recommendation_id`` is null where the draft of a policy itself is reviewed."""

    stream_kind: ClassVar[StreamKind] = "review"

    review_id: UUID
    portfolio_id: UUID
    policy_hash: str
    recommendation_id: UUID | None

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(
            portfolio_id=self.portfolio_id,
            policy_hash=self.policy_hash,
            recommendation_id=self.recommendation_id,
        )


class ReviewAsked(ReviewEvent):
    """A person wants an opinion, or another one."""

    name: ClassVar[str] = "review.asked.1"

    def sentence(self) -> str:
        return f"Asked for a review of {self.subject.words()}."


class ReviewGiven(ReviewEvent):
    """A model's opinion. The question that it answers is archived under ``prompt_hash``; notes are the model's text."""

    name: ClassVar[str] = "review.given.1"

    verdict: Grade
    notes: tuple[str, ...]
    model: str
    prompt_hash: str

    def sentence(self) -> str:
        return (
            f"{self.model} says {self.verdict} of {self.subject.words()}: an opinion, which decides nothing."
        )


class ReviewMissed(ReviewEvent):
    """There is no verdict, and why. ``prompt_hash`` is null where nothing could be asked."""

    name: ClassVar[str] = "review.missed.1"

    reason: str
    model: str
    prompt_hash: str | None

    def sentence(self) -> str:
        return f"No verdict on {self.subject.words()}: {self.reason}"


AnyReviewEvent = ReviewAsked | ReviewGiven | ReviewMissed
