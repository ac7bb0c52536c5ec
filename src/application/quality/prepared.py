"""What telling of findings needs to have been read before prices are locked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from application.ledger import Transaction
from domain import alert as alerts
from domain.quality import Flagged, Judged, Offended, Stopped
from domain.streams import ALERT, LISTING, PORTFOLIO

Concerned = tuple[UUID, str]
"""A listing and the rule that found something in a price of it."""


def concerned_by(found: Stopped | Flagged | Offended) -> Concerned:
    """What a finding is about."""
    return found.point.listing_id, found.finding.rule


@dataclass(slots=True)
class Prepared:
    """What was read: the holders of listings of which prices were stopped, and others that somebody is told about.

    ``holders`` are the portfolios that hold the listing, by listing and rule; ``offended`` portfolios by portfolio,
    listing and rule; ``flagged`` the listings of which something is only told.
    """

    holders: dict[Concerned, Sequence[UUID]] = field(default_factory=dict)
    offended: set[tuple[UUID, UUID, str]] = field(default_factory=set)
    flagged: set[UUID] = field(default_factory=set)

    def lacking(self, judged: Judged) -> "Lacking":
        """What of this batch was not read."""
        return Lacking(
            {concerned_by(each) for each in judged.stopped} - self.holders.keys(),
            {(each.portfolio_id, *concerned_by(each)) for each in judged.offended} - self.offended,
            {each.point.listing_id for each in judged.flagged} - self.flagged,
        )

    def read(self, transaction: Transaction) -> None:
        """Load the listings, the portfolios, and their alerts."""
        listings = {listing_id for listing_id, _ in self.holders} | self.flagged
        alerted = self.offended | {
            (portfolio_id, *concerned)
            for concerned, holders in self.holders.items()
            for portfolio_id in holders
        }
        transaction.prefetch(LISTING, listings | {listing_id for _, listing_id, _ in self.offended})
        transaction.prefetch(PORTFOLIO, {portfolio_id for portfolio_id, _, _ in alerted})
        for portfolio_id, listing_id, rule in sorted(alerted):
            transaction.load(ALERT, alerts.stream_of(portfolio_id, listing_id, rule))


@dataclass(frozen=True, slots=True)
class Lacking:
    """What has to be read before a batch can be told of."""

    stopped: set[Concerned]
    offended: set[tuple[UUID, UUID, str]]
    flagged: set[UUID]

    def __bool__(self) -> bool:
        return bool(self.stopped or self.offended or self.flagged)
