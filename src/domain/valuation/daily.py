"""One pass over a portfolio's entries and its listings' daily prices: its value at the end of each day, by units.

A day ends at midnight UTC, when every exchange's close of that date has been. Between flows a unit grows as the whole
does; a flow, in cash or in kind, counts at the prices of its moment. What has no price yet is worth its cost, and its
first price is a flow too, so that a holding bought dearly long ago is no loss on the day on which it is entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from itertools import groupby
from uuid import UUID

from domain.actions import Expected
from domain.fx import Pair, Rate, rate_of
from domain.measures.fold import Mark
from domain.money import ZERO
from domain.valuation.chapter import (
    Chapter,
    CloseOfDay,
    Held,
    Reckoning,
    Standing,
    first_of_month,
    midnight_after,
)
from domain.valuation.movement import Movement
from domain.valuation.past import Quoted

ONE = Decimal(1)
UNIT_STEP = Decimal("1E-20")
DRAWDOWN_STEP = Decimal("1E-12")
"""Coarser than the rounding of thousands of days: a fall of exactly a tenth is one."""

VALUED = Context(prec=80, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Market:
    """What the outside says, and what the listings' prices are in.

    ``acted_on`` are the listings that corporate actions were announced of. ``marks`` are at most one of a listing and
    day. Without a price, units are worth what was paid for them; without a rate likewise, and an old rate counts until
    there is a newer one.
    """

    currency: str
    listings: Mapping[UUID, Quoted]
    marks: Sequence[Mark]
    rates: Sequence[Rate] = ()
    acted_on: frozenset[UUID] = frozenset()
    expected: Expected = field(default=lambda listing_id, price, after, until: None)


def closes(movements: Iterable[Movement], market: Market, until: datetime) -> list[CloseOfDay]:
    """Each day on which something was booked or said, oldest first, the last one as it stands at ``until``.

    It begins with the day on which something was booked first.
    """
    return reckon(movements, market, until).closes


def reckon(
    movements: Iterable[Movement], market: Market, until: datetime, standing: Standing | None = None
) -> Reckoning:
    """The same by months; with ``standing`` only the days after that one, of which alone something need be said."""
    said: list[Step] = [*market.rates, *market.marks, *movements]
    steps = [each for each in said if _moment(each) <= until]
    begins = min((_day(each) for each in steps if isinstance(each, Movement)), default=date.max)
    fold = _Fold(market) if standing is None else _resumed(market, standing)
    chapters: list[Chapter] = []
    of_month: list[CloseOfDay] = []
    with localcontext(VALUED):
        for day, of_day in groupby(sorted(steps, key=_moment), key=_day):
            if of_month and (
                first_of_month(of_month[-1].day) != first_of_month(day) or midnight_after(day) > until
            ):
                chapters.append(Chapter(tuple(of_month), fold.standing(of_month[-1].day)))
                of_month = []
            for each in of_day:
                fold.take(each)
            if standing is not None or day >= begins:
                of_month.append(fold.close(day, min(_end(day), until)))
        if of_month and midnight_after(of_month[-1].day) <= until:
            chapters.append(Chapter(tuple(of_month), fold.standing(of_month[-1].day)))
            of_month = []
    return Reckoning(chapters, of_month[0] if of_month else None)


def drawdown(history: Sequence[CloseOfDay]) -> Decimal | None:
    """How far a unit lies below its highest close now, as a part of one; None before the first close."""
    return history[-1].drawdown if history else None


Step = Movement | Mark | Rate


@dataclass(slots=True)
class _Fold:
    """``value`` is what the present stretch between flows began with; ``flows`` are those since the last close.

    ``worth`` is that of all units; a price looks at its own listing's alone.
    """

    market: Market
    cash: Decimal = ZERO
    worth: Decimal = ZERO
    held: dict[UUID, Held] = field(default_factory=dict)
    marks: dict[UUID, Mark] = field(default_factory=dict)
    rates: dict[Pair, Rate] = field(default_factory=dict)
    per_unit: dict[UUID, Decimal | None] = field(default_factory=dict)
    value: Decimal = ZERO
    flows: Decimal = ZERO
    unit_value: Decimal = ONE
    highest: Decimal = ONE

    def take(self, step: Step) -> None:
        """Take in what happened or was said. A flow ends a stretch of growth and begins the next."""
        if not self._is_flow(step):
            self._apply(step)
            return
        at = _moment(step)
        self._grow(at)
        self._apply(step)
        after = self._all(at)
        self.flows += after - self.value
        self.value = after

    def close(self, day: date, at: datetime) -> CloseOfDay:
        """The day as it ends."""
        self._grow(at)
        self.highest = max(self.highest, self.unit_value)
        fallen = (1 - self.unit_value / self.highest).quantize(DRAWDOWN_STEP)
        flows, self.flows = self.flows, ZERO
        return CloseOfDay(day, self.value, flows, self.unit_value, fallen)

    def standing(self, day: date) -> Standing:
        """Everything that the days after this one, which was closed last, go on from."""
        return Standing(
            day=day,
            cash=self.cash,
            worth=self.worth,
            held={listing_id: replace(each) for listing_id, each in self.held.items()},
            marks=tuple(self.marks.values()),
            rates=tuple(self.rates.values()),
            value=self.value,
            unit_value=self.unit_value,
            highest=self.highest,
        )

    def _is_flow(self, step: Step) -> bool:
        match step:
            case Mark():
                held = self.held.get(step.listing_id)
                return held is not None and not held.priced
            case Movement():
                return step.capital != 0
            case Rate():
                return any(not held.priced for held in self.held.values())

    def _apply(self, step: Step) -> None:
        match step:
            case Mark():
                self.marks[step.listing_id] = step
                self._revalue(step.listing_id, step.at)
            case Movement():
                self._move(step)
            case Rate():
                self.rates[step.pair] = step
                self.per_unit.clear()
                for listing_id in self.held:
                    self._revalue(listing_id, step.as_of)

    def _move(self, movement: Movement) -> None:
        self.cash += movement.cash
        for each in movement.units:
            held = self.held.setdefault(each.listing_id, Held())
            held.quantity += each.quantity
            held.book_cost += each.book_cost
            self._revalue(each.listing_id, movement.at)

    def _grow(self, at: datetime) -> None:
        """End a stretch: a unit has grown as the whole has. Of nothing, and to nothing, it does not."""
        value = self._all(at)
        if self.value > 0 and value > 0 and value != self.value:
            self.unit_value = (self.unit_value * value / self.value).quantize(UNIT_STEP)
        self.value = value

    def _all(self, at: datetime) -> Decimal:
        for listing_id in self.market.acted_on:  # time alone changes what their last prices say
            self._revalue(listing_id, at)
        return self.cash + self.worth

    def _revalue(self, listing_id: UUID, at: datetime) -> None:
        held = self.held.get(listing_id)
        if held is None:
            return
        mark, per_unit = self.marks.get(listing_id), self._per_unit(listing_id)
        if mark is None or per_unit is None:
            worth = held.book_cost
        else:
            held.priced = True
            worth = held.quantity * self._price(mark, at) * per_unit
        self.worth += worth - held.worth
        held.worth = worth

    def _price(self, mark: Mark, at: datetime) -> Decimal:
        if mark.listing_id not in self.market.acted_on:
            return mark.price
        return self.market.expected(mark.listing_id, mark.price, mark.at, at) or mark.price

    def _per_unit(self, listing_id: UUID) -> Decimal | None:
        """What one quote unit is worth in the base currency, None as long as nobody can say."""
        if listing_id not in self.per_unit:
            currency, unit_scale = self.market.listings[listing_id]
            rate = rate_of(currency, self.market.currency, self.rates.values())
            self.per_unit[listing_id] = None if rate is None else unit_scale * rate
        return self.per_unit[listing_id]


def _resumed(market: Market, standing: Standing) -> _Fold:
    return _Fold(
        market,
        cash=standing.cash,
        worth=standing.worth,
        held={listing_id: replace(each) for listing_id, each in standing.held.items()},
        marks={each.listing_id: each for each in standing.marks},
        rates={each.pair: each for each in standing.rates},
        value=standing.value,
        unit_value=standing.unit_value,
        highest=standing.highest,
    )


def _moment(step: Step) -> datetime:
    return step.as_of if isinstance(step, Rate) else step.at


def _day(step: Step) -> date:
    return _moment(step).astimezone(UTC).date()


def _end(day: date) -> datetime:
    """The last instant of a day."""
    return datetime.combine(day, time.max, UTC)
