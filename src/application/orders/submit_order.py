"""Send an intended order: checked against the newest price, recorded, and only then sent (DOMAIN §3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.hours import hours_between
from application.ledger import Ledger, Transaction
from application.orders.dispatch import (
    FRESH,
    MARKET_CLOSED,
    NOT_SENT,
    TOO_LATE,
    Dispatch,
    Outgoing,
    Submission,
)
from application.orders.order_reports import OrderReports
from application.placing.settle import settle_placement
from application.ports import Origin, PricePoint, Prices, Sessions
from application.quality.unchanged import unchanged_for
from domain.listing import Listing
from domain.order import Order, OrderStatus
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.position import booking, ordering
from domain.position.decide import follow_symbol
from domain.position.evaluate import Circumstances, evaluate
from domain.position.state import Position
from domain.quality import STALE_INTRADAY
from domain.quality.thresholds import of_listing, tightened
from domain.quote import ReferencePrice, reference_price
from domain.settings import Settings, resolve
from domain.streams import LISTING, PORTFOLIO, POSITION

FROZEN = "the portfolio is frozen"
RETIRED = "the listing is retired"
OTHER_UNITS = "a corporate action has changed its units"
OUT_OF_COLLAR = "the market is more than 5 % away from the price that was decided on"

Latest = Callable[[UUID], PricePoint | None]
"""The newest live price of a listing."""


@dataclass(frozen=True, slots=True)
class SubmitOrder:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    sessions: Sessions
    settle_actions: SettleActions
    report: OrderReports
    dispatch: Dispatch

    def __call__(self, position_id: UUID, order_id: UUID, origin: Origin | None = None) -> Submission:
        """Send an order. What it is sent as is stored before anything leaves, under an id that never changes.

        Corporate actions that are due for its position are settled first: what a split has overtaken must not leave.

        Running it again is harmless: an order that may be out already is looked up first and, if it is not there,
        sent under the same id; an order that has got further is left alone. Nobody's word that
        it is not out counts for more than the broker's: another process may have sent it since. While nothing may
        leave, it is looked up and not sent.
        """
        self.settle_actions.before_sending(position_id)
        position = self.ledger.load(POSITION, position_id).state
        if position is None or position.order is None or position.order.id != order_id:
            return NOT_SENT
        if position.order.by_hand:
            return NOT_SENT
        cause = self.report.cause(position.order.client_order_id, origin)
        prepared = self.ledger.transact(
            cause, lambda transaction: self.prepared(transaction, position_id, order_id, self._latest)
        )
        outgoing, recorded_before = prepared.answer, prepared.number is None
        if outgoing is not None:
            return self.dispatch.send(outgoing, origin, again=recorded_before)
        if position.order.status is OrderStatus.SUBMITTING:
            self.dispatch.look_up(position.order.client_order_id, origin)
        return NOT_SENT

    def prepared(
        self, transaction: Transaction, position_id: UUID, order_id: UUID, latest: Latest
    ) -> Outgoing | None:
        """The order to send, once its submission is recorded; None when there is nothing to send now."""
        stream, position = transaction.require(POSITION, position_id)
        _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
        _, listing = transaction.require(LISTING, position.listing_id)
        order = position.order
        if order is None or order.id != order_id or order.by_hand:
            return None
        is_retired = listing.is_retired and portfolio.feed == LIVE_FEED
        if order.status is OrderStatus.INTENDED and is_retired:
            transaction.append(stream, ordering.end(position, order, OrderStatus.SKIPPED, RETIRED))
            settle_placement(transaction, position_id)
            return None
        if order.status is OrderStatus.INTENDED:
            if portfolio.feed == LIVE_FEED:
                position = transaction.append(stream, follow_symbol(position, listing))
            settings = resolve(portfolio.settings, position.settings)
            newer = _newer(portfolio, position, order, latest)
            events = self._checked(position, portfolio, listing, order, settings, newer, latest)
            if events is None:
                return None
            position = transaction.append(stream, events, at=order.decided_at)
            settle_placement(transaction, position_id)
            order = position.order or order
            if order.status is OrderStatus.INTENDED:
                # Decided anew: it is checked against the price once more.
                return self.prepared(transaction, position_id, order_id, latest)
        if order.status is not OrderStatus.SUBMITTING or not portfolio.reconciled:
            return None
        kept_back = RETIRED if is_retired else self._kept_back(position, portfolio, order)
        return Outgoing(position, portfolio, listing, order, kept_back)

    def _checked(
        self,
        position: Position,
        portfolio: Portfolio,
        listing: Listing,
        order: Order,
        settings: Settings,
        newer: PricePoint | None,
        latest: Latest,
    ) -> booking.Events | None:
        """What happens to an intended order now: it leaves, it is decided anew, or it ends. None: it waits."""
        if portfolio.frozen:
            return ordering.end(position, order, OrderStatus.SKIPPED, FROZEN)
        if not portfolio.reconciled:
            return None
        now = self.ledger.clock()
        is_fresh = now - order.decided_at <= FRESH
        if portfolio.broker.is_real and not is_fresh:
            return ordering.end(position, order, OrderStatus.SKIPPED, TOO_LATE)
        if self._market_closed(position, portfolio, order):
            return ordering.end(position, order, OrderStatus.SKIPPED, MARKET_CLOSED)
        if position.placement is not None and listing.units_changed(order.decided_at, now):
            return ordering.end(position, order, OrderStatus.SKIPPED, OTHER_UNITS)
        price = _reference(newer, now) if newer is not None and is_fresh else None
        if newer is not None and price is not None:
            moved = ordering.drift_bps(order, price)
            if moved > settings.drift_bps:
                around = self._circumstances(position, portfolio, listing, newer, settings)
                evaluation = evaluate(replace(position, order=None), portfolio, around, order.id)
                return ordering.reevaluate(position, order, moved, evaluation)
        if portfolio.broker.is_real and not _in_collar(order, latest(position.listing_id), now):
            return ordering.end(position, order, OrderStatus.SKIPPED, OUT_OF_COLLAR)
        lacking = ordering.lacking(position, order, settings.commission_bps)
        if lacking is not None:
            return ordering.end(position, order, OrderStatus.SKIPPED, lacking)
        return ordering.submit(
            position,
            order,
            portfolio.broker.kind,
            portfolio.account,
            limit_price=ordering.limit_of(position, order, settings, listing.tick),
            time_in_force=settings.time_in_force,
        )

    def _circumstances(
        self,
        position: Position,
        portfolio: Portfolio,
        listing: Listing,
        newer: PricePoint,
        settings: Settings,
    ) -> Circumstances:
        thresholds = tightened(of_listing(listing.quality.thresholds), portfolio.thresholds)
        exchange, now = position.exchange, self.ledger.clock()
        return Circumstances(
            quote=newer.quote,
            decided_at=newer.as_of,
            now=now,
            session=self.sessions.session_at(exchange, newer.as_of),
            settings=settings,
            reconciled=portfolio.reconciled,
            hours=hours_between(self.sessions, exchange, newer.as_of, now, thresholds),
            thresholds=thresholds,
            unchanged=unchanged_for(self.sessions, exchange, newer, thresholds.stale_intraday),
        )

    def _kept_back(self, position: Position, portfolio: Portfolio, order: Order) -> str | None:
        """Why an order that may be out already must not be sent any more, if it turns out not to be."""
        if portfolio.frozen:
            return FROZEN
        return MARKET_CLOSED if self._market_closed(position, portfolio, order) else None

    def _market_closed(self, position: Position, portfolio: Portfolio, order: Order) -> bool:
        """Whether a real broker would keep this order until the next session opens, and trade it there."""
        settings = resolve(portfolio.settings, position.settings)
        if not portfolio.broker.is_real or (settings.after_hours and order.type == "limit"):
            return False
        return not self.sessions.session_at(position.exchange, self.ledger.clock()).open

    def _latest(self, listing_id: UUID) -> PricePoint | None:
        return self.prices.latest(LIVE_FEED, listing_id)


def _reference(newer: PricePoint, now: datetime) -> Decimal | None:
    """The price of a quote that a decision would take; where it may take none, what there is."""
    found = reference_price(newer.quote, now, STALE_INTRADAY)
    return found.value if isinstance(found, ReferencePrice) else newer.value


def _in_collar(order: Order, newest: PricePoint | None, now: datetime) -> bool:
    """Whether the newest quote, be it older than the decision, lets a market order leave; a stale one says nothing."""
    if order.type == "limit" or newest is None or now - newest.as_of > STALE_INTRADAY:
        return True
    price = _reference(newest, now)
    return price is None or ordering.within_collar(order, price)


def _newer(portfolio: Portfolio, position: Position, order: Order, latest: Latest) -> PricePoint | None:
    """The newest quote, when it came after the one that was decided on. A replay sees nothing of its future."""
    if portfolio.feed != LIVE_FEED:
        return None
    newest = latest(position.listing_id)
    return newest if newest is not None and newest.as_of > order.decided_at else None
