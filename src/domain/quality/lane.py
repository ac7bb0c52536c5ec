"""What the gate knows of one listing while a batch passes, and where its ticks are ordinary."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Context, Decimal
from uuid import UUID

from domain.money import ZERO
from domain.numbers import EXACT
from domain.price_point import PricePoint
from domain.quality.last_good import LastGood
from domain.quality.minutes import Minutes
from domain.quality.outlier import MINUTE, Recent, minute_of
from domain.quality.rules import ListingRules, outlier_reach, window_share

EVER = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(day=2, tzinfo=UTC)  # a minute before it is still a moment
EVERYWHERE = (Decimal("-Infinity"), Decimal("Infinity"))

DOWN = Context(prec=28, rounding=ROUND_DOWN)
TWELVE_DIGITS = Decimal("1E-12")


@dataclass(slots=True)
class Lane:
    """One listing's prices on their way through the gate.

    ``quiet`` are the prices between which no position on the listing is due, ``horizon`` the first moment that is too
    far ahead, and ``next_action`` when a corporate action will move the price. ``minutes`` and ``dropped`` are None
    while they have not been read.

    A price is *ordinary* strictly between ``low`` and ``high``, after ``after`` and before ``until``: no check can
    find anything in it, and nobody is due. It is *calm* within ``share`` of the last good one: no check can either.
    ``value`` is the last good price as one number.
    """

    listing_id: UUID
    rules: ListingRules
    is_live: bool
    horizon: datetime = EVER
    quiet: tuple[Decimal, Decimal] = EVERYWHERE
    next_action: datetime = EVER
    good: PricePoint | None = None
    value: Decimal | None = None
    unchanged_since: datetime = NEVER
    is_first_of_day: bool = False
    day_until: datetime = NEVER
    day_before: Decimal | None = None
    day_before_at: datetime = NEVER
    sigma: Decimal | None = None
    minutes: Minutes | None = None
    dropped: tuple[tuple[datetime, Decimal], ...] | None = None
    changed: bool = False
    _day_bounds: tuple[Decimal, Decimal] | None = EVERYWHERE
    share: Decimal = ZERO
    inner: Decimal = ZERO
    low: Decimal = ZERO
    high: Decimal = ZERO
    minute_until: datetime = NEVER
    after: datetime = NEVER
    until: datetime = NEVER

    def __post_init__(self) -> None:
        self._widen()

    def remember(self, known: LastGood) -> None:
        """Begin from the last good price that is known."""
        self.good, self.value, self.after = known.point, known.point.value, known.point.as_of
        self.minute_until = minute_of(known.point.as_of) + MINUTE
        self.unchanged_since = known.unchanged_since or known.point.as_of
        self.day_until = known.day_until or NEVER
        self.set_day_before(known.day_before, known.day_before_at or NEVER)
        self.sigma = known.sigma
        self._widen()
        self.centre()

    @property
    def counts_minutes(self) -> bool:
        """Whether what a minute has moved is known, and so whether one begins."""
        return self.is_live and (self.minutes is not None or self.sigma is not None)

    @property
    def last_good(self) -> LastGood | None:
        """The last good price as it is to be remembered."""
        if self.good is None:
            return None
        day_before_at = None if self.day_before is None else self.day_before_at
        return LastGood(
            self.good, self.unchanged_since, self.day_until, self.day_before, day_before_at, self.sigma
        )

    def _widen(self) -> None:
        """Set how far prices may go from the last good one, and how far ordinary ones from the window's centre."""
        self.share, self.inner = self.rules.reach, self.rules.inner
        if self.sigma is not None:
            outlier = outlier_reach(self.rules.thresholds, self.sigma)
            if outlier < self.share:
                self.share, self.inner = outlier, window_share(outlier)

    def close(self) -> None:
        """Nothing is ordinary after a close: what comes next mostly is another day's, and looked at anyway."""
        self.until = NEVER

    def centre(self) -> None:
        """Lay the window around the last good price."""
        value = self.value
        if value is None:
            return
        inner = DOWN.multiply(value, self.inner).quantize(TWELVE_DIGITS, ROUND_DOWN, EXACT)
        self.low = max(EXACT.subtract(value, inner), self.day_bounds[0], self.quiet[0])
        self.high = min(EXACT.add(value, inner), self.day_bounds[1], self.quiet[1])
        self.until = min(self.day_until, self.next_action, self.horizon)
        if self.minutes is not None or self.sigma is not None:
            self.until = min(self.until, self.minute_until)

    def set_day_before(self, price: Decimal | None, at: datetime) -> None:
        """Say where the trading day began, and so between which prices it has not gone too far."""
        self.day_before, self.day_before_at = price, at
        self._day_bounds = EVERYWHERE if price is None else None

    @property
    def day_bounds(self) -> tuple[Decimal, Decimal]:
        """Between which prices the day has not gone too far."""
        if self._day_bounds is None and self.day_before is not None:
            far = EXACT.multiply(self.day_before, self.rules.value_jump)
            self._day_bounds = EXACT.subtract(self.day_before, far), EXACT.add(self.day_before, far)
        return self._day_bounds or EVERYWHERE

    def begin_day(self, until: datetime) -> None:
        """Another trading day begins: what was the last good price is the one from before it.

        A price that has stood since yesterday says nothing of today: its time begins with the first of the day.
        """
        self.day_until, self.is_first_of_day = until, True
        self.set_day_before(self.value, self.good.as_of if self.good is not None else NEVER)

    def begin_minute(self, minute: datetime) -> None:
        """Another minute begins: the one that is over makes a return, if the one before it had a price too."""
        over, self.minute_until = self.minute_until - MINUTE, minute + MINUTE
        if self.minutes is not None:
            good, value = self.good, self.value
            if good is not None and value is not None and is_tick(good) and minute_of(good.as_of) == over:
                self.minutes.end(over, value)
            self.sigma = self.minutes.sigma(minute)
        else:
            self.sigma = None
        self._widen()

    def move_to(self, point: PricePoint) -> None:
        """Let a price be the last good one."""
        before = self.good
        same = before is not None and (point.last, point.bid, point.ask) == (
            before.last,
            before.bid,
            before.ask,
        )
        if self.is_first_of_day or not same:
            self.unchanged_since, self.is_first_of_day = point.as_of, False
        self.good, self.value, self.after = point, point.value, point.as_of
        self.dropped, self.changed = (), True

    def drop(self, point: PricePoint) -> None:
        """Remember a tick that nothing uses, in case the market has moved there."""
        if point.value is not None:
            self.dropped = (*(self.dropped or ()), (point.as_of, point.value))

    def is_calm(self, point: PricePoint) -> bool:
        """Whether its prices are so near to the last good one, and to where the day began, that nothing is found."""
        value, terms = self.value, self.rules.terms
        if value is None or terms.contradicts(point.currency, point.unit) is not None:
            return False
        far = DOWN.multiply(self.share, value)
        low, high = EXACT.subtract(value, far), EXACT.add(value, far)
        if value is not self.day_before or self.share > self.rules.value_jump:
            low, high = max(low, self.day_bounds[0]), min(high, self.day_bounds[1])
        return _between(low, point, high)

    def is_quiet(self, point: PricePoint) -> bool:
        """Whether nobody is due at any price of it that a decision may take."""
        low, high = self.quiet
        return _between(low, point, high)

    def may_be_outlier(self, point: PricePoint) -> bool:
        """Whether a tick is far enough away for it to matter what was dropped before."""
        last, value = self.value, point.value
        if self.sigma is None or last is None or value is None or not is_tick(point):
            return False
        return abs(value - last) > last * outlier_reach(self.rules.thresholds, self.sigma)

    def recent(self, point: PricePoint) -> Recent | None:
        """What the last hour was like, for a tick to be held against."""
        if not self.is_live or self.sigma is None or self.good is None or not is_tick(point):
            return None
        dropped = self.dropped or ()
        return Recent(self.sigma, max([self.good.as_of, *(at for at, _ in dropped[-1:])]), dropped)


def is_tick(point: PricePoint) -> bool:
    """Whether a price is of a moment: no close, and no bar."""
    return not point.is_close and point.high is None and point.low is None


def _between(low: Decimal, point: PricePoint, high: Decimal) -> bool:
    """Whether every price of it that a decision may take lies strictly between two."""
    last, bid, ask = point.last, point.bid, point.ask
    if last is not None and not low < last < high:
        return False
    return bid is None or ask is None or low < (bid + ask) / 2 < high


def in_time(point: PricePoint) -> tuple[datetime, bool]:
    """Sorts prices by their moments; of one moment the close comes last."""
    return point.as_of, point.is_close
