"""What follows when the gate stops a price: it is told once, portfolios freeze, and a person is called (DOMAIN §4).

The first price of a kind is told. What comes after it is quarantined as silently as it comes, so that a provider
that has changed its unit does not write the log full.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.alerts import Concern, raise_alert
from application.ledger import Stream, Transaction
from domain import alert as alerts
from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.price_point import PricePoint
from domain.quality import Finding, PriceQuarantined
from domain.streams import ALERT, LISTING, PORTFOLIO

Concerned = tuple[UUID, str]
"""A listing and the rule that stopped a price of it."""

Holders = Mapping[Concerned, Sequence[UUID]]
"""The portfolios that hold a listing of which a price was stopped."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A price that was stopped, by what, and the last good one that it was held against."""

    point: PricePoint
    finding: Finding
    last_good: PricePoint | None

    @property
    def concerned(self) -> Concerned:
        """What it is about."""
        return self.point.listing_id, self.finding.rule


def prepare(transaction: Transaction, holders: Holders) -> None:
    """Load everything that telling reads."""
    transaction.prefetch(LISTING, {listing_id for listing_id, _ in holders})
    transaction.prefetch(PORTFOLIO, {each for portfolio_ids in holders.values() for each in portfolio_ids})
    for (listing_id, rule), portfolio_ids in holders.items():
        for portfolio_id in portfolio_ids:
            transaction.load(ALERT, alerts.stream_of(portfolio_id, listing_id, rule))


def tell(transaction: Transaction, feed: str, stopped: Iterable[Stopped], holders: Holders) -> None:
    """Say what was stopped, and stop and call whoever has to be; what is known already is not said again."""
    first = {each.concerned: each for each in reversed([*stopped])}
    for each in reversed(first.values()):
        stream, listing = transaction.require(LISTING, each.point.listing_id)
        told = listing.open_finding(each.finding.rule) if feed == LIVE_FEED else None
        is_over = told is not None and each.last_good is not None and each.last_good.as_of > told.as_of
        concerned = [
            _Concerned(transaction, portfolio_id, each, is_live=feed == LIVE_FEED, again=is_over)
            for portfolio_id in holders[each.concerned]
        ]
        acting = [one for one in concerned if one.must_freeze or one.must_know]
        if acting or (feed == LIVE_FEED and told is None):
            _tell(transaction, stream, _event(listing, each, feed), each, acting)


def _tell(
    transaction: Transaction,
    stream: Stream[Listing],
    event: PriceQuarantined,
    stopped: Stopped,
    acting: Sequence["_Concerned"],
) -> None:
    """The freeze comes first: whoever is called finds the portfolio at rest."""
    at = stopped.point.as_of
    transaction.append(stream, [event], at=at)
    for each in acting:
        if each.must_freeze:
            frozen = portfolio_rules.freeze(each.state, event.sentence())
            transaction.append(each.stream, frozen, at=at)
        if each.must_know:
            raise_alert(transaction, _concern(each.state, event))


class _Concerned:
    """A portfolio that holds the listing, and whether it has to be frozen and its people called.

    While the alert is open a person knows, and the freeze that they have lifted stays lifted, unless good prices
    have come since: then this is another case. A replay calls nobody.
    """

    def __init__(
        self, transaction: Transaction, portfolio_id: UUID, stopped: Stopped, *, is_live: bool, again: bool
    ) -> None:
        self.stream, self.state = transaction.require(PORTFOLIO, portfolio_id)
        about = alerts.stream_of(portfolio_id, *stopped.concerned)
        alert = transaction.load(ALERT, about).state if is_live else None
        self.must_know = is_live and (alert is None or not alert.is_open)
        self.must_freeze = not self.state.frozen and (self.must_know or again or not is_live)


def _event(listing: Listing, stopped: Stopped, feed: str) -> PriceQuarantined:
    point, finding = stopped.point, stopped.finding
    return PriceQuarantined(
        listing_id=listing.id,
        symbol=listing.symbol,
        price=point.value or ZERO,
        as_of=point.as_of,
        source=point.source,
        rule=finding.rule,
        observed=finding.observed,
        expected=finding.expected,
        feed=None if feed == LIVE_FEED else feed,
    )


def _concern(portfolio: Portfolio, event: PriceQuarantined) -> Concern:
    return Concern(
        portfolio.id,
        event.listing_id,
        event.rule,
        "CRITICAL",
        f"{event.sentence()} Nothing uses this price, and the portfolio is frozen.",
        event.observed,
        event.expected,
    )
