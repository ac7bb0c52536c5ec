"""An order's commands, from the intention to its end: each answers the events that follow (DOMAIN §3)."""

from decimal import Decimal, localcontext

from domain.numbers import EXACT, exactly, round_down
from domain.order import End, Order, OrderStatus, OrderStep, Overlay, TimeInForce, is_legal
from domain.order.collar import COLLAR, is_within
from domain.position.booking import Events, anchor_after
from domain.position.evaluate import Evaluation
from domain.position.events import (
    OrderAccepted,
    OrderEnded,
    OrderIntended,
    OrderMarked,
    OrderReevaluated,
    OrderSubmitted,
    OrderUnknown,
)
from domain.position.evolve import evolve
from domain.position.places import order_place, place
from domain.position.state import Position
from domain.refusals import Conflict
from domain.settings import Settings

REEVALUATIONS_MAX = 3
PROBES_MAX = 5
BASIS_POINTS = Decimal(10_000)
FINEST_PRICE = Decimal("0.0001")
"""The step of a limit where the listing's own is not known."""


def drift_bps(order: Order, price: Decimal) -> Decimal:
    """How far a price has moved from the one an order was decided on, in basis points of that."""
    with localcontext(EXACT):
        distance = abs(price - order.decided_price) * BASIS_POINTS
    return distance / order.decided_price


def within_collar(order: Order, price: Decimal) -> bool:
    """Whether a price lies within five per cent of the one an order was decided on."""
    return is_within(order.decided_price, price)


@exactly
def limit_price(order: Order, tick: Decimal | None) -> Decimal | None:
    """The price that a limit order is decided at, in steps of ``tick``; None for an order at the market.

    It is never worse for it: a purchase does not pay more, a sale does not take less.
    """
    if order.type == "market":
        return None
    below = order.decided_price if tick is None else round_down(order.decided_price, tick)
    if tick is None or below == order.decided_price:
        return order.decided_price
    return below + tick if order.side == "SELL" else below


@exactly
def limit_of(state: Position, order: Order, settings: Settings, tick: Decimal | None) -> Decimal | None:
    """The limit that an order leaves with, None for one at the market.

    A purchase that carries out a line of advice may cost what was set aside for it and no more, and lie within the
    collar: where others go at the market, that is its limit.
    """
    decided = limit_price(order, tick)
    if state.placement is None or order.side == "SELL" or settings.order_type == "limit" or decided is None:
        return decided
    unit = order.quantity * state.unit_scale * (1 + settings.commission_bps / BASIS_POINTS)
    highest = min(EXACT.divide(state.cash - state.placement.cost, unit), order.decided_price * (1 + COLLAR))
    return max(decided, round_down(highest, tick or FINEST_PRICE))


@exactly
def lacking(state: Position, order: Order, commission_bps: Decimal) -> str | None:
    """What an order needs and its position has no more of, in words; None when it may leave (DOMAIN §2, step 6)."""
    if order.side == "SELL":
        return "insufficient shares" if state.shares < order.quantity else None
    worth = order.quantity * order.decided_price * state.unit_scale
    cost = worth * (1 + commission_bps / BASIS_POINTS)
    return "insufficient cash" if state.cash < cost else None


def reevaluate(state: Position, order: Order, moved_bps: Decimal, evaluation: Evaluation) -> Events:
    """Take a new decision in the place of the order's; one that is no trade ends the order unsent.

    The fourth time the order ends as it is: a price that runs away is not run after.
    """
    if order.reevaluations >= REEVALUATIONS_MAX:
        return end(state, order, OrderStatus.SKIPPED, "the price would not stand still")
    decided = evaluation.event
    trade = decided if isinstance(decided, OrderIntended) else None
    again = OrderReevaluated(
        **place(state),
        order_id=order.id,
        client_order_id=trade.client_order_id if trade else order.client_order_id,
        side=trade.side if trade else order.side,
        decided_at=evaluation.decided_at,
        rule=evaluation.rule,
        inputs=evaluation.inputs,
        outputs=evaluation.decision,
        message=evaluation.sentence,
        previous_client_order_id=order.client_order_id,
        quantity=trade.quantity if trade else order.quantity,
        attempt=order.reevaluations + 1,
        drift_bps=moved_bps.quantize(Decimal("0.01")),
    )
    if trade:
        return [again]
    after = evolve(state, again, state.id)
    reason = f"decided anew: {evaluation.decision.reason}"
    return [again, *end(after, after.order or order, OrderStatus.SKIPPED, reason)]


def submit(
    state: Position,
    order: Order,
    broker: str,
    account: str,
    *,
    limit_price: Decimal | None = None,
    time_in_force: TimeInForce = "day",
) -> Events:
    """Record that the order is about to leave, before it leaves. Already sent, or ended, is already so."""
    if order.status is not OrderStatus.INTENDED:
        return []
    return [
        OrderSubmitted(
            **order_place(state, order),
            broker=broker,
            account=account,
            quantity=order.quantity,
            trading_day=order.trading_day,
            limit_price=limit_price,
            time_in_force=None if time_in_force == "day" else time_in_force,
        )
    ]


def accept(state: Position, order: Order, broker_order_id: str) -> Events:
    """Record the broker's acknowledgement; one that comes after the end changes nothing but is not wrong.

    The first id that the broker gave the order is the one it keeps.
    """
    known = order.broker_order_id
    is_news = known is None or order.overlay is not None or order.status is OrderStatus.UNKNOWN
    if not is_news or not is_legal(order.status, OrderStep.ACCEPTED):
        return []
    broker_order_id = known or broker_order_id
    return [
        OrderAccepted(**order_place(state, order), broker_order_id=broker_order_id, quantity=order.quantity)
    ]


def mark(state: Position, order: Order, overlay: Overlay) -> Events:
    """Record what the broker says of a working order besides where it stands."""
    if not is_legal(order.status, OrderStep[overlay.name]) or order.overlay is overlay:
        return []
    return [OrderMarked(**order_place(state, order), overlay=overlay, quantity=order.quantity)]


def make_unknown(state: Position, order: Order, reason: str, raw: str | None = None) -> Events:
    """Record that nobody knows what became of the order; asking in vain once more is recorded too."""
    if not is_legal(order.status, OrderStep.OUTCOME_UNKNOWN) or order.probes >= PROBES_MAX:
        return []
    return [
        OrderUnknown(
            **order_place(state, order),
            reason=reason,
            probe=order.probes if order.status is not OrderStatus.UNKNOWN else order.probes + 1,
            raw=raw,
            quantity=order.quantity,
        )
    ]


def end(state: Position, order: Order, status: End, reason: str | None) -> Events:
    """End the order as the broker says; an order that has ended stays ended."""
    if not order.is_open:
        return []
    if not is_legal(order.status, OrderStep[status.name]):
        raise Conflict(f"An order that is {order.status.value} cannot become {status.value}.")
    ended = OrderEnded(
        **order_place(state, order),
        status=status,
        reason=reason,
        quantity=order.quantity,
        filled=order.filled,
        average_price=order.average_price,
    )
    after = evolve(state, ended, state.id)
    return [ended, *anchor_after(after, order)]
