"""A volatility trigger of an advisory portfolio: its order is for a person to place, and stands as a recommendation.

The position's stream says which order is open, so there is one recommendation to a position. What happens to one of
the two happens to the other in the same append.
"""

from collections.abc import Sequence

from application.ledger import Stream, Transaction
from domain.order import Order, OrderStatus
from domain.position import ordering
from domain.position.evaluate import Evaluation, overtaken_advice
from domain.position.events import AnyPositionEvent, OrderEnded, OrderIntended
from domain.position.state import Position
from domain.recommendation import decide as rules
from domain.recommendation.of_trigger import propose
from domain.streams import RECOMMENDATION

NEWER = "a newer trigger of its position took its place"


def keep(transaction: Transaction, stream: Stream[Position], evaluation: Evaluation) -> None:
    """Store a decision that is worth it; an order that a person is to place is proposed in the same append."""
    event, at = evaluation.event, evaluation.decided_at
    if event is None:
        return
    if not isinstance(event, OrderIntended) or not event.by_hand:
        transaction.append(stream, [event], at=at)
        return
    position = stream.state
    older = overtaken_advice(position, event.inputs.trading_day) if position is not None else None
    if position is not None and older is not None:
        transaction.append(stream, ordering.end(position, older, OrderStatus.SUPERSEDED, NEWER), at=at)
        _overtake(transaction, older, NEWER)
    transaction.append(stream, [event], at=at)
    proposed = propose(stream.id, event, transaction.run_id)
    transaction.append(transaction.load(RECOMMENDATION, proposed.recommendation_id), [proposed], at=at)


def end_with(transaction: Transaction, before: Position, events: Sequence[AnyPositionEvent]) -> None:
    """Let the recommendation of an order end with it, when something else than its person ended that."""
    order = before.open_order
    for event in events:
        if order is not None and order.by_hand and isinstance(event, OrderEnded):
            _overtake(transaction, order, event.reason or "its order has ended")


def _overtake(transaction: Transaction, order: Order, reason: str) -> None:
    stream, state = transaction.require(RECOMMENDATION, rules.recommendation_of(order.id))
    transaction.append(stream, rules.supersede(state, transaction.run_id, reason))
