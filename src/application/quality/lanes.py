"""Lanes for a batch: what is known of each listing before its prices are judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.ports import Intake, PricePoint
from application.quality.rulebook import UNKNOWN, Rulebook
from application.quality.trading_days import TradingDays
from domain.bands import ListingBands
from domain.quality import EVER, Gate, Lane, LastGood, ListingRules, Minutes
from domain.quality.lane import EVERYWHERE, is_tick
from domain.quality.outlier import MINUTE, minute_of

AN_HOUR_AND_A_MINUTE = timedelta(minutes=61)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a whole batch: its time (None in a replay), where nobody is due, and rules tighter than usual."""

    now: datetime | None
    bands: Mapping[UUID, ListingBands]
    tightened: Mapping[UUID, ListingRules]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Makes gates, from what is known in this process and what the database remembers."""

    rulebook: Rulebook
    calendar: ActionCalendar
    days: TradingDays

    def gate(
        self,
        around: Surroundings,
        points: Sequence[PricePoint],
        intake: Intake,
        dropped: Mapping[UUID, Sequence[tuple[datetime, Decimal]]],
    ) -> Gate:
        """A gate for these prices, in the order of their moments."""
        lanes = {
            listing_id: self._lane(around, listing_id)
            for listing_id in dict.fromkeys(point.listing_id for point in points)
        }
        for listing_id, known in intake.latest.items():
            if listing_id in lanes:
                self._remember(lanes[listing_id], known)
        for listing_id, each in dropped.items():
            lanes[listing_id].dropped = tuple(each)
        if around.now is not None:
            _read_the_hour_before(lanes, points, intake)
        late = [point for point in points if _is_late(point, lanes[point.listing_id])]
        return Gate(
            lanes,
            around.now,
            self.days,
            self.calendar.expected,
            self.calendar.next_effective,
            before=intake.before(late),
        )

    def alone(self, listing_id: UUID) -> Gate:
        """A gate for prices of one listing in a replay, of which nothing is known yet."""
        lanes = {listing_id: self._lane(Surroundings(None, {}, {}), listing_id)}
        return Gate(lanes, None, self.days, self.calendar.expected, self.calendar.next_effective)

    def _lane(self, around: Surroundings, listing_id: UUID) -> Lane:
        rules = around.tightened.get(listing_id) or self.rulebook.of(listing_id) or UNKNOWN
        bands = around.bands.get(listing_id)
        horizon = EVER if around.now is None else around.now + rules.thresholds.future + datetime.resolution
        return Lane(
            listing_id,
            rules,
            is_live=around.now is not None,
            horizon=horizon,
            quiet=bands.quiet if bands else EVERYWHERE,
        )

    def _remember(self, lane: Lane, known: LastGood) -> None:
        lane.next_action = self.calendar.next_effective(lane.listing_id, known.point.as_of)
        if known.day_before is not None and known.day_before_at is not None:
            moved = self.calendar.expected(
                lane.listing_id, known.day_before, known.day_before_at, known.point.as_of
            )
            if moved is not None:
                known = replace(known, day_before=moved, day_before_at=known.point.as_of)
        lane.remember(known)


def _is_late(point: PricePoint, lane: Lane) -> bool:
    return lane.good is not None and point.as_of < lane.good.as_of


def _read_the_hour_before(lanes: Mapping[UUID, Lane], points: Sequence[PricePoint], intake: Intake) -> None:
    """For listings of which a tick comes in another minute than the one before: how much their minutes moved them."""
    newest = {point.listing_id: point.as_of for point in points if is_tick(point)}
    wanted: dict[UUID, datetime] = {}
    for listing_id, as_of in newest.items():
        lane = lanes[listing_id]
        if as_of < lane.minute_until:
            continue
        lane.minutes = Minutes()
        if lane.good is not None and as_of - lane.good.as_of < AN_HOUR_AND_A_MINUTE:
            wanted[listing_id] = lane.minute_until - MINUTE
        lane.centre()
    for listing_id, prices in intake.hour_before(wanted).items():
        lanes[listing_id].minutes = Minutes((minute_of(at), price) for at, price in prices)
