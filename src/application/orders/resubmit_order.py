"""Send an order of unknown fate once more because a person says so, under the id that it has (DOMAIN §3)."""

from dataclasses import dataclass, replace
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.orders.dispatch import UNSETTLED, Dispatch, Outgoing
from application.ports import Prices
from domain.order import Order
from domain.position.ordering import within_collar
from domain.refusals import Conflict, NotFound
from domain.streams import LISTING, PORTFOLIO, POSITION


@dataclass(frozen=True, slots=True)
class ResubmitOrder:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    dispatch: Dispatch

    def __call__(self, cause: Cause, position_id: UUID, order_id: UUID) -> Outcome[Order]:
        """Ask the broker for the order and, if it has none, send it, also before the books were compared.

        Raises Conflict for an order whose fate is known, and, when the broker has none, while the portfolio is frozen
        or the price has left the collar of the decision.
        """
        asked = replace(cause, request=None)
        unsettled = self.ledger.transact(asked, lambda each: _unsettled(each, position_id, order_id)).answer
        self.dispatch.look_up(unsettled.order.client_order_id)
        outgoing = self.ledger.transact(asked, lambda each: _order(each, position_id, order_id)).answer
        if outgoing.order.status in UNSETTLED:
            self._require_sendable(outgoing)
            self.dispatch.send(outgoing, again=True, by_hand=True)
        return self.ledger.transact(cause, lambda each: _order(each, position_id, order_id).order)

    def _require_sendable(self, outgoing: Outgoing) -> None:
        if outgoing.portfolio.frozen:
            raise Conflict("The portfolio is frozen; nothing is sent until a person lifts that.")
        if outgoing.listing.is_retired:
            raise Conflict(f"{outgoing.listing.symbol} is retired; cancel the order instead.")
        newest = self.prices.latest(outgoing.portfolio.feed, outgoing.position.listing_id)
        price = newest.value if newest is not None else None
        if price is not None and not within_collar(outgoing.order, price):
            raise Conflict(f"The price has moved to {price} since the decision; cancel the order instead.")


def _unsettled(transaction: Transaction, position_id: UUID, order_id: UUID) -> Outgoing:
    outgoing = _order(transaction, position_id, order_id)
    if outgoing.order.by_hand:
        raise Conflict("A person places this order; it is never sent from here.")
    if outgoing.order.status not in UNSETTLED:
        raise Conflict(f"It is known what became of the order: it is {outgoing.order.status.value}.")
    return outgoing


def _order(transaction: Transaction, position_id: UUID, order_id: UUID) -> Outgoing:
    _, position = transaction.require(POSITION, position_id)
    _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    if position.order is None or position.order.id != order_id:
        raise NotFound("order", order_id)
    _, listing = transaction.require(LISTING, position.listing_id)
    return Outgoing(position, portfolio, listing, position.order)
