"""What a portfolio had before the day, found by taking back what was booked since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.brake.books import Booked, Books, Held
from domain.brake.inputs import DayInputs, Stake
from domain.journal import CONTRIBUTIONS, HOLDING, RECEIVABLE, Line
from domain.money import ZERO
from domain.numbers import exactly

Moment = tuple[UUID, datetime]
"""A listing and a moment at which its price is wanted."""

CASH = ("cash:", RECEIVABLE)
"""How accounts begin that hold money of the portfolio's, or what it is owed."""


@dataclass(slots=True)
class Day:
    """A portfolio's day, by listing where its exchange has its own. Units before it, and money that came and went.

    ``begins`` says for each listing when its day began; an entry belongs to the day as a whole or not at all.
    """

    books: Books
    begins: Mapping[UUID, datetime]
    at: datetime
    since: datetime | None
    units_since: dict[UUID, Decimal] = field(default_factory=dict)
    in_kind: list[tuple[UUID, datetime, Decimal]] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)
    set_aside: Collection[UUID] = ()

    @property
    def wanted(self) -> Sequence[Moment]:
        """The prices that it takes: now, before the day, and when units came or went in kind."""
        moments = [(each.listing_id, at) for each in self.stakes for at in self._moments(each.listing_id)]
        return list(dict.fromkeys([*moments, *((listing_id, at) for listing_id, at, _ in self.in_kind)]))

    @property
    def stakes(self) -> list[Held]:
        """What was held at any time of the day."""
        return [each for each in self.books.held if each.units or each.listing_id in self.units_since]

    @exactly
    def inputs(self, marks: Mapping[Moment, Decimal]) -> DayInputs | None:
        """What is assessed, at prices in today's units. None when nobody can tell.

        What nobody has ever priced is left out; money that was spent on it has gone for the while. Where such units
        were exchanged for others, in a merger, no price says what was lost.
        """
        priced = [each for each in self.stakes if self._is_priced(each, marks)]
        unpriced = {each.listing_id for each in self.stakes} - {each.listing_id for each in priced}
        came, went = ZERO, ZERO
        for entry in self.booked:
            moved = {line.listing_id for line in entry.lines if line.listing_id is not None}
            if moved & unpriced and moved - unpriced:
                return None
            flow = _flow(entry, unpriced)
            came, went = came + max(flow, ZERO), went + max(-flow, ZERO)
        return DayInputs(
            limit_pct=self.books.limit_pct or ZERO,
            at=self.at,
            since=self.since,
            cash_before=self.books.cash - sum((_cash(entry.lines) for entry in self.booked), ZERO),
            cash=self.books.cash,
            came=came,
            went=went,
            stakes=tuple(self._stake(each, marks) for each in priced),
        )

    def _moments(self, listing_id: UUID) -> tuple[datetime, datetime]:
        return self.begins[listing_id] - datetime.resolution, self.at

    def _is_priced(self, held: Held, marks: Mapping[Moment, Decimal]) -> bool:
        return all((held.listing_id, at) in marks for at in self._moments(held.listing_id))

    def _stake(self, held: Held, marks: Mapping[Moment, Decimal]) -> Stake:
        listing_id = held.listing_id
        begin, at = self._moments(listing_id)
        aside = held.units - held.in_positions if listing_id in self.set_aside else ZERO
        came = [
            units * marks[listing_id, moment] * held.unit_scale
            for each, moment, units in self.in_kind
            if each == listing_id and (listing_id, moment) in marks
        ]
        return Stake(
            listing_id=listing_id,
            symbol=held.symbol,
            unit_scale=held.unit_scale,
            units_before=held.units - self.units_since.get(listing_id, ZERO) - aside,
            price_before=marks[listing_id, begin],
            units=held.units - aside,
            price=marks[listing_id, at],
            came_in_kind=sum(came, ZERO),
        )


@exactly
def day_of(
    books: Books,
    begins: Mapping[UUID, datetime],
    at: datetime,
    *,
    since: datetime | None = None,
    set_aside: Collection[UUID] = (),
) -> Day:
    """The day of a portfolio until ``at``, or what is left of it ``since`` a freeze was lifted.

    Units beside the positions' are left out of what is ``set_aside``: of a listing whose units a corporate action
    has changed since, for those change with positions only.
    """
    day = Day(books, begins, at, since, set_aside=set_aside)
    earliest = min(begins.values(), default=at)
    for entry in books.lately:
        moved = [line for line in entry.lines if line.account == HOLDING and line.listing_id is not None]
        if entry.at < min(
            (begins.get(line.listing_id, earliest) for line in moved if line.listing_id), default=earliest
        ):
            continue
        day.booked.append(entry)
        in_kind = any(line.account == CONTRIBUTIONS for line in entry.lines)
        for line in moved:
            if line.listing_id is not None:
                day.units_since[line.listing_id] = day.units_since.get(line.listing_id, ZERO) + line.quantity
                if in_kind:
                    day.in_kind.append((line.listing_id, entry.at, line.quantity))
    return day


def _flow(entry: Booked, unpriced: Collection[UUID]) -> Decimal:
    """Money that came into sight by an entry, below zero for what went. Units that came in kind are no money."""
    moved = [line for line in entry.lines if line.account == HOLDING]
    contributed = -sum((line.amount for line in entry.lines if line.account == CONTRIBUTIONS), ZERO)
    if contributed:
        return ZERO if moved else contributed
    return -sum((line.amount for line in moved if line.listing_id in unpriced), ZERO)


def _cash(lines: Sequence[Line]) -> Decimal:
    return sum((line.amount for line in lines if line.account.startswith(CASH)), ZERO)
