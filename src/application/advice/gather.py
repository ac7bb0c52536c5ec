"""Gather what an allocation run decides on, as it stands now (DOMAIN §8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.advice.promised import promised_by
from application.advice.untold_actions import untold_actions
from application.hours import hours_between
from application.ledger import Transaction
from application.ports import PricePoint, Prices, Sessions
from application.ports.fx import FxRates
from domain.allocation import ENGINE, Constituent, Held, Kind, Price, Snapshot
from domain.allocation.snapshot import Gates
from domain.freshness import stale_after
from domain.fx import Rate, convert
from domain.listing import Listing
from domain.money import ZERO, Money
from domain.policy import ReadPolicy
from domain.portfolio import advice as advice_rules
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.quality.thresholds import of_listing, tightened
from domain.streams import LISTING

Holdings = Callable[[UUID], Mapping[UUID, Units]]
"""Everything that a portfolio holds outside of its positions."""

CriticalAlerts = Callable[[UUID], Sequence[str]]
"""The messages of a portfolio's open critical alerts."""

Drawdown = Callable[[Portfolio, datetime], Decimal | None]
"""How far a portfolio's unitised value lies below its highest close, as a part of one; None without closes."""

RATE_STEP = Decimal("1E-15")
"""The fineness of a price's worth in the base currency, which a rate's inverse may have no end of."""


@dataclass(frozen=True, slots=True)
class GatherSnapshot:
    """What it reads from."""

    prices: Prices
    sessions: Sessions
    rates: FxRates
    holdings: Holdings
    critical_alerts: CriticalAlerts
    drawdown: Drawdown

    def __call__(
        self, transaction: Transaction, portfolio: Portfolio, policy: ReadPolicy, kind: Kind, as_of: datetime
    ) -> Snapshot:
        """The snapshot, with prices as they were known at ``as_of``. What this run replaces does not count."""
        replaced = {each.recommendation_id for each in advice_rules.replaced(portfolio, kind)}
        promised = promised_by(transaction, portfolio, replaced)
        held = self.holdings(portfolio.id)
        ids = [*{each.listing_id: None for each in portfolio.constituents} | dict.fromkeys(held)]
        listings = {each.id: each.state for each in transaction.prefetch(LISTING, ids) if each.state}
        points = self.prices.newest_until(portfolio.feed, ids, as_of + datetime.resolution)
        foreign = any(each.currency != portfolio.currency for each in listings.values())
        rates = self.rates.latest_until(as_of) if foreign else ()
        return Snapshot(
            engine=ENGINE,
            portfolio_id=portfolio.id,
            kind=kind,
            as_of=as_of,
            currency=portfolio.currency,
            cash=portfolio.cash - promised.get(None, ZERO),
            holdings=tuple(
                Held(
                    listing_id=each,
                    symbol=listings[each].symbol,
                    quantity=units.quantity - promised.get(each, ZERO),
                )
                for each, units in held.items()
                if units.quantity
            ),
            prices=tuple(
                self._price(portfolio, listings[each], point, rates, as_of) for each, point in points.items()
            ),
            constituents=tuple(
                Constituent(
                    listing_id=each.listing_id,
                    symbol=listings[each.listing_id].symbol,
                    sleeve=each.sleeve,
                    role=each.role,
                    lot=listings[each.listing_id].lot,
                )
                for each in portfolio.constituents
            ),
            policy_hash=policy.hash,
            gates=Gates(
                frozen=portfolio.frozen_because,
                critical=tuple(self.critical_alerts(portfolio.id)),
                untold=tuple(untold_actions(transaction, portfolio, held, listings, as_of)),
            ),
            drawdown=self.drawdown(portfolio, as_of) if policy.policy.watches_drawdown else None,
            used=tuple(advice_rules.used_triggers(portfolio, besides=replaced)),
        )

    def _price(
        self,
        portfolio: Portfolio,
        listing: Listing,
        point: PricePoint,
        rates: Sequence[Rate],
        as_of: datetime,
    ) -> Price:
        per_unit, problem = _worth(listing, portfolio.currency, rates, as_of)
        return Price(
            listing_id=listing.id,
            price=point.value or ZERO,
            per_unit=per_unit,
            as_of=point.as_of,
            source=point.source,
            problem=problem or self._too_old(portfolio, listing, point, as_of),
        )

    def _too_old(
        self, portfolio: Portfolio, listing: Listing, point: PricePoint, as_of: datetime
    ) -> str | None:
        """A close's age counts, in session too: an order is placed by hand, hours or days later."""
        limits = tightened(of_listing(listing.quality.thresholds), portfolio.thresholds)
        if as_of - point.as_of <= limits.stale_close:
            return None  # the calendar could only allow for more
        hours = hours_between(self.sessions, listing.exchange, point.as_of, as_of, limits)
        if as_of - point.as_of <= stale_after(hours, limits, in_session=False):
            return None
        return f"it is of {point.as_of:%Y-%m-%d}, older than {limits.stale_close_days} days of trading"


def _worth(
    listing: Listing, currency: str, rates: Sequence[Rate], as_of: datetime
) -> tuple[Decimal, str | None]:
    """What one quote unit is worth in the base currency, and why nobody can say so."""
    converted = convert(Money(listing.unit_scale, listing.currency), currency, rates, as_of)
    match converted:
        case "fx_missing":
            return ZERO, f"there is no exchange rate of {listing.currency}/{currency}"
        case "stale_fx":
            return ZERO, f"the exchange rate of {listing.currency}/{currency} is too old"
        case _:
            amount = converted.money.amount
            return (amount if converted.as_of is None else amount.quantize(RATE_STEP)), None
