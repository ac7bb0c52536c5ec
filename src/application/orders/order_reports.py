"""Book what brokers say of orders: acknowledgements, executions in every state, and ends (DOMAIN §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.orders.find_order import Located, locate, locate_again, origin_of
from application.orders.hand_on import hand_on
from application.placing.settle import settle_placement
from application.ports import Origin
from application.ports.broker import BrokerReport
from domain.numbers import plain
from domain.order import End, Order, OrderStatus, Overlay
from domain.portfolio import decide as portfolio_rules
from domain.position import booking, ordering
from domain.position.state import Position
from domain.refusals import Conflict, NotYet
from domain.streams import PORTFOLIO

ACTOR = "ballast:orders"
ORDER_UNKNOWN = "order_unknown"
ORDER_LOST = "order_lost"
OVERFILLED = "the broker filled more than was ordered."
OVERFILLED_BY_HAND = "more was executed by hand than was ordered."

ENDS: Mapping[str, End] = {
    "canceled": OrderStatus.CANCELED,
    "expired": OrderStatus.EXPIRED,
    "rejected": OrderStatus.REJECTED,
}

OVERLAYS: Mapping[str, Overlay] = {
    "pending_cancel": Overlay.PENDING_CANCEL,
    "pending_replace": Overlay.PENDING_REPLACE,
    "suspended": Overlay.SUSPENDED,
    "done_for_day": Overlay.DONE_FOR_DAY,
}


@dataclass(frozen=True, slots=True)
class OrderReports:
    """The use case with what it needs from outside."""

    ledger: Ledger

    def __call__(self, reports: Sequence[BrokerReport], origin: Origin | None = None) -> Outcome[Order]:
        """Book reports of one order; what is not new changes nothing.

        Raises NotFound for an order that nobody here has decided, Conflict for what contradicts the books, and
        NotYet for what may fit in later.
        """
        client_order_id = reports[0].client_order_id
        cause = self.cause(client_order_id, origin)
        return self.ledger.transact(cause, lambda transaction: take(transaction, reports))

    def cause(self, client_order_id: str, origin: Origin | None = None) -> Cause:
        """What follows from a decision says so, whether its job still knew or a sweep had to begin anew."""
        run_id = self.ledger.run_id()
        origin = origin or origin_of(self.ledger.log, client_order_id)
        if origin is None:
            return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
        return Cause(ACTOR, origin.correlation_id, causation_id=origin.event_id, run_id=run_id)


def take(transaction: Transaction, reports: Sequence[BrokerReport]) -> Order:
    """Book reports of one order within a transaction, oldest first where that fits, and answer the order after them."""
    return take_located(transaction, locate(transaction, reports[0].client_order_id), reports)


def take_located(transaction: Transaction, located: Located, reports: Sequence[BrokerReport]) -> Order:
    """Like ``take``, of an order that was located within the transaction."""
    if located.order.by_hand:
        raise Conflict(f"Order {located.order.id} is placed by hand; no broker has it from here.")
    waiting = list(reports)
    while waiting:
        located, too_early = _take_what_fits(transaction, located, waiting)
        waiting = too_early
    return located.order


def _take_what_fits(
    transaction: Transaction, located: Located, reports: Sequence[BrokerReport]
) -> tuple[Located, list[BrokerReport]]:
    """Book the reports that fit in; answers those that need what came after them. Raises NotYet if none fits.

    A broker revises executions in an order of its own: a sale that was told first may be covered only by the shares
    that the correction of another one gives back.
    """
    too_early, lacking = list[BrokerReport](), None
    for report in reports:
        if located.order.status is OrderStatus.INTENDED:
            located = _left(transaction, located)
        try:
            events = _events(located.position, located.order, report)
        except NotYet as error:
            too_early.append(report)
            lacking = lacking or error
            continue
        located = _append(transaction, located, events, report.at)
    if lacking is not None and len(too_early) == len(reports):
        raise lacking
    return located, too_early


def _append(
    transaction: Transaction, located: Located, events: booking.Events, at: datetime | None
) -> Located:
    if not events:
        return located
    was_unknown = located.order.status is OrderStatus.UNKNOWN
    transaction.append(located.stream, events, at=at)
    located = locate_again(transaction, located, events)
    _follow_up(transaction, located, was_unknown=was_unknown)
    return located


def record_unknown(transaction: Transaction, located: Located, reason: str) -> Located:
    """Record that nobody knows what became of an order, or that asking was in vain once more."""
    events = ordering.make_unknown(located.position, located.order, reason)
    if not events:
        return located
    transaction.append(located.stream, events)
    located = locate_again(transaction, located, events)
    raise_alert(transaction, _unknown(located.position, located.order))
    return located


def _left(transaction: Transaction, located: Located) -> Located:
    """The order as sent: a broker that speaks of it has it, so it must have left."""
    _, portfolio = transaction.require(PORTFOLIO, located.position.portfolio_id)
    events = ordering.submit(located.position, located.order, portfolio.broker.kind, portfolio.account)
    transaction.append(located.stream, events, at=located.order.decided_at)
    return locate_again(transaction, located, events)


def _events(position: Position, order: Order, report: BrokerReport) -> booking.Events:
    match report.event:
        case "accepted":
            return ordering.accept(position, order, report.broker_order_id or "")
        case "unrecognised":
            reason = f"the broker says {report.raw}, which is not understood"
            return ordering.make_unknown(position, order, reason, report.raw)
        case "pending_cancel" | "pending_replace" | "suspended" | "done_for_day":
            return ordering.mark(position, order, OVERLAYS[report.event])
        case "canceled" | "expired" | "rejected":
            return ordering.end(position, order, ENDS[report.event], report.reason)
        case "fill" | "partial_fill" | "trade_correct" | "trade_bust":
            if report.fill is None:
                raise Conflict("A fill needs its quantity and price.")
            return booking.book(position, order, report.fill)
        case _:
            assert_never(report.event)


def _follow_up(transaction: Transaction, located: Located, *, was_unknown: bool) -> None:
    """What else a booked report calls for: the brake, an alert, or the settling of a closed position."""
    settle_closed(transaction, located)
    settle_placement(transaction, located.position.id)
    stop_if_overfilled(transaction, located)
    position, order = located.position, located.order
    if order.status is OrderStatus.UNKNOWN:
        raise_alert(transaction, _unknown(position, order))
    elif was_unknown:
        no_longer_unknown(transaction, position)


def stop_if_overfilled(transaction: Transaction, located: Located) -> None:
    """More filled than ordered is booked; it freezes the portfolio, and calls a person (DOMAIN §3)."""
    position, order = located.position, located.order
    if not booking.is_overfilled(order):
        return
    portfolio_stream, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    reason = OVERFILLED_BY_HAND if order.by_hand else OVERFILLED
    transaction.append(portfolio_stream, portfolio_rules.freeze(portfolio, reason))
    raise_alert(transaction, _overfilled(position, order))


def settle_closed(transaction: Transaction, located: Located) -> None:
    """Hand on to the portfolio what a closed position still gets, or take from it what that has cost."""
    hand_on(transaction, located.stream, booking.settle_closed(located.position))


def no_longer_unknown(transaction: Transaction, position: Position) -> None:
    """Call nobody to an order any more whose fate is known, or that a person has given up."""
    for rule in (ORDER_UNKNOWN, ORDER_LOST):
        about = (position.portfolio_id, position.listing_id, rule)
        settle_alert(transaction, about, "it is known what became of the order")


def _overfilled(position: Position, order: Order) -> Concern:
    message = f"The broker filled more {position.symbol} than was ordered."
    if order.by_hand:
        message = f"More {position.symbol} was executed by hand than was ordered."
    return Concern(
        position.portfolio_id,
        position.listing_id,
        "overfill",
        "CRITICAL",
        message,
        observed=plain(order.filled),
        expected=plain(order.quantity),
    )


def order_lost(position: Position, order: Order) -> Concern:
    """What a person is called for when asking the broker has not helped."""
    return Concern(
        position.portfolio_id,
        position.listing_id,
        ORDER_LOST,
        "CRITICAL",
        f"The broker was asked {order.probes} times and does not say what became of order"
        f" {order.client_order_id}. Look there, then cancel it or send it again.",
    )


def _unknown(position: Position, order: Order) -> Concern:
    return Concern(
        position.portfolio_id,
        position.listing_id,
        ORDER_UNKNOWN,
        "CRITICAL",
        f"It is not known what became of order {order.client_order_id}; nothing is sent for {position.symbol}.",
    )
