"""What can happen to a recommendation."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from domain.allocation.advice import Line, SleeveWeight, Suppressed
from domain.allocation.snapshot import Kind
from domain.events import ADDED_LATER, Event, Instant, StreamKind, Value
from domain.numbers import Exact, shortest

RecommendationKind = Kind | Literal["volatility"]
"""A run's kind, or that of a position's trigger."""


class RecommendationEvent(Event):
    stream_kind: ClassVar[StreamKind] = "recommendation"

    recommendation_id: UUID
    portfolio_id: UUID


class AdvisedLine(Value):
    """A line under its own id, by which what was executed of it is told."""

    id: UUID
    line: Line


class PositionOrder(Value):
    """The order of a position that a person is advised to place."""

    position_id: UUID
    order_id: UUID
    client_order_id: str


class RecommendationProposed(RecommendationEvent):
    """A run or a position's trigger advised something. Weights are parts of one, amounts in ``currency``.

    A trigger's has an ``order``, and no policy or snapshot: the order's decision names all that it read. Its run is
    the batch of ticks it was decided in, null when a person asked.
    """

    name: ClassVar[str] = "recommendation.proposed.1"

    run_id: UUID | None
    kind: RecommendationKind
    currency: str
    policy_hash: str | None
    snapshot_hash: str | None
    engine: str
    lines: tuple[AdvisedLine, ...]
    suppressed: tuple[Suppressed, ...]
    sleeves: tuple[SleeveWeight, ...]
    triggers: tuple[str, ...]
    told: str
    order: Annotated[PositionOrder | None, ADDED_LATER] = None

    def sentence(self) -> str:
        return self.told


class RecommendationApproved(RecommendationEvent):
    """A person agrees; an automatic portfolio's orders may follow."""

    name: ClassVar[str] = "recommendation.approved.1"

    def sentence(self) -> str:
        return "Approved the recommendation."


class ExecutedLine(Value):
    """What was executed of a line, as it was: ``entry_id`` is the journal entry that books it.

    ``amount`` is what it came to in the base currency where that was said, None where quantity and price say it.
    """

    line_id: UUID
    action: str
    symbol: str
    quantity: Exact
    price: Exact
    fee: Exact
    executed_at: Instant
    broker_reference: str | None
    entry_id: UUID
    amount: Annotated[Exact | None, ADDED_LATER] = None


class RecommendationExecuted(RecommendationEvent):
    """Some of it was carried out, and booked in the same append. ``complete`` says that nothing more will come."""

    name: ClassVar[str] = "recommendation.executed.1"

    lines: tuple[ExecutedLine, ...]
    complete: bool

    def sentence(self) -> str:
        done = ", ".join(_done(line) for line in self.lines) or "nothing more"
        return f"Executed {done}{'; that is all of it' if self.complete else ''}."


class RecommendationIgnored(RecommendationEvent):
    name: ClassVar[str] = "recommendation.ignored.1"

    reason: str

    def sentence(self) -> str:
        return f"Ignored the recommendation: {self.reason}"


class RecommendationSuperseded(RecommendationEvent):
    """A newer run of its kind took its place, or for a ``reason`` something else; it cannot be executed any more."""

    name: ClassVar[str] = "recommendation.superseded.1"

    by_run_id: UUID | None
    reason: Annotated[str | None, ADDED_LATER] = None

    def sentence(self) -> str:
        if self.reason is not None:
            return f"The recommendation is overtaken: {self.reason}."
        return "A newer run took the recommendation's place."


class RecommendationReversed(RecommendationEvent):
    """What was booked of it was taken back in the same append."""

    name: ClassVar[str] = "recommendation.reversed.1"

    reason: str

    def sentence(self) -> str:
        return f"Reversed the recommendation: {self.reason}"


AnyRecommendationEvent = (
    RecommendationProposed
    | RecommendationApproved
    | RecommendationExecuted
    | RecommendationIgnored
    | RecommendationSuperseded
    | RecommendationReversed
)


def _done(line: ExecutedLine) -> str:
    verb = "buying" if line.action == "BUY" else "selling"
    return f"{verb} {shortest(line.quantity)} {line.symbol} at {shortest(line.price)}"
