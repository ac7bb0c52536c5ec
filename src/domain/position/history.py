"""What a position held at a moment of the past, counted from its log by when things took effect (DOMAIN §5)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.events import Recorded
from domain.money import ZERO
from domain.numbers import exactly
from domain.position.events import (
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    MergerApplied,
    PositionOpened,
    SplitApplied,
)

COUNTED = (
    PositionOpened,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    SplitApplied,
    MergerApplied,
)
"""The events that move shares of a position while it is open."""

NAMES = [event.name for event in COUNTED]

_Step = tuple[datetime, int, Decimal, Decimal]
"""When, in which place at one moment, what shares are multiplied by, and what is added to them."""


@exactly
def shares_at(events: Sequence[Recorded], at: datetime) -> Decimal:
    """The shares after everything that took effect until ``at``, in the units of then.

    An execution counts at its own time in its latest revision, whenever it was reported, and an action from its
    own moment on. What was traded before the position is said to have been opened found its shares there.
    """
    shares = ZERO
    for moment, _, times, plus in sorted([*_openings(events), *_actions(events), *_executions(events)]):
        if moment > at:
            break
        shares = shares * times + plus
    return shares


def in_listing_since(events: Sequence[Recorded], listing_id: UUID) -> datetime | None:
    """Since when the position has been in a listing, by its opening or by the latest merger; None if it is not."""
    since = None
    for recorded in events:
        match recorded.event:
            case PositionOpened() if recorded.event.listing_id == listing_id:
                since = recorded.metadata.at
            case MergerApplied():
                since = recorded.event.effective_at if recorded.event.into.listing_id == listing_id else None
            case _:
                pass
    return since


def _openings(events: Sequence[Recorded]) -> list[_Step]:
    traded = [moment for moment, *_ in _executions(events)]
    return [
        (min([recorded.metadata.at, *traded]), 0, ZERO, recorded.event.shares)
        for recorded in events
        if isinstance(recorded.event, PositionOpened)
    ]


def _actions(events: Sequence[Recorded]) -> list[_Step]:
    actions = [each.event for each in events if isinstance(each.event, SplitApplied | MergerApplied)]
    return [(each.effective_at, 1, each.ratio, -each.fraction) for each in actions]


def _executions(events: Sequence[Recorded]) -> list[_Step]:
    latest: dict[tuple[str, str], _Step] = {}
    for recorded in events:
        event = recorded.event
        if isinstance(event, ExecutionBooked | ExecutionCorrected | ExternalFillAdopted):
            sign = 1 if event.side == "BUY" else -1
            owner = "" if isinstance(event, ExternalFillAdopted) else str(event.order_id)
            step = (event.executed_at, 2, Decimal(1), sign * event.quantity)
            latest[owner, event.execution_id] = step
    return list(latest.values())
