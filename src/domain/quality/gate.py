"""The gate: one pass over a batch in the order of its moments, each price against what came before it (DOMAIN §4).

Most prices are ordinary and pass by comparing. One that is not, but is near the last good price, passes by a few more
comparisons. Only the rest is judged by every check, so the result is what the checks say of every price.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import Expected
from domain.price_point import PricePoint
from domain.quality.checks import verdict
from domain.quality.finding import Finding
from domain.quality.judged import Before, Flagged, Judged, Offended, Stopped
from domain.quality.lane import Lane, in_time
from domain.quality.observation import Observation
from domain.quality.outlier import minute_of
from domain.quality.rules import DayOf

NextAction = Callable[[UUID, datetime], datetime]
"""When the next corporate action of a listing takes effect after a moment; the end of time when none is known."""


@dataclass(slots=True)
class Gate:
    """The lanes of a batch's listings, and what became of its prices.

    ``now`` is None in a replay, where each price comes at its own time. ``before`` has the last good price before each
    that is older than the lane's. ``wanting`` are listings of which it has to be known what was dropped since their
    last good price: the batch is then judged anew with that.
    """

    lanes: Mapping[UUID, Lane]
    now: datetime | None
    day_of: DayOf
    expected: Expected
    next_action: NextAction
    before: Before = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged)
    wanting: set[UUID] = field(default_factory=set)
    _late: dict[UUID, PricePoint] = field(default_factory=dict)

    def take(self, points: Sequence[PricePoint]) -> Judged:
        """Judge prices that are sorted ``in_time``; of equal ones the first alone should be among them."""
        lanes, good = {each.int: lane for each, lane in self.lanes.items()}, self.judged.good
        for point in points:
            lane = lanes[point.listing_id.int]  # a number is looked up several times quicker than an id
            last, bid, ask, as_of = point.last, point.bid, point.ask, point.as_of
            if (
                lane.after < as_of < lane.until
                and (bid is None if ask is None else bid is not None and lane.low < bid <= ask < lane.high)
                and (bid is not None if last is None else lane.low < last < lane.high)
                and (point.currency is None or point.currency == lane.rules.terms.currency)
                and (point.unit is None or point.unit == lane.rules.terms.unit)
                and ((point.high is None and point.low is None and point.open is None) or is_bar(point))
            ):
                lane.move_to(point)
                good.append(point)
            else:
                self._look(lane, point)
        return self.judged

    def release(self, points: Sequence[PricePoint]) -> Judged:
        """Take prices, sorted ``in_time``, for good because a person says so, whatever the checks say.

        One that is the newest is where its trading day begins for those after it, or what was confirmed once would be
        stopped again with every price. One that is older is history.
        """
        for point in points:
            lane = self.lanes[point.listing_id]
            if lane.good is not None and in_time(point) <= in_time(lane.good):
                self.judged.good.append(point)
                self.judged.late += 1
                continue
            self._go_on(lane, point)
            if point.value is not None:
                lane.set_day_before(point.value, point.as_of)
            self._accept(lane, point)
        return self.judged

    def _look(self, lane: Lane, point: PricePoint) -> None:
        good = lane.good
        if good is not None and in_time(point) <= in_time(good):
            self._look_late(lane, point, good)
            return
        if not is_sound(point) or point.as_of >= lane.horizon:
            finding = verdict(self._observation(lane, point, lane.value, None))
            if finding is not None and finding.severity == "REJECT":
                self.judged.rejected.append((point, finding))
                return
        expected = None
        if good is not None and lane.value is not None and point.as_of >= lane.next_action:
            expected = self.expected(lane.listing_id, lane.value, good.as_of, point.as_of)
        self._go_on(lane, point)
        if expected is None and lane.is_calm(point):
            self._accept(lane, point)
        else:
            self._judge(lane, self._observation(lane, point, lane.value, expected))

    def _judge(self, lane: Lane, observation: Observation) -> None:
        point, judged = observation.point, self.judged
        if lane.dropped is None and lane.may_be_outlier(point):
            self.wanting.add(lane.listing_id)
        match verdict(observation):
            case Finding(severity="REJECT") as finding:
                judged.rejected.append((point, finding))
            case Finding(severity="CRITICAL") as finding:
                judged.stopped.append(Stopped(point, finding, lane.good))
            case Finding(severity="DROP") as finding:
                judged.dropped.append((point, finding))
                lane.drop(point)
                self._flag(lane, point, finding)
            case finding:
                if finding is not None:
                    self._flag(lane, point, finding)
                self._look_for_others(lane, observation)
                if observation.expected is not None:
                    lane.set_day_before(observation.day_before, point.as_of)
                    judged.remarkable.add(lane.listing_id)
                self._accept(lane, point)

    def _look_for_others(self, lane: Lane, observation: Observation) -> None:
        """Look whether a price that is good for everybody is too much for somebody."""
        for portfolio_id, thresholds in lane.rules.tighter:
            own = verdict(replace(observation, thresholds=thresholds))
            if own is not None and own.severity == "CRITICAL":
                self.judged.offended.append(Offended(portfolio_id, observation.point, own))

    def _accept(self, lane: Lane, point: PricePoint) -> None:
        """Let a price be the last good one; half a quote is history, not a price to judge the next one by."""
        self.judged.good.append(point)
        if point.value is None:
            return
        if lane.good is None or not lane.is_quiet(point):
            self.judged.remarkable.add(lane.listing_id)
        lane.move_to(point)
        if point.as_of >= lane.next_action:
            lane.next_action = self.next_action(lane.listing_id, point.as_of)
        if point.is_close:
            lane.close()
        else:
            lane.centre()

    def _look_late(self, lane: Lane, point: PricePoint, good: PricePoint) -> None:
        """Judge a price that is older than the last good one against the one before it: it moves nothing any more."""
        last: PricePoint | None = good
        is_late = point.as_of < good.as_of
        if is_late:
            known, own = self.before.get(point), self._late.get(lane.listing_id)
            last = max((each for each in (known, own) if each is not None), key=in_time, default=None)
        value = last.value if last is not None else None
        expected = None
        if last is not None and value is not None:
            expected = self.expected(lane.listing_id, value, last.as_of, point.as_of)
        observation = self._observation(lane, point, value, expected)
        match verdict(replace(observation, day_before=None, recent=None)):
            case Finding(severity="REJECT") as finding:
                self.judged.rejected.append((point, finding))
            case Finding(severity="CRITICAL") as finding:
                self.judged.stopped.append(Stopped(point, finding, last))
            case _:
                self.judged.good.append(point)
                self.judged.late += is_late
                if is_late and point.value is not None:
                    self._late[lane.listing_id] = point

    def _go_on(self, lane: Lane, point: PricePoint) -> None:
        """Let time pass up to a price: another trading day, another minute."""
        if point.as_of >= lane.day_until:
            lane.begin_day(self.day_of(lane.rules.exchange, point.as_of).until)
        if lane.counts_minutes and point.as_of >= lane.minute_until:
            lane.begin_minute(minute_of(point.as_of))

    def _observation(
        self, lane: Lane, point: PricePoint, last_good: Decimal | None, expected: Decimal | None
    ) -> Observation:
        day_before = lane.day_before
        if day_before is not None and expected is not None:
            moved = self.expected(lane.listing_id, day_before, lane.day_before_at, point.as_of)
            day_before = moved if moved is not None else day_before
        return Observation(
            point,
            now=self.now or point.as_of,
            thresholds=lane.rules.thresholds,
            terms=lane.rules.terms,
            last_good=last_good,
            expected=expected,
            day_before=day_before,
            recent=lane.recent(point),
        )

    def _flag(self, lane: Lane, point: PricePoint, finding: Finding) -> None:
        day = self.day_of(lane.rules.exchange, point.as_of).day
        self.judged.flagged.append(Flagged(point, finding, day))


def is_sound(point: PricePoint) -> bool:
    """Whether a price can be one, whatever else is known: above zero, not crossed, and no broken bar."""
    last, bid, ask = point.last, point.bid, point.ask
    if (last is not None and last <= 0) or (bid is not None and bid <= 0) or (ask is not None and ask <= 0):
        return False
    return (bid is None or ask is None or bid <= ask) and is_bar(point)


def is_bar(point: PricePoint) -> bool:
    """Whether the close of a bar, and its open where it is given, lie between its low and its high, and above zero."""
    low, high, first, last = point.low, point.high, point.open, point.last
    if low is not None and (
        low <= 0 or (first is not None and first < low) or (last is not None and last < low)
    ):
        return False
    if high is not None and (
        high <= 0 or (first is not None and first > high) or (last is not None and last > high)
    ):
        return False
    return (first is None or first > 0) and (low is None or high is None or low <= high)
