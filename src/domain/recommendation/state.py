"""What a recommendation's commands read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from domain.money import ZERO
from domain.recommendation.events import (
    AdvisedLine,
    AnyRecommendationEvent,
    ExecutedLine,
    LineDeclined,
    LinePlaced,
    LineSettled,
    PlacingBegun,
    PlacingEnded,
    PositionOrder,
    RecommendationApproved,
    RecommendationExecuted,
    RecommendationIgnored,
    RecommendationKind,
    RecommendationProposed,
    RecommendationReversed,
    RecommendationSuperseded,
)
from domain.recommendation.placing import Declined, Placed, Placing

Status = Literal[
    "proposed", "approved", "executed_partial", "executed_full", "ignored", "superseded", "reversed"
]
OPEN: frozenset[Status] = frozenset({"proposed", "approved", "executed_partial"})


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation as it stands. ``executed`` is everything that was marked so far.

    ``order`` is the order of a position that it advises, None for what a run advised. ``placing`` is the attempt to
    place its lines that is under way, ``placed`` and ``declined`` what became of them in all attempts.
    """

    id: UUID
    portfolio_id: UUID
    run_id: UUID | None
    kind: RecommendationKind
    currency: str
    policy_hash: str | None
    snapshot_hash: str | None
    status: Status
    lines: tuple[AdvisedLine, ...]
    triggers: tuple[str, ...]
    order: PositionOrder | None = None
    executed: tuple[ExecutedLine, ...] = field(default=())
    attempts: int = 0
    placing: Placing | None = None
    placed: tuple[Placed, ...] = ()
    declined: tuple[Declined, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something may still be done with it."""
        return self.status in OPEN

    def line(self, line_id: UUID) -> AdvisedLine | None:
        """The line of an id."""
        return next((each for each in self.lines if each.id == line_id), None)

    @property
    def executed_quantities(self) -> Mapping[UUID, Decimal]:
        """How many units of each line have been executed."""
        sums: dict[UUID, Decimal] = {}
        for each in self.executed:
            sums[each.line_id] = sums.get(each.line_id, ZERO) + each.quantity
        return sums


def evolve(state: Recommendation | None, event: AnyRecommendationEvent) -> Recommendation:
    """The recommendation after an event."""
    if isinstance(event, RecommendationProposed):
        return Recommendation(
            id=event.recommendation_id,
            portfolio_id=event.portfolio_id,
            run_id=event.run_id,
            kind=event.kind,
            currency=event.currency,
            policy_hash=event.policy_hash,
            snapshot_hash=event.snapshot_hash,
            status="proposed",
            lines=event.lines,
            triggers=event.triggers,
            order=event.order,
        )
    if state is None:
        raise ValueError(
            f"a recommendation's first event must be {RecommendationProposed.name}, not {event.name}"
        )
    after = _after(state, event)
    return after if after.is_open or after.placing is None else replace(after, placing=None)


def _after(state: Recommendation, event: AnyRecommendationEvent) -> Recommendation:
    match event:
        case RecommendationProposed():
            raise ValueError("a recommendation is proposed once")
        case RecommendationApproved():
            return replace(state, status="approved")
        case RecommendationExecuted():
            after = replace(state, executed=(*state.executed, *event.lines))
            return replace(after, status="executed_full" if event.complete else "executed_partial")
        case RecommendationIgnored():
            return replace(state, status="ignored")
        case RecommendationSuperseded():
            return replace(state, status="superseded")
        case RecommendationReversed():
            return replace(state, status="reversed")
        case PlacingBegun():
            begun = Placing(attempt=event.attempt, begun_at=event.begun_at, lines=event.lines)
            status = "approved" if state.status == "proposed" else state.status
            return replace(state, status=status, attempts=event.attempt, placing=begun)
        case LinePlaced():
            return replace(state, placed=(*state.placed, Placed.by(event)))
        case LineDeclined():
            return replace(state, declined=(*state.declined, Declined.by(event)))
        case LineSettled():
            return _settled(state, event)
        case PlacingEnded():
            over = event.complete and state.is_open
            return replace(state, status="executed_full" if over else state.status, placing=None)
        case _:
            assert_never(event)


def _settled(state: Recommendation, event: LineSettled) -> Recommendation:
    """With what was executed of an order in the place of what was known of it before; facts come at any time."""
    placed = tuple(each.after(event) if each.order_id == event.order_id else each for each in state.placed)
    others = tuple(each for each in state.executed if each.order_id != event.order_id)
    begun = state.is_open and bool(event.executions)
    return replace(
        state,
        status="executed_partial" if begun else state.status,
        placed=placed,
        executed=(*others, *event.executions),
    )
