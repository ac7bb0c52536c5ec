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
from application.quality.stopped import Concerned, Holders, Stopped, prepare, tell
from domain.bands import NEVER_BUYS, NEVER_SELLS, ListingBands, scaled
from domain.money import ZERO as NO_PRICE
from domain.portfolio.state import LIVE_FEED
from domain.quality import STALE_INTRADAY, Finding, Observation, Terms, verdict
from domain.refusals import Conflict
from domain.screen import Window, sift, window
from domain.streams import LISTING

ACTOR = "ballast:gate"

HoldersOf = Callable[[str, UUID], Sequence[UUID]]
"""The portfolios on a feed that hold a listing or have a position in it."""


@dataclass(slots=True)
class Taken:
    """What became of a batch. ``late`` prices are kept for history, but older than one already known.

    ``rejected`` cannot be prices at all and are not stored; ``quarantined`` are stored and used by nothing.
    """

    accepted: int = 0
    duplicates: int = 0
    late: int = 0
    quarantined: list[tuple[PricePoint, Finding]] = field(default_factory=list)
    rejected: list[tuple[PricePoint, Finding]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IngestPrices:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    band_watch: BandWatch
    jobs: Jobs
    holders: HoldersOf
    calendar: ActionCalendar

    def __call__(self, points: Sequence[PricePoint], feed: str = LIVE_FEED) -> Taken:
        """Judge and store a batch, and wake the deciders for what is remarkable in it.

        Sending it again changes nothing. Ordinary ticks, which move nobody, are left to the next sweep.
        """
        bands = self.band_watch.refresh().of_feed(feed) if feed == LIVE_FEED else None
        self.calendar.refresh()
        sound, rejected = self._sound(points, feed)
        terms = self._terms(sound)
        holders: dict[Concerned, Sequence[UUID]] = {}
        for _ in range(ATTEMPTS_MAX):
            try:
                taken = self._handed_on(self._store(sound, feed, bands, terms, holders), feed)
                taken.rejected = rejected
                return taken
            except StaleVersion:
                continue
            except _Unprepared as unprepared:
                holders |= {each: self.holders(feed, each[0]) for each in unprepared.concerned}
        raise Conflict("Too many changes at once; nothing was stored, try again.")

    def _sound(
        self, points: Sequence[PricePoint], feed: str
    ) -> tuple[list[PricePoint], list[tuple[PricePoint, Finding]]]:
        """What can be prices, and what cannot, with what is wrong with it."""
        now = self._now(feed)
        found = [(point, verdict(Observation(point, now or point.as_of))) for point in points]
        rejected = [(point, finding) for point, finding in found if finding and finding.severity == "REJECT"]
        return [point for point, finding in found if not finding or finding.severity != "REJECT"], rejected

    def _terms(self, points: Sequence[PricePoint]) -> Mapping[UUID, Terms]:
        """What prices of these listings are in, as far as somebody has said what theirs are in."""
        said = {point.listing_id for point in points if point.currency or point.unit}
        known = self.ledger.load_many(LISTING, sorted(said)) if said else []
        return {stream.id: stream.state.terms for stream in known if stream.state}

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
        terms: Mapping[UUID, Terms],
        holders: Holders,
    ) -> "_Stored":
        """Judge and store under the listings' locks, with no other connection than the one that holds them.

        So whatever quarantining needs is loaded first. Raises _Unprepared, with nothing stored, for listings
        that turn out to need it.
        """
        transaction = self._prepared(holders)
        ordered = sorted(points, key=_order)
        with self.prices.intake(feed, sorted({point.listing_id for point in points})) as intake:
            remarkable = self._remarkable(ordered, intake, bands, terms)
            context = _Context(self._now(feed), self.calendar, terms)
            judged = _judge_all(ordered, remarkable, intake, context)
            rules = [(each.point, each.finding.rule) for each in judged.stopped]
            new = intake.store(judged.good, rules, list(judged.newest.values()))
            stopped = [
                each for each in {each.point: each for each in judged.stopped}.values() if each.point in new
            ]
            missing = {each.concerned for each in stopped} - holders.keys()
            if missing:
                raise _Unprepared(missing)
            tell(transaction, feed, stopped, holders)
            batch = transaction.batch()
            if batch.events:
                intake.append(batch)
        if batch.events:
            transaction.committed()
        taken = Taken(
            accepted=len(new) - len(stopped),
            duplicates=len(points) - len(new),
            late=sum(point in new for point in judged.late),
            quarantined=[(each.point, each.finding) for each in stopped],
        )
        return _Stored(taken, [point for point in judged.newest.values() if point in new], remarkable)

    def _prepared(self, holders: Holders) -> Transaction:
        """A transaction that has loaded these listings, the portfolios that hold them, and their alerts."""
        run_id = self.ledger.run_id()
        transaction = Transaction(self.ledger, Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id))
        prepare(transaction, holders)
        return transaction

    def _remarkable(
        self,
        points: Sequence[PricePoint],
        intake: Intake,
        bands: Mapping[UUID, ListingBands] | None,
        terms: Mapping[UUID, Terms],
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
        mislabelled = {
            point.listing_id
            for point in points
            if point.listing_id in terms and terms[point.listing_id].contradicts(point.currency, point.unit)
        }
        return sift(ticks, windows, self.ledger.clock() - STALE_INTRADAY) | mislabelled

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
    """Prices have to be quarantined, and what that needs has not been loaded yet."""

    def __init__(self, concerned: AbstractSet[Concerned]) -> None:
        super().__init__(concerned)
        self.concerned = concerned


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was stored: the answer, the prices that are the newest now, and the listings to look at closely."""

    taken: Taken
    newest: Sequence[PricePoint]
    remarkable: AbstractSet[UUID]


@dataclass(slots=True)
class _Judged:
    good: list[PricePoint] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    newest: dict[UUID, PricePoint] = field(default_factory=dict)
    late: list[PricePoint] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Context:
    """What prices are judged by besides their own past."""

    now: datetime | None
    calendar: ActionCalendar
    terms: Mapping[UUID, Terms]


def _window(latest: PricePoint, bands: ListingBands | None) -> Window:
    quiet = (bands.quiet_low, bands.quiet_high) if bands else (NEVER_BUYS, NEVER_SELLS)
    return window(scaled(latest.value or NO_PRICE), latest.as_of, *quiet)


def _judge_all(
    points: Sequence[PricePoint],
    remarkable: AbstractSet[UUID],
    intake: Intake,
    context: _Context,
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
        finding = _critical(point, last, context)
        if finding is not None:
            judged.stopped.append(Stopped(point, finding, last))
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
    context = _Context(None, calendar, {})
    for count, point in enumerate(points):
        if _critical(point, last, context) is not None:
            return count
        last = point
    return len(points)


def _critical(point: PricePoint, last: PricePoint | None, context: _Context) -> Finding | None:
    good = last.value if last else None
    expected = None
    if last is not None and good is not None:
        expected = context.calendar.expected(point.listing_id, good, last.as_of, point.as_of)
    observation = Observation(
        point,
        context.now or point.as_of,
        terms=context.terms.get(point.listing_id),
        last_good=good,
        expected=expected,
    )
    finding = verdict(observation)
    return finding if finding is not None and finding.severity == "CRITICAL" else None
