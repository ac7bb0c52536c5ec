"""The kinds of stream there are, and how the events of each fold into a state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain import alert, instrument, listing
from domain.alert import Alert
from domain.events import Event
from domain.instrument import Instrument
from domain.listing import Listing
from domain.portfolio import state as portfolio
from domain.portfolio.state import Portfolio
from domain.position.evolve import evolve as evolve_position
from domain.position.state import Position
from domain.recommendation import state as recommendation
from domain.recommendation.state import Recommendation
from domain.review import state as review
from domain.review.state import Review
from domain.runs import state as run
from domain.runs.state import Run

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class StreamType(Generic[S]):
    """A kind of stream: its state's type, its fold, and the name of snapshots of this shape."""

    kind: str
    state_type: type[S]
    evolve: Callable[[S | None, Any, UUID], S]
    snapshot_name: str


ALERT = StreamType("alert", Alert, lambda state, event, _: alert.evolve(state, event), "alert.state.1")
INSTRUMENT = StreamType(
    "instrument", Instrument, lambda state, event, _: instrument.evolve(state, event), "instrument.state.1"
)
LISTING = StreamType(
    "listing", Listing, lambda state, event, _: listing.evolve(state, event), "listing.state.4"
)
PORTFOLIO = StreamType(
    "portfolio", Portfolio, lambda state, event, _: portfolio.evolve(state, event), "portfolio.state.10"
)
POSITION = StreamType("position", Position, evolve_position, "position.state.4")
RECOMMENDATION = StreamType(
    "recommendation",
    Recommendation,
    lambda state, event, _: recommendation.evolve(state, event),
    "recommendation.state.3",
)
REVIEW = StreamType("review", Review, lambda state, event, _: review.evolve(state, event), "review.state.1")
RUN = StreamType("run", Run, lambda state, event, _: run.evolve(state, event), "run.state.2")

STREAM_TYPES: dict[str, StreamType[Any]] = {
    each.kind: each for each in (ALERT, INSTRUMENT, LISTING, PORTFOLIO, POSITION, RECOMMENDATION, REVIEW, RUN)
}

State = Alert | Instrument | Listing | Portfolio | Position | Recommendation | Review | Run


def fold(state: State | None, event: Event, stream_id: UUID) -> State:
    """The state of an event's stream after it, whatever kind of stream it is."""
    after: State = STREAM_TYPES[event.stream_kind].evolve(state, event, stream_id)
    return after
