"""What follows from findings: the first is told, portfolios freeze, and a person is called (DOMAIN §4).

What comes after the first price of a kind is quarantined as silently as it comes, so that a provider that has changed
its unit does not write the log full.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from application.alerts import Concern, raise_alert
from application.ledger import Stream, Transaction
from application.quality.prepared import Prepared, concerned_by
from domain import alert as alerts
from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.quality import Flagged, Judged, Offended, PriceQuarantined, Stopped, standing
from domain.streams import ALERT, LISTING, PORTFOLIO


def tell(transaction: Transaction, feed: str, judged: Judged, prepared: Prepared) -> None:
    """Say what was found, and stop and call whoever has to be; what is known already is not said again."""
    is_live = feed == LIVE_FEED
    first = {concerned_by(each): each for each in reversed(judged.stopped)}
    for stopped in reversed(first.values()):
        stream, listing = transaction.require(LISTING, stopped.point.listing_id)
        told = listing.quality.open_finding(stopped.finding.rule) if is_live else None
        is_over = told is not None and stopped.last_good is not None and stopped.last_good.as_of > told.as_of
        concerned = [
            _Concerned(transaction, portfolio_id, stopped, is_live=is_live, again=is_over)
            for portfolio_id in prepared.holders[concerned_by(stopped)]
        ]
        acting = [each for each in concerned if each.must_freeze or each.must_know]
        if acting or (is_live and told is None):
            _tell(transaction, stream, _event(listing, stopped, feed), acting)
    if is_live:
        _tell_offended(transaction, judged.offended)
        _tell_flagged(transaction, judged.flagged)


def _tell(
    transaction: Transaction,
    stream: Stream[Listing],
    event: PriceQuarantined,
    acting: Sequence["_Concerned"],
) -> None:
    """The freeze comes first: whoever is called finds the portfolio at rest."""
    transaction.append(stream, [event], at=event.as_of)
    for each in acting:
        if each.must_freeze:
            frozen = portfolio_rules.freeze(each.state, event.sentence(), event.listing_id)
            transaction.append(each.stream, frozen, at=event.as_of)
        if each.must_know:
            sentence = f"{event.sentence()} Nothing uses this price, and the portfolio is frozen."
            raise_alert(transaction, _concern(each.state, event, sentence))


def _tell_offended(transaction: Transaction, offended: Iterable[Offended]) -> None:
    """A price that is good for everybody, and that somebody wanted to be called for: it stops them alone."""
    for found in offended:
        about = alerts.stream_of(found.portfolio_id, *concerned_by(found))
        alert = transaction.load(ALERT, about).state
        if alert is not None and alert.is_open:
            continue
        stream, portfolio = transaction.require(PORTFOLIO, found.portfolio_id)
        _, listing = transaction.require(LISTING, found.point.listing_id)
        finding = found.finding
        sentence = (
            f"{listing.symbol} at {found.point.value} is beyond the portfolio's own threshold: {finding.rule},"
            f" expected {finding.expected}."
        )
        frozen = portfolio_rules.freeze(portfolio, sentence, listing.id)
        transaction.append(stream, frozen, at=found.point.as_of)
        concern = Concern(
            portfolio.id, listing.id, finding.rule, "CRITICAL", f"{sentence} The portfolio is frozen.",
            finding.observed, finding.expected,
        )  # fmt: skip
        raise_alert(transaction, concern)


def _tell_flagged(transaction: Transaction, flagged: Iterable[Flagged]) -> None:
    for found in flagged:
        stream, listing = transaction.require(LISTING, found.point.listing_id)
        events = standing.flag(listing.id, listing.symbol, listing.quality, found)
        transaction.append(stream, events, at=found.point.as_of)


class _Concerned:
    """A portfolio that holds the listing, and whether it has to be frozen and its people called.

    While the alert is open a person knows, and the freeze that they have lifted stays lifted, unless good prices
    have come since: then this is another case. A replay calls nobody.
    """

    def __init__(
        self, transaction: Transaction, portfolio_id: UUID, stopped: Stopped, *, is_live: bool, again: bool
    ) -> None:
        self.stream, self.state = transaction.require(PORTFOLIO, portfolio_id)
        about = alerts.stream_of(portfolio_id, *concerned_by(stopped))
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


def _concern(portfolio: Portfolio, event: PriceQuarantined, sentence: str) -> Concern:
    return Concern(
        portfolio.id, event.listing_id, event.rule, "CRITICAL", sentence, event.observed, event.expected
    )
