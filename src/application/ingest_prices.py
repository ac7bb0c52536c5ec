"""Take prices in: judged by the gate, stored once, published, and handed on to be decided upon (DOMAIN §4)."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.band_watch import BandWatch
from application.ledger import ATTEMPTS_MAX, Cause, Ledger, Transaction
from application.ports import LIVE_FEED, HotQuotes, Intake, Jobs, PricePoint, Prices, StaleVersion
from domain.bands import NEVER_BUYS, NEVER_SELLS, ListingBands, scaled
from domain.money import ZERO as NO_PRICE
from domain.portfolio import decide as portfolio_rules
from domain.quality import STALE_INTRADAY, Finding, Observation, PriceQuarantined, judge
from domain.refusals import Conflict
from domain.screen import Window, sift, window
from domain.streams import LISTING, PORTFOLIO

ACTOR = "ballast:gate"

Holders = Callable[[str, UUID], Sequence[UUID]]
"""The portfolios on a feed that hold a listing or have a position in it."""


@dataclass(slots=True)
class Taken:
    """What became of a batch. ``late`` prices are kept for history, but older than one already known."""

    accepted: int = 0
    duplicates: int = 0
    late: int = 0
    quarantined: list[tuple[PricePoint, Finding]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IngestPrices:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    band_watch: BandWatch
    hot_quotes: HotQuotes
    jobs: Jobs
    holders: Holders

    def __call__(self, points: Sequence[PricePoint], feed: str = LIVE_FEED) -> Taken:
        """Judge and store a batch, and wake the deciders for what is remarkable in it.

        Sending it again changes nothing. Ordinary ticks, which move nobody, are left to the next sweep.
        """
        for _ in range(ATTEMPTS_MAX):
            try:
                taken, newest, remarkable = self._store(points, feed)
            except StaleVersion:
                continue
            if newest:
                self.hot_quotes.publish(feed, newest)
            due = [point.listing_id for point in newest if point.listing_id in remarkable]
            if due:
                self.jobs.wake(feed, due)
            return taken
        raise Conflict("Too many changes at once; nothing was stored, try again.")

    def _store(
        self, points: Sequence[PricePoint], feed: str
    ) -> tuple[Taken, list[PricePoint], AbstractSet[UUID]]:
        transaction = self._transaction()
        ordered = sorted(points, key=lambda each: each.as_of)
        listing_ids = sorted({point.listing_id for point in points})
        with self.prices.intake(feed, listing_ids) as intake:
            remarkable = self._remarkable(ordered, intake, feed)
            judged = _judge_all(ordered, remarkable, intake, self._now(feed))
            rules = [(point, finding.rule) for point, finding in judged.quarantined]
            new = intake.store(judged.good, rules, list(judged.newest.values()))
            stopped = [found for found in dict(judged.quarantined).items() if found[0] in new]
            if stopped:
                self._quarantine(transaction, feed, stopped)
                intake.append(transaction.batch())
        transaction.committed()
        taken = Taken(
            accepted=len(new) - len(stopped),
            duplicates=len(points) - len(new),
            late=sum(point in new for point in judged.late),
            quarantined=stopped,
        )
        return taken, [point for point in judged.newest.values() if point in new], remarkable

    def _remarkable(self, points: Sequence[PricePoint], intake: Intake, feed: str) -> AbstractSet[UUID]:
        """The listings that need a closer look: by the gate, by the deciders, or by both."""
        if feed != LIVE_FEED:
            return {point.listing_id for point in points}
        bands = self.band_watch.refresh().of_feed(feed)
        windows = {
            listing_id: _window(latest, bands.get(listing_id)) for listing_id, latest in intake.latest.items()
        }
        ticks = ((each.listing_id, scaled(each.value or NO_PRICE), each.as_of) for each in points)
        return sift(ticks, windows, self.ledger.clock() - STALE_INTRADAY)

    def _quarantine(
        self, transaction: Transaction, feed: str, found: Sequence[tuple[PricePoint, Finding]]
    ) -> None:
        for point, finding in found:
            stream, listing = transaction.require(LISTING, point.listing_id)
            event = PriceQuarantined(
                listing_id=listing.id,
                symbol=listing.symbol,
                price=point.value or Decimal(0),
                as_of=point.as_of,
                source=point.source,
                rule=finding.rule,
                observed=finding.observed,
                expected=finding.expected,
            )
            transaction.append(stream, [event], at=point.as_of)
            for portfolio_id in self.holders(feed, listing.id):
                portfolio_stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
                frozen = portfolio_rules.freeze(portfolio, event.sentence())
                transaction.append(portfolio_stream, frozen, at=point.as_of)

    def _transaction(self) -> Transaction:
        run_id = self.ledger.new_id()
        return Transaction(self.ledger, Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id))

    def _now(self, feed: str) -> datetime | None:
        return self.ledger.clock() if feed == LIVE_FEED else None


@dataclass(slots=True)
class _Judged:
    good: list[PricePoint] = field(default_factory=list)
    quarantined: list[tuple[PricePoint, Finding]] = field(default_factory=list)
    newest: dict[UUID, PricePoint] = field(default_factory=dict)
    late: list[PricePoint] = field(default_factory=list)


def _window(latest: PricePoint, bands: ListingBands | None) -> Window:
    quiet = (bands.quiet_low, bands.quiet_high) if bands else (NEVER_BUYS, NEVER_SELLS)
    return window(scaled(latest.value or NO_PRICE), latest.as_of, *quiet)


def _judge_all(
    points: Sequence[PricePoint], remarkable: AbstractSet[UUID], intake: Intake, now: datetime | None
) -> _Judged:
    """Judge prices in the order of their moments, each against the last good one before it."""
    judged = _Judged()
    known = dict(intake.latest)
    for point in points:
        if point.listing_id not in remarkable:
            judged.good.append(point)
            judged.newest[point.listing_id] = point
            continue
        last = known.get(point.listing_id)
        if last is not None and point.as_of <= last.as_of:
            judged.good.append(point)
            if point.as_of < last.as_of:
                judged.late.append(point)
            continue
        finding = _critical(point, last, now)
        if finding is not None:
            judged.quarantined.append((point, finding))
            continue
        judged.good.append(point)
        if point.value is not None:  # half a quote is history, not a price to judge the next one by
            known[point.listing_id] = judged.newest[point.listing_id] = point
    return judged


def before_the_first_critical(points: Sequence[PricePoint]) -> int:
    """How many prices of one listing pass before the gate stops one; each is judged at its own time."""
    last: PricePoint | None = None
    for count, point in enumerate(points):
        if _critical(point, last, None) is not None:
            return count
        last = point
    return len(points)


def _critical(point: PricePoint, last: PricePoint | None, now: datetime | None) -> Finding | None:
    value = point.value
    if value is None:
        return None
    observation = Observation(
        price=value,
        as_of=point.as_of,
        is_close=point.is_close,
        now=now or point.as_of,
        last_good=last.value if last else None,
    )
    return next((finding for finding in judge(observation) if finding.severity == "CRITICAL"), None)
