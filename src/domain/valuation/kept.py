"""What was kept of a value history, and how much of it still holds.

A chapter follows from what was booked, said and announced of its days and of those before. It holds until something
about one of them comes late; whatever comes in time is about days after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.policy import hash_of
from domain.valuation.chapter import Chapter, Reckoning, Standing
from domain.valuation.past import Quoted

ENGINE = "value 1"
"""To be counted up with every change to how a history is reckoned: what an older one kept holds no longer."""

STANDINGS_KEPT = 2
"""The newest day's, and that of the month before: what comes later than that is reckoned from the beginning."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a history was reckoned from.

    ``basis`` says what it was reckoned in and about which listings. ``event_number`` is that of the last entry,
    ``arrivals`` the number of the last late arrival about each subject that had any, ``actions`` the corporate actions.
    """

    basis: str
    listings: frozenset[UUID]
    event_number: int
    arrivals: Mapping[str, int]
    actions: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Kept:
    """``revision`` tells whether somebody else has kept more meanwhile. Chapters are the newest ones, oldest first."""

    revision: int
    known: Known
    chapters: Sequence[Chapter]

    def until(self, changed_from: datetime) -> Sequence[Chapter]:
        """The chapters that end by a moment; nothing from that moment on holds."""
        return [each for each in self.chapters if each.ends <= changed_from]


def basis_of(currency: str, feed: str, listings: Mapping[UUID, Quoted]) -> str:
    """One spelling, as a hash, of what a history is reckoned in."""
    quoted = sorted(f"{each} {currency} {scale}" for each, (currency, scale) in listings.items())
    return hash_of("\n".join([ENGINE, currency, feed, *quoted]))


def last_standing(chapters: Sequence[Chapter]) -> Standing | None:
    """What to go on from; None when it is reckoned from the beginning."""
    return chapters[-1].standing if chapters else None


def extended(chapters: Sequence[Chapter], reckoning: Reckoning) -> Sequence[Chapter]:
    """The chapters to keep anew: those that were reckoned, the first with the days that its month had before."""
    first, *rest = reckoning.chapters
    if chapters and chapters[-1].month == first.month:
        first = replace(first, closes=(*chapters[-1].closes, *first.closes))
    every = [first, *rest]
    older = len(every) - STANDINGS_KEPT
    return [replace(each, standing=None) if n < older else each for n, each in enumerate(every)]
