"""What can happen to a recommendation."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from domain.allocation.advice import Line, SleeveWeight, Suppressed
from domain.allocation.snapshot import Kind
from domain.balancing import Decision, DecisionInputs
from domain.events import ADDED_LATER, Event, Instant, StreamKind, Value
from domain.numbers import Exact, shortest
from domain.order import End, Side

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
    ``order_id`` is the order that a broker executed it of, null for what a person says was executed.
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
    order_id: Annotated[UUID | None, ADDED_LATER] = None


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


class PlacingBegun(RecommendationEvent):
    """What is left of these lines is placed as orders, because a person approved or the portfolio has it so."""

    name: ClassVar[str] = "recommendation.placing_begun.1"

    attempt: int
    at_once: bool
    begun_at: Instant
    lines: tuple[UUID, ...]

    def sentence(self) -> str:
        number = len(self.lines)
        what = "one line of advice" if number == 1 else f"{number} lines of advice"
        return f"Begins to place {what}{', as the portfolio has it' if self.at_once else ''}."


class LineEvent(RecommendationEvent):
    """An event of one line that is being placed."""

    line_id: UUID
    attempt: int
    symbol: str


class LinePlaced(LineEvent):
    """A line became an order. ``cash`` is what was set aside for it, in the base currency; zero for a sale."""

    name: ClassVar[str] = "recommendation.line_placed.1"

    position_id: UUID
    order_id: UUID
    client_order_id: str
    side: Side
    quantity: Exact
    cash: Exact
    trading_day: date

    def sentence(self) -> str:
        return f"An order carries out a line of advice: {self.side} {shortest(self.quantity)} {self.symbol}."


DeclineReason = Literal[
    "frozen",
    "daily_limit",
    "collar",
    "insufficient_cash",
    "insufficient_shares",
    "below_min",
    "currency",
    "retired",
    "corporate_action",
    "too_late",
]
"""Why a line is not placed as an order."""


class LineDeclined(LineEvent):
    """A line is not placed. A rule that decided so is named with all that it read; else a plain fact is."""

    name: ClassVar[str] = "recommendation.line_declined.1"

    reason: DeclineReason
    rule: str | None
    inputs: DecisionInputs | None
    outputs: Decision | None
    message: str

    def sentence(self) -> str:
        return self.message


class LineSettled(LineEvent):
    """The order of a line has ended, or what was executed of it has changed since.

    ``executions`` are all of it by now, ``fee`` is their commission together, in the base currency.
    """

    name: ClassVar[str] = "recommendation.line_settled.1"

    position_id: UUID
    order_id: UUID
    side: Side
    status: End
    reason: str | None
    ordered: Exact
    filled: Exact
    average_price: Exact | None
    fee: Exact
    executions: tuple[ExecutedLine, ...]

    def sentence(self) -> str:
        verb = "buy" if self.side == "BUY" else "sell"
        order = (
            f"The advised order to {verb} {shortest(self.ordered)} {self.symbol} ended {self.status.value}"
        )
        if self.average_price is None:
            return f"{order}{f' ({self.reason})' if self.reason else ''}: nothing was executed."
        done = f"{shortest(self.filled)} at {shortest(self.average_price)} on average"
        return f"{order}: {done}, commission {self.fee}."


class PlacingEnded(RecommendationEvent):
    """Nothing more is placed by itself. It is ``complete`` when all that still fitted was executed.

    Else ``left`` are the lines of which something is left to do: to be approved again, placed by hand, or left alone.
    """

    name: ClassVar[str] = "recommendation.placing_ended.1"

    attempt: int
    complete: bool
    left: tuple[UUID, ...]

    def sentence(self) -> str:
        if self.complete:
            return "The advice is carried out."
        number = len(self.left)
        what = "One line" if number == 1 else f"{number} lines"
        return (
            f"{what} of the advice could not be carried out in full. Approve it again, or say what was done."
        )


AnyRecommendationEvent = (
    RecommendationProposed
    | RecommendationApproved
    | RecommendationExecuted
    | RecommendationIgnored
    | RecommendationSuperseded
    | RecommendationReversed
    | PlacingBegun
    | LinePlaced
    | LineDeclined
    | LineSettled
    | PlacingEnded
)


def _done(line: ExecutedLine) -> str:
    verb = "buying" if line.action == "BUY" else "selling"
    return f"{verb} {shortest(line.quantity)} {line.symbol} at {shortest(line.price)}"
