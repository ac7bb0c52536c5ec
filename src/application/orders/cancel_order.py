"""Cancel an order: at once when it has not left yet, else by asking its broker (DOMAIN §3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.orders.dispatch import LANDED, ONE_SENDER, Dispatch, Outgoing
from application.orders.order_reports import no_longer_unknown
from application.placing.settle import settle_placement
from application.ports.broker import Brokers, BrokerSilent
from domain.order import Order, OrderStatus
from domain.position import ordering
from domain.position.ordering import PROBES_MAX
from domain.position.state import Position
from domain.refusals import Conflict, NotFound
from domain.streams import LISTING, PORTFOLIO, POSITION

UNSENT = "cancelled before it was sent"
NEVER_ARRIVED = "the broker does not know it, and a person gave it up"


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """The use case with what it needs from outside."""

    ledger: Ledger
    brokers: Brokers
    dispatch: Dispatch

    def __call__(self, cause: Cause, position_id: UUID, order_id: UUID) -> Outcome[Order]:
        """Cancel an order; doing so again is harmless, so what was answered is kept last, when it is known.

        An order that its broker was asked for in vain, and does not know, ends when a person cancels it once nothing
        of it can be on its way. Raises Conflict for one that has ended otherwise, when the broker cannot be asked,
        and while it is not known whether the order is there.
        """
        before = self.ledger.transact(
            replace(cause, request=None), lambda each: _before_the_broker(each, position_id, order_id)
        ).answer
        if before is not None:
            self._cancel(before)
            with self._sent_by_nobody(before) as is_at_rest:
                if self.dispatch.look_up(before.order.client_order_id) and is_at_rest:
                    self.ledger.transact(
                        replace(cause, request=None), lambda each: _given_up(each, position_id, order_id)
                    )
        return self.ledger.transact(cause, lambda each: _settled(each, position_id, order_id))

    def _cancel(self, outgoing: Outgoing) -> None:
        try:
            self.brokers.of(outgoing.portfolio).cancel(outgoing.ticket())
        except BrokerSilent as silent:
            raise Conflict(f"The broker could not be asked: {silent}. Try again.") from silent

    @contextmanager
    def _sent_by_nobody(self, outgoing: Outgoing) -> Iterator[bool]:
        """Let nobody send an order of unknown fate within the ``with`` block.

        False when somebody does already, or did just now: then the broker may get it after it has been asked.
        """
        order, claims = outgoing.order, self.dispatch.claims
        if order.status is not OrderStatus.UNKNOWN or not outgoing.portfolio.broker.is_real:
            yield True
            return
        now = self.ledger.clock()
        if not claims.claim(order.id, now, now + ONE_SENDER):
            yield False
            return
        try:
            yield True
        finally:
            claims.give_up(order.id)


def _before_the_broker(transaction: Transaction, position_id: UUID, order_id: UUID) -> Outgoing | None:
    """End what has not left yet; answers what its broker has to be asked about."""
    position, order = _order_of(transaction, position_id, order_id)
    if order.by_hand:
        raise Conflict("A person places this order; ignore its recommendation, or mark that complete.")
    if order.status is OrderStatus.INTENDED:
        stream = transaction.load(POSITION, position_id)
        transaction.append(stream, ordering.end(position, order, OrderStatus.CANCELED, UNSENT))
        settle_placement(transaction, position_id)
        return None
    if not order.is_open:
        if order.status is not OrderStatus.CANCELED:
            raise Conflict(f"The order has ended already: {order.status.value}.")
        return None
    _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    _, listing = transaction.require(LISTING, position.listing_id)
    return Outgoing(position, portfolio, listing, order)


def _given_up(transaction: Transaction, position_id: UUID, order_id: UUID) -> None:
    """End an order that its broker has been asked for as often as it makes sense, and that is not on its way."""
    position, order = _order_of(transaction, position_id, order_id)
    _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    if portfolio.broker.is_real and transaction.now - order.decided_at <= LANDED:
        return
    if order.status is OrderStatus.UNKNOWN and order.probes >= PROBES_MAX:
        stream = transaction.load(POSITION, position_id)
        transaction.append(stream, ordering.end(position, order, OrderStatus.CANCELED, NEVER_ARRIVED))
        settle_placement(transaction, position_id)
        no_longer_unknown(transaction, position)


def _settled(transaction: Transaction, position_id: UUID, order_id: UUID) -> Order:
    """The order after its cancellation. Raises Conflict while nobody knows whether there is one to cancel."""
    _, order = _order_of(transaction, position_id, order_id)
    if order.status is OrderStatus.UNKNOWN:
        raise Conflict(
            "The cancellation was asked for, but it is not known yet whether the order is at the broker: it may"
            f" still arrive. It can be given up {LANDED.total_seconds():.0f} s after its decision, and"
            f" {ONE_SENDER.total_seconds():.0f} s after it was sent last; try again then."
        )
    return order


def _order_of(transaction: Transaction, position_id: UUID, order_id: UUID) -> tuple[Position, Order]:
    _, position = transaction.require(POSITION, position_id)
    if position.order is None or position.order.id != order_id:
        raise NotFound("order", order_id)
    return position, position.order
