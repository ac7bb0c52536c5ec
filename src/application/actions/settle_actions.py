"""Settle corporate actions that are due: each once for a position, before any price of after it is decided.

A portfolio lives by its own clock: live that is the time, in a replay the time of the price that is decided next.
Repeating it is harmless, and two at once settle once: what is appended holds only for the versions that were read.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.advice.triggers import end_with
from application.ledger import Cause, Ledger, Stream, Transaction
from application.orders.cancel_order import CancelOrder
from application.ports import Prices, Sessions
from domain.actions import Announced, DividendAnnounced, SplitAnnounced, in_order, price_before
from domain.portfolio.state import LIVE_FEED
from domain.position import actions as rules
from domain.position.booking import Events
from domain.position.history import NAMES, in_listing_since, shares_at
from domain.position.state import Position
from domain.refusals import Refusal
from domain.settings import resolve
from domain.streams import LISTING, PORTFOLIO, POSITION

ACTOR = "ballast:actions"


@dataclass(frozen=True, slots=True)
class SettleActions:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    sessions: Sessions
    calendar: ActionCalendar
    cancel_order: CancelOrder

    def __call__(self, position_id: UUID, at: datetime | None = None) -> None:
        """Settle whatever is due for a position by a moment, the clock's when none is given.

        Afterwards the broker is asked to cancel an order that a split or merger has overtaken.
        """
        cause = self._cause()
        moment = at or self.ledger.clock()
        position = self.ledger.transact(cause, lambda each: self.within(each, position_id, moment)).answer
        self.cancel_overtaken(position)

    def on_feed(self, feed: str, listing_id: UUID, at: datetime) -> bool:
        """Settle what is due on a feed before a price of this moment; answers whether there was anything to look at."""
        if not self.calendar.is_due(feed, listing_id, at):
            return False
        for due in self.calendar.due(feed, listing_id, at):
            for position_id in self.calendar.actions.unsettled(feed, due):
                self(position_id, at)
            self.calendar.settled(feed, due)
        return True

    def is_settled(self, feed: str, listing_id: UUID, at: datetime) -> bool:
        """Whether no position of a feed waits for an action of a listing; what nobody waits for is forgotten."""
        if not self.calendar.is_due(feed, listing_id, at):
            return True
        for due in self.calendar.due(feed, listing_id, at):
            if self.calendar.actions.unsettled(feed, due):
                return False
            self.calendar.settled(feed, due)
        return True

    def before_sending(self, position_id: UUID) -> None:
        """Settle what is due before an order leaves: one that a split has overtaken must not."""
        if not self.calendar.knows_any:
            return
        position = self.ledger.load(POSITION, position_id).state
        if position is None or not self.calendar.is_due(LIVE_FEED, position.listing_id, self.ledger.clock()):
            return
        _, portfolio = Transaction(self.ledger, self._cause()).require(PORTFOLIO, position.portfolio_id)
        if portfolio.feed == LIVE_FEED:
            self(position_id)

    def waiting(self) -> list[UUID]:
        """The live positions that something is due for now; the calendar forgets what nobody waits for."""
        now = self.ledger.clock()
        self.calendar.refresh()
        found: dict[UUID, None] = {}
        for listing_id in self.calendar.listings_due(LIVE_FEED, now):
            for due in self.calendar.due(LIVE_FEED, listing_id, now):
                positions = self.calendar.actions.unsettled(LIVE_FEED, due)
                if not positions:
                    self.calendar.settled(LIVE_FEED, due)
                found |= dict.fromkeys(positions)
        return [*found]

    def within(self, transaction: Transaction, position_id: UUID, at: datetime) -> Position:
        """Settle what is due by a moment as a part of a transaction, and answer the position after it."""
        stream, position = transaction.require(POSITION, position_id)
        while (step := self._next(transaction, stream, position, at)) is not None:
            before, (moment, events) = position, step
            position = transaction.append(stream, events, at=moment)
            end_with(transaction, before, events)
        return position

    def cancel_overtaken(self, position: Position) -> None:
        """Ask the broker to cancel an order of old shares. When it cannot be asked, the sweep will ask again."""
        order = rules.overtaken_order(position)
        if order is not None:
            with suppress(Refusal):
                self.cancel_order(self._cause(), position.id, order.id)

    def _next(
        self, transaction: Transaction, stream: Stream[Position], position: Position, at: datetime
    ) -> tuple[datetime, Events] | None:
        """The first thing that is due, and what follows from it. What carries out advice is the portfolio's own."""
        if position.status == "closed" or position.placement is not None:
            return None
        owed = min(position.accruals, key=lambda each: each.payable_at, default=None)
        action = next(self._effective(transaction, stream, position, at), None)
        if owed is not None and owed.payable_at <= at and _comes_first(owed.payable_at, action):
            return owed.payable_at, rules.pay(position, owed)
        if action is None:
            return None
        return action.effective_at, self._settle(transaction, stream, position, action)

    def _effective(
        self, transaction: Transaction, stream: Stream[Position], position: Position, at: datetime
    ) -> Iterator[Announced]:
        """What has taken effect since the position is in its listing and was not settled, in its order."""
        _, listing = transaction.require(LISTING, position.listing_id)
        unsettled = [
            action
            for action in sorted(listing.announced, key=in_order)
            if action.effective_at <= at
            and not position.has_settled(action.kind, action.listing_id, action.day)
        ]
        if unsettled:
            since = in_listing_since(transaction.events_of(stream, NAMES), listing.id)
            yield from (each for each in unsettled if since is not None and since < each.effective_at)

    def _settle(
        self, transaction: Transaction, stream: Stream[Position], position: Position, action: Announced
    ) -> Events:
        _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
        settings = resolve(portfolio.settings, position.settings)
        happened = transaction.events_of(stream, NAMES)
        if isinstance(action, DividendAnnounced):
            close = self.sessions.previous_close(position.exchange, action.effective_at)
            return rules.accrue(position, action, shares_at(happened, close), settings)
        price = self._price_before(transaction, portfolio.feed, action)
        if isinstance(action, SplitAnnounced):
            held = shares_at(happened, action.effective_at - datetime.resolution)
            return rules.split(position, action, held, price, settings)
        _, into = transaction.require(LISTING, action.into_listing_id)
        return rules.merge(position, action, into, price, settings)

    def _price_before(self, transaction: Transaction, feed: str, action: Announced) -> Decimal | None:
        """The listing's last good price before an action, as those between have moved it; in its quote unit."""
        good = self.prices.last_before(feed, action.listing_id, action.effective_at)
        if good is None or good.value is None:
            return None
        _, listing = transaction.require(LISTING, action.listing_id)
        return price_before(action, listing.announced, good.value, good.as_of)

    def _cause(self) -> Cause:
        run_id = self.ledger.run_id()
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)


def _comes_first(payable_at: datetime, action: Announced | None) -> bool:
    return action is None or payable_at <= action.effective_at
