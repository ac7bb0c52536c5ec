"""Send an order of unknown fate once more because a person says so, under the id that it has (DOMAIN §3)."""

from dataclasses import dataclass, replace
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.order_at_broker import OrderAtBroker, Outgoing
from domain.order import Order, OrderStatus
from domain.refusals import Conflict, NotFound
from domain.streams import PORTFOLIO, POSITION


@dataclass(frozen=True, slots=True)
class ResubmitOrder:
    """The use case with what it needs from outside."""

    ledger: Ledger
    at_broker: OrderAtBroker

    def __call__(self, cause: Cause, position_id: UUID, order_id: UUID) -> Outcome[Order]:
        """Ask the broker for the order and, if it has none, send it. Raises Conflict for one whose fate is known."""
        outgoing = self.ledger.transact(
            replace(cause, request=None), lambda each: _unsettled(each, position_id, order_id)
        ).answer
        self.at_broker.send(outgoing, again=True)
        return self.ledger.transact(cause, lambda each: _order(each, position_id, order_id).order)


def _unsettled(transaction: Transaction, position_id: UUID, order_id: UUID) -> Outgoing:
    outgoing = _order(transaction, position_id, order_id)
    if outgoing.order.status not in (OrderStatus.UNKNOWN, OrderStatus.SUBMITTING):
        raise Conflict(f"It is known what became of the order: it is {outgoing.order.status.value}.")
    if outgoing.portfolio.frozen:
        raise Conflict("The portfolio is frozen; nothing is sent until a person lifts that.")
    return outgoing


def _order(transaction: Transaction, position_id: UUID, order_id: UUID) -> Outgoing:
    _, position = transaction.require(POSITION, position_id)
    _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    if position.order is None or position.order.id != order_id:
        raise NotFound("order", order_id)
    return Outgoing(position, portfolio, position.order)
