"""The daily-loss brake: a portfolio that has lost more than it may stands still before anything else is decided.

It looks at good, stored prices and at what is booked. In a replay both are those of the price that is decided.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.alerts import Concern, raise_alert
from application.brake.trading_day import day_began
from application.ledger import Cause, Ledger, Stream, Transaction
from application.ports import PortfolioBooks, Prices, Sessions
from domain.brake.assess import DAILY_LOSS
from domain.brake.books import Books
from domain.brake.day import Moment, day_of
from domain.brake.inputs import DayInputs
from domain.numbers import plain
from domain.portfolio import decide as rules
from domain.portfolio.events import AnyPortfolioEvent, DailyLossExceeded, PortfolioUnfrozen
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.refusals import Refusal
from domain.streams import PORTFOLIO

ACTOR = "ballast:brake"

LATELY = timedelta(hours=36)
"""Longer than any trading day has been going on: 25 hours, and an open on the evening before."""


@dataclass(frozen=True, slots=True)
class DailyLossBrake:
    """The use case with what it needs from outside."""

    ledger: Ledger
    books: PortfolioBooks
    prices: Prices
    sessions: Sessions
    settle: SettleActions

    def sweep(self) -> None:
        """Look at every live portfolio with a limit, also those that no tick has looked at."""
        self.settle.calendar.refresh()
        for portfolio_id in self.books.with_a_limit():
            run_id = self.ledger.run_id()
            with suppress(Refusal):
                self.ledger.transact(Cause(ACTOR, run_id, run_id=run_id), partial(self._look, portfolio_id))

    def within(self, transaction: Transaction, stream: Stream[Portfolio], at: datetime) -> bool:
        """Freeze a portfolio within a transaction if it has lost too much by a moment; answers whether it has.

        The numbers and the freeze come first, the alert after: whoever is called finds the portfolio at rest.
        """
        portfolio = stream.state
        if portfolio is None or portfolio.frozen:
            return False
        events = self._events(transaction, stream, portfolio, at)
        exceeded = next((each for each in events if isinstance(each, DailyLossExceeded)), None)
        if exceeded is None:
            return False
        transaction.append(stream, events, at=at)
        raise_alert(transaction, _concern(exceeded))
        return True

    def _look(self, portfolio_id: UUID, transaction: Transaction) -> bool:
        return self.within(transaction, transaction.load(PORTFOLIO, portfolio_id), transaction.now)

    def _events(
        self, transaction: Transaction, stream: Stream[Portfolio], portfolio: Portfolio, at: datetime
    ) -> Sequence[AnyPortfolioEvent]:
        books = self.books.of(portfolio.id, at - LATELY)
        if books is None or books.limit_pct is None:
            return []
        begins = {each.listing_id: day_began(self.sessions, each.exchange, at) for each in books.held}
        inputs = self._inputs(portfolio.feed, books, begins, at, None)
        events = rules.stop_the_loss(portfolio, inputs) if inputs else []
        lifted_at = _lifted_at(transaction, stream, begins.values()) if events else None
        if lifted_at is not None:
            since = {listing_id: max(begin, lifted_at) for listing_id, begin in begins.items()}
            inputs = self._inputs(portfolio.feed, books, since, at, lifted_at)
            events = rules.stop_the_loss(portfolio, inputs) if inputs else []
        return events

    def _inputs(
        self, feed: str, books: Books, begins: Mapping[UUID, datetime], at: datetime, since: datetime | None
    ) -> DayInputs | None:
        """What is assessed; None when nobody can tell, as while a corporate action waits to be settled."""
        day = day_of(books, begins, at, since=since, set_aside=[*self._acted_on(books, begins, at)])
        marks = self._marks(feed, day.wanted, at)
        if not all(self.settle.is_settled(feed, each.listing_id, at) for each in books.held):
            return None
        return day.inputs(marks)

    def _acted_on(self, books: Books, begins: Mapping[UUID, datetime], at: datetime) -> Iterator[UUID]:
        """The listings of which a corporate action has changed the units since."""
        for each in books.held:
            if self.settle.calendar.changes_units(each.listing_id, begins[each.listing_id], at):
                yield each.listing_id

    def _marks(self, feed: str, moments: Sequence[Moment], at: datetime) -> dict[Moment, Decimal]:
        """The prices, as corporate actions between them and their moment have moved them."""
        expected = self.settle.calendar.expected
        return {
            moment: expected(mark.listing_id, mark.price, mark.at, moment[1]) or mark.price
            for moment, mark in self.prices.marks_at(feed, moments, at).items()
        }


def _lifted_at(
    transaction: Transaction, stream: Stream[Portfolio], begins: Collection[datetime]
) -> datetime | None:
    """When a freeze for an earlier loss of this day was lifted last; None when there was none.

    A replay is lifted at some time of today, which says nothing there: its day begins anew with the loss itself.
    """
    names = [DailyLossExceeded.name, PortfolioUnfrozen.name]
    happened = transaction.events_of(stream, names)
    losses = [each for each in happened if isinstance(each.event, DailyLossExceeded)]
    if not losses or losses[-1].metadata.at < min(begins, default=losses[-1].metadata.at):
        return None
    lifts = [each for each in happened if each.version > losses[-1].version]
    if not lifts:
        return None
    is_live = stream.state is not None and stream.state.feed == LIVE_FEED
    return lifts[-1].metadata.at if is_live else losses[-1].metadata.at


def _concern(exceeded: DailyLossExceeded) -> Concern:
    return Concern(
        exceeded.portfolio_id,
        None,
        DAILY_LOSS,
        "CRITICAL",
        f"{exceeded.message} The portfolio is frozen.",
        observed=plain(exceeded.loss),
        expected=f"at most {exceeded.inputs.limit_pct} % of {exceeded.base}",
    )
