"""A value history as it is kept: a chapter for each calendar month, of the days in it that are over.

What stood at the end of a chapter is all that the days after it go on from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from domain.fx import Rate
from domain.measures.fold import Mark
from domain.money import ZERO


@dataclass(frozen=True, slots=True)
class CloseOfDay:
    """``value`` and ``flows`` of the day are in the base currency; a unit was worth 1 when the portfolio began.

    ``drawdown`` is how far a unit lies below its highest close, as a part of one.
    """

    day: date
    value: Decimal
    flows: Decimal
    unit_value: Decimal
    drawdown: Decimal


@dataclass(slots=True)
class Held:
    """Units of a listing. Until ``priced`` they are worth their cost, and their first price is no gain."""

    quantity: Decimal = ZERO
    book_cost: Decimal = ZERO
    worth: Decimal = ZERO
    priced: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything stood at the end of a day that is over, to the last digit. ``marks`` are of any listing."""

    day: date
    cash: Decimal
    worth: Decimal
    held: Mapping[UUID, Held]
    marks: Sequence[Mark]
    rates: Sequence[Rate]
    value: Decimal
    unit_value: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Chapter:
    """Days of one month that are over, oldest first, at least one; ``standing`` is that at the end of the last.

    It is None where only the days themselves were kept.
    """

    closes: Sequence[CloseOfDay]
    standing: Standing | None

    @property
    def month(self) -> date:
        """The first day of its month."""
        return first_of_month(self.closes[-1].day)

    @property
    def ends(self) -> datetime:
        """The moment from which on nothing belongs to it."""
        return midnight_after(self.closes[-1].day)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Chapters of the days that are over, oldest first, and the day that is not, None where nothing was said in it."""

    chapters: Sequence[Chapter]
    today: CloseOfDay | None

    @property
    def closes(self) -> list[CloseOfDay]:
        """All days, oldest first."""
        over = [close for chapter in self.chapters for close in chapter.closes]
        return over if self.today is None else [*over, self.today]


def first_of_month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def midnight(day: date) -> datetime:
    """When a day begins, UTC."""
    return datetime.combine(day, time.min, UTC)


def midnight_after(day: date) -> datetime:
    """When a day is over, UTC."""
    return midnight(day) + timedelta(days=1)
