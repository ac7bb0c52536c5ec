"""What a portfolio's value history is reckoned from, and where the days that are over are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.valuation import Booked, Chapter, Kept, Known, Movement


class Pasts(Protocol):
    """The journals of portfolios, in short."""

    def booked(self, portfolio_id: UUID, after: int, listing_ids: Collection[UUID]) -> Booked | None:
        """What was booked after an event number; None when there is no such portfolio.

        ``listing_ids`` are those of what was booked up to it.
        """

    def movements(self, portfolio_id: UUID, since: datetime | None) -> Sequence[Movement]:
        """What was booked of a portfolio for a moment or later, in the order of its time."""


class Lateness(NamedTuple):
    """``numbers`` are those of the last arrival about each subject that had any.

    ``earliest`` is the earliest moment that a new one is about, None without any.
    """

    numbers: Mapping[str, int]
    earliest: datetime | None


class LateArrivals(Protocol):
    """Prices and rates that came, or were released, after somebody had read those of their day."""

    def about(
        self,
        feed: str,
        listing_ids: Collection[UUID],
        read_until: datetime,
        known: Mapping[str, int],
        *,
        rates: bool,
    ) -> Lateness:
        """What came late about listings, and about exchange rates where asked; new is what ``known`` has not.

        From now on, what comes about a moment before ``read_until`` is late: read prices and rates afterwards.
        """


class KeptValues(Protocol):
    """Value histories, of days that are over. Nothing is lost with them but time."""

    def of(self, portfolio_id: UUID, after: date) -> Kept | None:
        """What is kept of a portfolio's: the chapters with a standing, and those with days after a day."""

    def keep(self, portfolio_id: UUID, revision: int, known: Known, chapters: Sequence[Chapter]) -> None:
        """Keep chapters in the place of those from their month on, unless somebody has kept some since ``revision``.

        A revision of 0 means that nothing was kept.
        """
