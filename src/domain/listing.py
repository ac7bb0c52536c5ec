"""A listing: one security on one exchange, in one currency and one quote unit (DOMAIN §1)."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.events import Event, StreamKind
from domain.money import quote_scale
from domain.numbers import Exact
from domain.quality import PriceQuarantined, Terms
from domain.refusals import Conflict, Invalid


class ListingRegistered(Event):
    """A listing became known. Prices of it are in ``quote_unit``, money in ``currency``."""

    name: ClassVar[str] = "listing.registered.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    exchange: str = Field(description="ISO 10383 market identifier, such as XNYS")
    currency: str
    quote_unit: str
    lot: Exact
    isin: str | None = None
    title: str | None = None

    def sentence(self) -> str:
        return f"Registered {self.symbol} on {self.exchange}, quoted in {self.quote_unit}."


AnyListingEvent = ListingRegistered | PriceQuarantined | DividendAnnounced | SplitAnnounced | MergerAnnounced


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A rule that has stopped prices of a listing, and the moment of the one that was told last."""

    rule: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """What decisions read of a listing, the corporate actions announced of it, and what its prices are stopped by."""

    id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    isin: str | None
    title: str | None
    announced: tuple[Announced, ...] = ()
    findings: tuple[OpenFinding, ...] = ()

    @property
    def unit_scale(self) -> Decimal:
        """How much of the currency one quote unit is."""
        return quote_scale(self.currency, self.quote_unit)

    @property
    def terms(self) -> Terms:
        """What prices of it are in."""
        return Terms(self.currency, self.quote_unit)

    def open_finding(self, rule: str) -> OpenFinding | None:
        """The finding of a rule whose prices wait for a person."""
        return next((each for each in self.findings if each.rule == rule), None)


def evolve(state: Listing | None, event: AnyListingEvent) -> Listing:
    """The listing after an event."""
    if isinstance(event, ListingRegistered):
        return _registered(event)
    if state is None:
        raise ValueError(f"a listing's first event must be {ListingRegistered.name}, not {event.name}")
    if isinstance(event, Announced):
        return replace(state, announced=(*state.announced, event))
    if event.feed is not None:
        return state
    others = [each for each in state.findings if each.rule != event.rule]
    return replace(state, findings=(*others, OpenFinding(event.rule, event.as_of)))


def _registered(event: ListingRegistered) -> Listing:
    return Listing(
        id=event.listing_id,
        symbol=event.symbol,
        exchange=event.exchange,
        currency=event.currency,
        quote_unit=event.quote_unit,
        lot=event.lot,
        isin=event.isin,
        title=event.title,
    )


def register(existing: Listing | None, wanted: ListingRegistered) -> list[AnyListingEvent]:
    """Register a listing; the same one again is already so, another under its symbol is a conflict."""
    try:
        quote_scale(wanted.currency, wanted.quote_unit)
    except ValueError as error:
        raise Invalid("quote_unit", f"{error}.") from error
    if wanted.lot <= 0:
        raise Invalid("lot", "The lot must be above zero.")
    if existing is None:
        return [wanted]
    again = wanted.model_copy(update={"listing_id": existing.id})
    if _registered(again) != replace(existing, announced=(), findings=()):
        raise Conflict(
            f"{wanted.symbol} on {wanted.exchange} is already registered with other particulars "
            f"({existing.currency}, quoted in {existing.quote_unit}, lot {existing.lot})."
        )
    return []
