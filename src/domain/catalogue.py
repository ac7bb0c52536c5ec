"""Every event by its stored name. A name is a promise: a new shape is a new version under a new name."""

from collections.abc import Mapping
from typing import get_args

from domain.alert import AnyAlertEvent
from domain.events import Event
from domain.instrument import AnyInstrumentEvent
from domain.listing import AnyListingEvent
from domain.portfolio.events import AnyPortfolioEvent
from domain.position.events import AnyPositionEvent
from domain.recommendation.events import AnyRecommendationEvent
from domain.review.events import AnyReviewEvent
from domain.runs.events import AnyRunEvent

EVENT_TYPES: Mapping[str, type[Event]] = {
    event.name: event
    for event in (
        *get_args(AnyAlertEvent),
        *get_args(AnyInstrumentEvent),
        *get_args(AnyListingEvent),
        *get_args(AnyPortfolioEvent),
        *get_args(AnyPositionEvent),
        *get_args(AnyRecommendationEvent),
        *get_args(AnyReviewEvent),
        *get_args(AnyRunEvent),
    )
}


def wire_name(stored_name: str) -> str:
    """The name that clients see, without the version: ``position.opened.1`` is ``position.opened``."""
    return stored_name.rpartition(".")[0]
