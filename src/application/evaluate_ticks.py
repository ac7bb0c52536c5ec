"""Decide on prices as they come: only positions whose band a price crosses are loaded and decided.

A drained batch ends in one append of everything it decided, in the transaction that moves the cursors: a tick
is decided once, whatever dies when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.advice.triggers import keep
from application.band_watch import BandWatch
from application.brake.daily_loss import DailyLossBrake
from application.brake.weighing import Weighing
from application.hours import hours_between
from application.ledger import ATTEMPTS_MAX, Cause, Ledger, Transaction
from application.orders.earlier_orders import order_decided_at
from application.ports import (
    CursorMoves,
    PricePoint,
    Prices,
    Sessions,
    StaleVersion,
    UndecidedTicks,
)
from application.quality.rulebook import Rulebook
from application.quality.unchanged import unchanged_for
from domain.bands import BandIndex, Watch, scaled
from domain.portfolio.state import LIVE_FEED
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import OrderIntended
from domain.refusals import Conflict
from domain.sessions import BeyondCalendar, UnknownExchange
from domain.settings import Settings
from domain.streams import PORTFOLIO, POSITION

ACTOR = "ballast:ticks"


@dataclass(slots=True)
class Drained:
    """What came of a batch of ticks. Holds and repeated skips are counted here and nowhere else."""

    ticks: int = 0
    quiet: int = 0
    decided: int = 0
    held: int = 0
    kept: int = 0
    intended: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class EvaluateTicks:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    band_watch: BandWatch
    sessions: Sessions
    settle: SettleActions
    brake: DailyLossBrake
    rulebook: Rulebook

    def __call__(self, feed: str, listing_ids: Sequence[UUID]) -> Drained:
        """Decide on what has come for these listings since they were last decided on.

        Live, only the newest price of a listing is decided, since the older ones are no longer current, and
        closes for those who decide on closes. In a replay every price is current at its own time, and deciding
        pauses at each order until it has ended.
        """
        for _ in range(ATTEMPTS_MAX):
            try:
                return self._drain(feed, listing_ids)
            except StaleVersion:
                continue
        raise Conflict("Too many changes at once; the ticks will be tried again.")

    def _drain(self, feed: str, listing_ids: Sequence[UUID]) -> Drained:
        undecided = self.prices.undecided_ticks(feed, listing_ids, newest_only=feed == LIVE_FEED)
        if not undecided.ticks:
            return Drained()
        index = self.band_watch.refresh(undecided.log_number)
        self.settle.calendar.refresh(undecided.log_number)
        self.rulebook.refresh(undecided.log_number)
        transaction = self._transaction()
        if feed != LIVE_FEED and _waits_for_an_order(transaction, index, feed):
            return Drained(more=True)
        now = max(self.ledger.clock(), undecided.ticks[-1].as_of) if feed == LIVE_FEED else None
        if self._settled(feed, undecided, now):
            index, transaction = self.band_watch.refresh(), self._transaction()
        undecided, rest = self._before_the_next_action(feed, undecided)
        weighing = Weighing(self.brake, self.band_watch.brakes, feed, now)
        drained, cursors = self._decide_all(transaction, index, undecided, weighing)
        batch = transaction.batch(cursors=cursors)
        if batch.events:
            last = self.ledger.log.append(batch)
            if not weighing.braked:
                self.band_watch.skip_own(batch, last)
            self.settle.calendar.skip_own(batch, last)
            self.rulebook.skip_own(batch, last)
            transaction.committed()
        else:
            self.prices.advance(cursors)
        drained.more = drained.more or rest
        return drained

    def _transaction(self) -> Transaction:
        run_id = self.ledger.new_id()
        return Transaction(self.ledger, Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id))

    def _settled(self, feed: str, undecided: UndecidedTicks, now: datetime | None) -> bool:
        """Settle what is due before these ticks, in a replay before the first; answers whether anything was.

        What a brake weighs beside a tick's listing has to be settled too, or its prices and units do not fit.
        """
        ticks = undecided.ticks if feed == LIVE_FEED else undecided.ticks[:1]
        looked = [self.settle.on_feed(feed, tick.listing_id, tick.as_of) for tick in ticks]
        if now is not None and self.band_watch.brakes:
            weighed = self.band_watch.brakes.weighed_with(feed, {tick.listing_id for tick in ticks})
            looked += [self.settle.on_feed(feed, listing_id, now) for listing_id in sorted(weighed)]
        return any(looked)

    def _before_the_next_action(self, feed: str, undecided: UndecidedTicks) -> tuple[UndecidedTicks, bool]:
        """The ticks up to the next one that an action has to be settled before, and whether others are left."""
        is_due = self.settle.calendar.is_due
        for number, tick in enumerate(undecided.ticks):
            if feed != LIVE_FEED and is_due(feed, tick.listing_id, tick.as_of):
                return replace(undecided, ticks=undecided.ticks[:number]), True
        return undecided, False

    def _decide_all(
        self, transaction: Transaction, index: BandIndex, undecided: UndecidedTicks, weighing: Weighing
    ) -> tuple[Drained, CursorMoves]:
        drained, feed = Drained(), weighing.feed
        cursors: dict[UUID, datetime] = {}
        newest = {tick.listing_id: tick.as_of for tick in undecided.ticks}
        for tick in undecided.ticks:
            drained.ticks += 1
            current = feed != LIVE_FEED or tick.as_of == newest[tick.listing_id]
            before = cursors.get(tick.listing_id, undecided.cursors[tick.listing_id])
            cursors[tick.listing_id] = tick.as_of
            watches = _crossed(index, feed, tick)
            weighing.before(transaction, tick)
            if not watches:
                drained.quiet += 1
            for watch in watches:
                if _is_due(watch.settings, tick, before, current=current):
                    self._decide_one(transaction, tick, watch, feed, drained)
            if drained.intended and feed != LIVE_FEED:
                drained.more = True
                break
        moves = {each: (undecided.cursors[each], as_of) for each, as_of in cursors.items()}
        return drained, CursorMoves(feed, moves)

    def _decide_one(
        self,
        transaction: Transaction,
        tick: PricePoint,
        watch: Watch,
        feed: str,
        drained: Drained,
    ) -> None:
        stream = transaction.known(POSITION, watch.position_id, watch.version)
        portfolio_stream = transaction.known(PORTFOLIO, watch.portfolio_id, watch.portfolio_version)
        position, portfolio = stream.state, portfolio_stream.state
        if position is None or portfolio is None or portfolio.frozen:
            return
        thresholds = self.rulebook.thresholds(tick.listing_id, portfolio)
        try:
            session = self.sessions.session_at(position.exchange, tick.as_of)
            unchanged = unchanged_for(self.sessions, position.exchange, tick, thresholds.stale_intraday)
        except (UnknownExchange, BeyondCalendar):
            drained.held += 1  # where a calendar ends, nothing is decided; the other listings go on
            return
        now = self.ledger.clock() if feed == LIVE_FEED else tick.as_of
        circumstances = Circumstances(
            quote=tick.quote,
            decided_at=tick.as_of,
            now=now,
            session=session,
            settings=watch.settings,
            is_close=tick.is_close,
            reconciled=portfolio.reconciled,
            hours=hours_between(self.sessions, position.exchange, tick.as_of, now, thresholds),
            thresholds=thresholds,
            unchanged=unchanged,
        )
        evaluation = evaluate(position, portfolio, circumstances, self.ledger.new_id())
        drained.decided += 1
        side = evaluation.decision.side
        if evaluation.event is None or (side and order_decided_at(self.ledger, stream, side, tick.as_of)):
            drained.held += 1
            return
        keep(transaction, stream, evaluation)
        drained.kept += 1
        drained.intended = drained.intended or isinstance(evaluation.event, OrderIntended)


def _crossed(index: BandIndex, feed: str, tick: PricePoint) -> list[Watch]:
    """The positions to decide, in the order of their ids, whichever price of the tick the rule will take."""
    crossed = (index.crossed(feed, tick.listing_id, scaled(price)) for price in tick.prices)
    due = {watch.position_id: watch for watches in crossed for watch in watches}
    return [due[position_id] for position_id in sorted(due)]


def _waits_for_an_order(transaction: Transaction, index: BandIndex, feed: str) -> bool:
    """Whether a replay has to wait: its next price comes after the order, however long that takes."""
    for bands in index.of_feed(feed).values():
        for watch in bands.watches.values():
            state = transaction.known(POSITION, watch.position_id, watch.version).state
            if state is not None and state.open_order is not None:
                return True
    return False


def _is_due(settings: Settings, tick: PricePoint, before: datetime | None, *, current: bool) -> bool:
    """Whether the position's cadence decides on this tick: any, the first of a minute, or a close.

    A price that is no longer current decides nothing, except a close for those who decide on closes.
    """
    match settings.cadence:
        case "tick":
            return current
        case "close":
            return tick.is_close
        case "minute":
            return current and (before is None or _minute(before) < _minute(tick.as_of))


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
