"""Take prices in: judged by the gate, stored once, published, and handed on to be decided upon (DOMAIN §4)."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.band_watch import BandWatch
from application.ledger import ATTEMPTS_MAX, Cause, Ledger, Transaction
from application.ports import Intake, Jobs, PricePoint, Prices, StaleVersion
from domain.bands import NEVER_BUYS, NEVER_SELLS, ListingBands, scaled
from domain.money import ZERO as NO_PRICE
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.state import LIVE_FEED
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
    jobs: Jobs
    holders: Holders
    calendar: ActionCalendar

    def __call__(self, points: Sequence[PricePoint], feed: str = LIVE_FEED) -> Taken:
        """Judge and store a batch, and wake the deciders for what is remarkable in it.

        Sending it again changes nothing. Ordinary ticks, which move nobody, are left to the next sweep.
        """
        bands = self.band_watch.refresh().of_feed(feed) if feed == LIVE_FEED else None
        self.calendar.refresh()
        holders: dict[UUID, Sequence[UUID]] = {}
        for _ in range(ATTEMPTS_MAX):
            try:
                return self._handed_on(self._store(points, feed, bands, holders), feed)
            except StaleVersion:
                continue
            except _Unprepared as unprepared:
                holders |= {
                    listing_id: self.holders(feed, listing_id) for listing_id in unprepared.listing_ids
                }
        raise Conflict("Too many changes at once; nothing was stored, try again.")

    def _handed_on(self, stored: "_Stored", feed: str) -> Taken:
        due = [point.listing_id for point in stored.newest if point.listing_id in stored.remarkable]
        if due:
            self.jobs.wake(feed, due)
        return stored.taken

    def _store(
        self,
        points: Sequence[PricePoint],
        feed: str,
        bands: Mapping[UUID, ListingBands] | None,
        holders: Mapping[UUID, Sequence[UUID]],
    ) -> "_Stored":
        """Judge and store under the listings' locks, with no other connection than the one that holds them.

        So whatever quarantining needs is loaded first. Raises _Unprepared, with nothing stored, for listings
        that turn out to need it.
        """
        transaction = self._prepared(holders)
        ordered = sorted(points, key=_order)
        with self.prices.intake(feed, sorted({point.listing_id for point in points})) as intake:
            remarkable = self._remarkable(ordered, intake, bands)
            judged = _judge_all(ordered, remarkable, intake, self._now(feed), self.calendar)
            rules = [(point, finding.rule) for point, finding in judged.quarantined]
            new = intake.store(judged.good, rules, list(judged.newest.values()))
            stopped = [found for found in dict(judged.quarantined).items() if found[0] in new]
            missing = {point.listing_id for point, _ in stopped} - holders.keys()
            if missing:
                raise _Unprepared(missing)
            if stopped:
                _quarantine(transaction, stopped, holders)
                intake.append(transaction.batch())
        if stopped:
            transaction.committed()
        taken = Taken(
            accepted=len(new) - len(stopped),
            duplicates=len(points) - len(new),
            late=sum(point in new for point in judged.late),
            quarantined=stopped,
        )
        return _Stored(taken, [point for point in judged.newest.values() if point in new], remarkable)

    def _prepared(self, holders: Mapping[UUID, Sequence[UUID]]) -> Transaction:
        """A transaction that has loaded these listings and the portfolios that hold them."""
        run_id = self.ledger.run_id()
        transaction = Transaction(self.ledger, Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id))
        for listing_id, portfolio_ids in holders.items():
            transaction.require(LISTING, listing_id)
            for portfolio_id in portfolio_ids:
                transaction.require(PORTFOLIO, portfolio_id)
        return transaction

    def _remarkable(
        self, points: Sequence[PricePoint], intake: Intake, bands: Mapping[UUID, ListingBands] | None
    ) -> AbstractSet[UUID]:
        """The listings that need a closer look by the gate or the deciders; in a replay all of them do."""
        if bands is None:
            return {point.listing_id for point in points}
        newest = max((point.as_of for point in points), default=None)
        windows = {
            listing_id: _window(latest, bands.get(listing_id))
            for listing_id, latest in intake.latest.items()
            if newest is None or not self._moved(latest, newest)
        }
        ticks = (
            (point.listing_id, scaled(min(prices)), scaled(max(prices)), point.as_of)
            for point in points
            for prices in (point.prices or (NO_PRICE,),)
        )
        return sift(ticks, windows, self.ledger.clock() - STALE_INTRADAY)

    def _moved(self, latest: PricePoint, until: datetime) -> bool:
        """Whether a corporate action has moved the price since: then none is ordinary."""
        value = latest.value
        return (
            value is not None
            and self.calendar.expected(latest.listing_id, value, latest.as_of, until) is not None
        )

    def _now(self, feed: str) -> datetime | None:
        return self.ledger.clock() if feed == LIVE_FEED else None


class _Unprepared(Exception):
    """Prices of these listings have to be quarantined, and what that needs has not been loaded yet."""

    def __init__(self, listing_ids: AbstractSet[UUID]) -> None:
        super().__init__(listing_ids)
        self.listing_ids = listing_ids


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was stored: the answer, the prices that are the newest now, and the listings to look at closely."""

    taken: Taken
    newest: Sequence[PricePoint]
    remarkable: AbstractSet[UUID]


