"""Take prices in: judged by the gate, stored once, published, and handed on to be decided upon (DOMAIN §4)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from application.band_watch import BandWatch
from application.ledger import ATTEMPTS_MAX, Cause, Ledger, Transaction
from application.ports import Intake, Jobs, PricePoint, Prices, StaleVersion
from application.quality.lanes import Lanes, Surroundings
from application.quality.prepared import Concerned, Lacking, Prepared, concerned_by
from application.quality.telling import tell
from domain.portfolio.state import LIVE_FEED
from domain.quality import Finding, Flagged, Gate, Judged, in_time
from domain.refusals import Conflict

ACTOR = "ballast:gate"

HoldersOf = Callable[[str, UUID], Sequence[UUID]]
"""The portfolios on a feed that hold a listing or have a position in it."""

Found = tuple[PricePoint, Finding]
"""A price, and what was found in it."""


@dataclass(slots=True)
class Taken:
    """What became of a batch. ``late`` prices are kept for history, but older than one already known.

    ``rejected`` cannot be prices at all and are not stored; ``quarantined`` are stored and used by nothing, and so are
    ``outliers``, ticks that were dropped.
    """

    accepted: int = 0
    duplicates: int = 0
    late: int = 0
    quarantined: list[Found] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)
    outliers: list[Found] = field(default_factory=list)

    @property
    def dropped(self) -> int:
        """How many ticks were out of proportion and dropped."""
        return len(self.outliers)


@dataclass(frozen=True, slots=True)
class IngestPrices:
    """The use case with what it needs from outside. ``told`` is when a rule last told of a listing, to spare a look."""

    ledger: Ledger
    prices: Prices
    band_watch: BandWatch
    jobs: Jobs
    holders: HoldersOf
    lanes: Lanes
    told: dict[Concerned, date] = field(default_factory=dict)

    def __call__(self, points: Sequence[PricePoint], feed: str = LIVE_FEED) -> Taken:
        """Judge and store a batch, and wake the deciders for what is remarkable in it.

        Sending it again changes nothing. Ordinary ticks, which move nobody, are left to the next sweep.
        """
        around = self._surroundings(feed)
        ordered = sorted(points, key=in_time)
        prepared = Prepared()
        for _ in range(ATTEMPTS_MAX):
            try:
                judged, newest = self._store(ordered, feed, around, prepared)
            except StaleVersion:
                continue
            except _Unprepared as unprepared:
                self._prepare(prepared, unprepared.lacking, feed)
            else:
                self._wake(feed, judged, newest)
                return _taken(points, judged)
        raise Conflict("Too many changes at once; nothing was stored, try again.")

    def before_the_first_stopped(self, points: Sequence[PricePoint]) -> int:
        """How many closes of one listing pass, in a replay, before the gate stops one."""
        self.lanes.rulebook.refresh()
        judged = self.lanes.alone(points[0].listing_id).take(points) if points else Judged()
        stopped = [each.point for each in judged.stopped]
        return points.index(stopped[0]) if stopped else len(points)

    def _surroundings(self, feed: str) -> Surroundings:
        self.lanes.calendar.refresh()
        self.lanes.rulebook.refresh()
        tightened = self.lanes.rulebook.tightened(feed)
        if feed != LIVE_FEED:
            return Surroundings(None, {}, tightened)
        return Surroundings(self.ledger.clock(), self.band_watch.refresh().of_feed(feed), tightened)

    def _store(
        self, points: Sequence[PricePoint], feed: str, around: Surroundings, prepared: Prepared
    ) -> tuple[Judged, Sequence[UUID]]:
        """Judge and store under the listings' locks, with no other connection than the one that holds them.

        So whatever telling needs is loaded first. Raises _Unprepared, with nothing stored, when something is lacking.
        """
        run_id = self.ledger.run_id()
        transaction = Transaction(self.ledger, Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id))
        prepared.read(transaction)
        with self.prices.intake(feed, sorted({point.listing_id for point in points})) as intake:
            gate = self._judge(around, intake.fresh(points), intake)
            judged = gate.judged
            judged.flagged = self._untold(judged.flagged, feed)
            if lacking := prepared.lacking(judged):
                raise _Unprepared(lacking)
            newest = [lane.last_good for lane in gate.lanes.values() if lane.changed]
            intake.store(judged, [each for each in newest if each is not None])
            tell(transaction, feed, judged, prepared)
            batch = transaction.batch()
            if batch.events:
                intake.append(batch)
        if batch.events:
            transaction.committed()
        self.told.update((concerned_by(each), each.day) for each in judged.flagged)
        return judged, [listing_id for listing_id, lane in gate.lanes.items() if lane.changed]

    def _judge(self, around: Surroundings, points: Sequence[PricePoint], intake: Intake) -> Gate:
        """Judge a batch; once more, where it matters which ticks were dropped since the last good one."""
        dropped: Mapping[UUID, Sequence[tuple[datetime, Decimal]]] = {}
        gate = self.lanes.gate(around, points, intake, dropped)
        gate.take(points)
        if gate.wanting:
            since = {each: intake.latest[each].point.as_of for each in gate.wanting if each in intake.latest}
            dropped = dict.fromkeys(gate.wanting, ()) | dict(intake.dropped(since))
            gate = self.lanes.gate(around, points, intake, dropped)
            gate.take(points)
        return gate

    def _prepare(self, prepared: Prepared, lacking: Lacking, feed: str) -> None:
        prepared.holders |= {each: self.holders(feed, each[0]) for each in lacking.stopped}
        prepared.offended |= lacking.offended
        prepared.flagged |= lacking.flagged

    def _untold(self, flagged: Iterable[Flagged], feed: str) -> list[Flagged]:
        """The first of each rule and day, without what this process knows was told. A replay tells nothing."""
        if feed != LIVE_FEED:
            return []
        first: dict[tuple[UUID, str, date], Flagged] = {}
        for found in flagged:
            told = self.told.get(concerned_by(found))
            if told is None or told < found.day:
                first.setdefault((*concerned_by(found), found.day), found)
        return [*first.values()]

    def _wake(self, feed: str, judged: Judged, newest: Sequence[UUID]) -> None:
        """Wake the deciders for what is remarkable; in a replay every price is."""
        due = [each for each in newest if feed != LIVE_FEED or each in judged.remarkable]
        if due:
            self.jobs.wake(feed, due)


class _Unprepared(Exception):
    """Somebody has to be told of prices, and what that needs has not been loaded yet."""

    def __init__(self, lacking: Lacking) -> None:
        super().__init__(lacking)
        self.lacking = lacking


def _taken(points: Sequence[PricePoint], judged: Judged) -> Taken:
    kept = len(judged.good) + len(judged.stopped) + len(judged.dropped) + len(judged.rejected)
    return Taken(
        accepted=len(judged.good),
        duplicates=len(points) - kept,
        late=judged.late,
        quarantined=[(each.point, each.finding) for each in judged.stopped],
        rejected=judged.rejected,
        outliers=judged.dropped,
    )
