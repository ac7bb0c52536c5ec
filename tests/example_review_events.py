"""Every event of reviews once, with every field set."""

from typing import Any
from uuid import UUID

from domain.events import Event
from domain.review.events import ReviewAsked, ReviewGiven, ReviewMissed
from example_advice_events import RECOMMENDATION_ID
from stories import PORTFOLIO_ID

ABOUT: dict[str, Any] = {
    "review_id": UUID("019aa000-0000-7000-8000-0000000000b1"),
    "portfolio_id": PORTFOLIO_ID,
    "policy_hash": "5f" * 32,
    "recommendation_id": RECOMMENDATION_ID,
}


def review_examples() -> list[Event]:
    """One of each."""
    return [
        ReviewAsked(**ABOUT),
        ReviewGiven(
            **ABOUT,
            verdict="WARN",
            notes=("core is bought although it is above its target.",),
            model="tiny-1",
            prompt_hash="6e" * 32,
        ),
        ReviewMissed(
            **ABOUT | {"recommendation_id": None},
            reason="tiny-1 did not answer: 127.0.0.1 did not answer in time.",
            model="tiny-1",
            prompt_hash="6e" * 32,
        ),
    ]