@dataclass(slots=True)
class _Judged:
    good: list[PricePoint] = field(default_factory=list)
    quarantined: list[tuple[PricePoint, Finding]] = field(default_factory=list)
    newest: dict[UUID, PricePoint] = field(default_factory=dict)
    late: list[PricePoint] = field(default_factory=list)


def _quarantine(
    transaction: Transaction,
    stopped: Sequence[tuple[PricePoint, Finding]],
    holders: Mapping[UUID, Sequence[UUID]],
) -> None:
    """Say what was quarantined and why, and freeze every portfolio that holds it."""
    for point, finding in stopped:
        stream, listing = transaction.require(LISTING, point.listing_id)
        event = PriceQuarantined(
            listing_id=listing.id,
            symbol=listing.symbol,
            price=point.value or NO_PRICE,
            as_of=point.as_of,
            source=point.source,
            rule=finding.rule,
            observed=finding.observed,
            expected=finding.expected,
        )
        transaction.append(stream, [event], at=point.as_of)
        for portfolio_id in holders[listing.id]:
            portfolio_stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            frozen = portfolio_rules.freeze(portfolio, event.sentence())
            transaction.append(portfolio_stream, frozen, at=point.as_of)


def _window(latest: PricePoint, bands: ListingBands | None) -> Window:
    quiet = (bands.quiet_low, bands.quiet_high) if bands else (NEVER_BUYS, NEVER_SELLS)
    return window(scaled(latest.value or NO_PRICE), latest.as_of, *quiet)


def _judge_all(
    points: Sequence[PricePoint],
    remarkable: AbstractSet[UUID],
    intake: Intake,
    now: datetime | None,
    calendar: ActionCalendar,
) -> _Judged:
    """Judge prices in the order of their moments, each against the last good one before it, late ones too."""
    judged = _Judged()
    known = dict(intake.latest)
    earlier = intake.before([each for each in points if _is_late(each, known.get(each.listing_id))])
    for point in points:
        if point.listing_id not in remarkable:
            judged.good.append(point)
            judged.newest[point.listing_id] = point
            continue
        last = known.get(point.listing_id)
        if last is not None and _order(point) <= _order(last):
            if point.as_of < last.as_of:
                judged.late.append(point)
            last = earlier.get(point, last)
            newest = False
        else:
            newest = True
        finding = _critical(point, last, now, calendar)
        if finding is not None:
            judged.quarantined.append((point, finding))
            continue
        judged.good.append(point)
        if (
            newest and point.value is not None
        ):  # half a quote is history, not a price to judge the next one by
            known[point.listing_id] = judged.newest[point.listing_id] = point
    return judged


def _order(point: PricePoint) -> tuple[datetime, bool]:
    """Prices in time; of one moment the close comes last."""
    return point.as_of, point.is_close


def _is_late(point: PricePoint, latest: PricePoint | None) -> bool:
    return latest is not None and point.as_of < latest.as_of


def before_the_first_critical(points: Sequence[PricePoint], calendar: ActionCalendar) -> int:
    """How many prices of one listing pass before the gate stops one; each is judged at its own time."""
    last: PricePoint | None = None
    for count, point in enumerate(points):
        if _critical(point, last, None, calendar) is not None:
            return count
        last = point
    return len(points)


def _critical(
    point: PricePoint, last: PricePoint | None, now: datetime | None, calendar: ActionCalendar
) -> Finding | None:
    value, good = point.value, last.value if last else None
    if value is None:
        return None
    expected = None
    if last is not None and good is not None:
        expected = calendar.expected(point.listing_id, good, last.as_of, point.as_of)
    observation = Observation(
        price=value,
        as_of=point.as_of,
        is_close=point.is_close,
        now=now or point.as_of,
        last_good=good,
        expected=expected,
    )
    return next((finding for finding in judge(observation) if finding.severity == "CRITICAL"), None)
