"""Decide on prices as they come: only positions whose band a price crosses are loaded and decided.

A drained batch ends in one append of everything it decided, in the transaction that moves the cursors: a tick
is decided once, whatever dies when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from threading import Lock
from uuid import UUID

from application.ledger import ATTEMPTS_MAX, Cause, Ledger, Transaction
from application.ports import LIVE_FEED, Bands, Drain, PricePoint, Prices, Sessions, StaleVersion
from domain.bands import BandIndex, Watch, scaled
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import OrderIntended
from domain.quote import Quote
from domain.refusals import Conflict
from domain.settings import Settings, SettingsChange, resolve
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


@dataclass(slots=True)
class EvaluateTicks:
    """The use case, with a band index that each process keeps up to date for itself."""

    ledger: Ledger
    prices: Prices
    bands: Bands
    sessions: Sessions
    index: BandIndex = field(default_factory=BandIndex)
    _indexed_up_to: int = 0
    _refreshing: Lock = field(default_factory=Lock)

    def __call__(self, feed: str, listing_ids: Sequence[UUID]) -> Drained:
        """Decide on what has come for these listings since they were last decided on.

        Live, only the newest price of a listing is decided, since the older ones are no longer current. In a
        replay every price is current at its own time, and deciding pauses at each order until it has ended.
        """
        for _ in range(ATTEMPTS_MAX):
            try:
                return self._drain(feed, listing_ids)
            except StaleVersion:
                continue
        raise Conflict("Too many changes at once; the ticks will be tried again.")

    def refresh(self) -> None:
        """Bring the band index up to date with the log."""
        with self._refreshing:
            self._indexed_up_to, changed = self.bands.since(self._indexed_up_to)
            self.index.put(changed)

    def _drain(self, feed: str, listing_ids: Sequence[UUID]) -> Drained:
        run_id = self.ledger.new_id()
        cause = Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
        transaction = Transaction(self.ledger, cause)
        with self.prices.drain(feed, sorted(listing_ids), newest_only=feed == LIVE_FEED) as drain:
            self.refresh()
            if feed != LIVE_FEED and self._waits_for_an_order(transaction, feed):
                return Drained(more=True)
            drained, cursors = self._decide_all(transaction, drain, feed)
            batch = transaction.batch()
            if batch.events:
                drain.append(batch)
            drain.advance(cursors)
        transaction.committed()
        return drained

    def _waits_for_an_order(self, transaction: Transaction, feed: str) -> bool:
        """Whether a replay has to wait: its next price comes after the order, however long that takes."""
        for bands in self.index.of_feed(feed).values():
            for watch in bands.watches.values():
                state = transaction.known(POSITION, watch.position_id, watch.version).state
                if state is not None and state.open_order is not None:
                    return True
        return False

    def _decide_all(
        self, transaction: Transaction, drain: Drain, feed: str
    ) -> tuple[Drained, dict[UUID, datetime]]:
        drained = Drained()
        cursors: dict[UUID, datetime] = {}
        for tick in drain.ticks:
            drained.ticks += 1
            before = cursors.get(tick.listing_id, drain.cursors.get(tick.listing_id))
            cursors[tick.listing_id] = tick.as_of
            value = tick.value
            watches = self.index.crossed(feed, tick.listing_id, scaled(value)) if value is not None else []
            if not watches:
                drained.quiet += 1
            for watch in watches:
                self._decide_one(transaction, tick, before, watch, feed, drained)
            if drained.intended and feed != LIVE_FEED:
                drained.more = True
                break
        return drained, cursors

    def _decide_one(
        self,
        transaction: Transaction,
        tick: PricePoint,
        before: datetime | None,
        watch: Watch,
        feed: str,
        drained: Drained,
    ) -> None:
        stream = transaction.known(POSITION, watch.position_id, watch.version)
        portfolio_stream = transaction.known(PORTFOLIO, watch.portfolio_id, watch.portfolio_version)
        position, portfolio = stream.state, portfolio_stream.state
        if position is None or portfolio is None or portfolio.frozen:
            return
        settings = settings_in_force(portfolio.settings, position.settings)
        if not _is_due(settings, tick, before):
            return
        circumstances = Circumstances(
            quote=Quote(last=tick.last, bid=tick.bid, ask=tick.ask, as_of=tick.as_of),
            decided_at=tick.as_of,
            now=self.ledger.clock() if feed == LIVE_FEED else tick.as_of,
            session=self.sessions.session_at(position.exchange, tick.as_of),
            settings=settings,
            is_close=tick.is_close,
        )
        evaluation = evaluate(position, portfolio, circumstances, self.ledger.new_id())
        drained.decided += 1
        if evaluation.event is None:
            drained.held += 1
            return
        transaction.append(stream, [evaluation.event], at=tick.as_of)
        drained.kept += 1
        drained.intended = drained.intended or isinstance(evaluation.event, OrderIntended)


def _is_due(settings: Settings, tick: PricePoint, before: datetime | None) -> bool:
    """Whether the position's cadence decides on this tick: any, the first of a minute, or a close."""
    match settings.cadence:
        case "tick":
            return True
        case "close":
            return tick.is_close
        case "minute":
            return before is None or before.replace(second=0, microsecond=0) < tick.as_of.replace(
                second=0, microsecond=0
            )


@lru_cache(maxsize=10_000)
def _resolved(portfolio: str, position: str) -> Settings:
    return resolve(SettingsChange.model_validate_json(portfolio), SettingsChange.model_validate_json(position))


def settings_in_force(portfolio: SettingsChange, position: SettingsChange) -> Settings:
    """Like resolve, remembered: thousands of positions share a handful of settings."""
    return _resolved(portfolio.model_dump_json(), position.model_dump_json())
