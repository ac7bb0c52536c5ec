"""What a portfolio holds, at the snapshot's prices: values of sleeves, of the cash park, of all (DOMAIN §8.2).

Everything is an exact fraction of the base currency; only what is shown is rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from domain.allocation.snapshot import Constituent, Snapshot
from domain.numbers import EXACT

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Move:
    """Units of a constituent that come, or go where they are below zero."""

    constituent: Constituent
    units: Fraction


@dataclass(frozen=True)  # no slots: what was summed once is kept
class Standing:
    """Units of the policy's constituents, and what one unit of each is worth. Without a price it is worth nothing,
    which the gates let happen only to what is neither held nor first in a sleeve."""

    constituents: tuple[Constituent, ...]
    units: Mapping[UUID, Fraction]
    unit_values: Mapping[UUID, Fraction]

    def unit_value(self, constituent: Constituent) -> Fraction:
        """What one unit is worth."""
        return self.unit_values.get(constituent.listing_id, NOTHING)

    def held(self, constituent: Constituent) -> Fraction:
        """How many units there are."""
        return self.units.get(constituent.listing_id, NOTHING)

    def value(self, constituent: Constituent) -> Fraction:
        """What the units held are worth."""
        return self.held(constituent) * self.unit_value(constituent)

    def sleeve(self, sleeve: str) -> Fraction:
        """What a sleeve is worth: all its instruments."""
        return self._sleeves.get(sleeve, NOTHING)

    def weight(self, sleeve: str) -> Fraction:
        """A sleeve's part of what is invested; with nothing invested every weight is 0."""
        return self._weights.get(sleeve, NOTHING)

    @cached_property
    def invested(self) -> Fraction:
        """What all sleeves together are worth; the cash park and free cash are not invested."""
        return sum(self._sleeves.values(), NOTHING)

    def after(self, moves: Iterable[Move]) -> "Standing":
        """What there is once some units have come or gone."""
        units = dict(self.units)
        for move in moves:
            listing_id = move.constituent.listing_id
            units[listing_id] = units.get(listing_id, NOTHING) + move.units
        return replace(self, units=units)

    def first_of(self, sleeve: str) -> Constituent:
        """The instrument that a sleeve buys."""
        return next(each for each in self.constituents if each.sleeve == sleeve and each.role == "invested")

    @cached_property
    def _sleeves(self) -> Mapping[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for each in self.constituents:
            if each.role == "invested":
                sums[each.sleeve] = sums.get(each.sleeve, NOTHING) + self.value(each)
        return sums

    @cached_property
    def _weights(self) -> Mapping[str, Fraction]:
        return {sleeve: value / self.invested for sleeve, value in self._sleeves.items() if self.invested}


def standing(snapshot: Snapshot) -> Standing:
    """The standing of a snapshot; holdings outside the policy do not count."""
    known = {each.listing_id for each in snapshot.constituents}
    return Standing(
        constituents=snapshot.constituents,
        units={
            each.listing_id: Fraction(each.quantity) for each in snapshot.holdings if each.listing_id in known
        },
        unit_values={
            each.listing_id: Fraction(EXACT.multiply(each.price, each.per_unit))
            for each in snapshot.prices
            if each.listing_id in known
        },
    )


def whole_lots(units: Fraction, lot: Decimal) -> Fraction:
    """The largest number of units in whole lots that is not above ``units``, zero at least."""
    step = Fraction(lot)
    return max(NOTHING, units // step * step)
