"""How the lines of a recommendation fare as orders, for a person to read."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from domain.events import Value
from domain.recommendation import carry_out
from domain.recommendation.events import AdvisedLine
from domain.recommendation.state import Recommendation


class LineStanding(Value):
    """Where a line stands: it waits to be placed, is at work as an order, that has ended, or it was declined.

    ``position_id`` and ``order_id`` are those of its latest order, ``sentence`` why it did not come to what was
    advised.
    """

    line_id: UUID
    status: Literal["waiting", "at_work", "ended", "declined"]
    position_id: UUID | None = None
    order_id: UUID | None = None
    sentence: str | None = None


def standing_of(state: Recommendation) -> Iterator[LineStanding]:
    """Of each line that is being placed, or was."""
    waiting = {each.id for each in carry_out.waiting(state)}
    for each in state.lines:
        found = _standing(state, each, waits=each.id in waiting)
        if found is not None:
            yield found


def _standing(state: Recommendation, advised: AdvisedLine, *, waits: bool) -> LineStanding | None:
    placed = next((each for each in reversed(state.placed) if each.line_id == advised.id), None)
    declined = next((each for each in reversed(state.declined) if each.line_id == advised.id), None)
    if waits:
        return LineStanding(line_id=advised.id, status="waiting")
    if declined is not None and (placed is None or placed.attempt < declined.attempt):
        return LineStanding(line_id=advised.id, status="declined", sentence=declined.message)
    if placed is None:
        return None
    return LineStanding(
        line_id=advised.id,
        status="at_work" if placed.at_work else "ended",
        position_id=placed.position_id,
        order_id=placed.order_id,
        sentence=placed.reason,
    )
