"""What decisions read of a listing, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.listing.events import ListingDescribed, ListingRegistered, ListingRetired, SymbolChanged
from domain.money import quote_scale
from domain.quality import PriceQuarantined, Terms

AnyListingEvent = (
    ListingRegistered
    | ListingDescribed
    | SymbolChanged
    | ListingRetired
    | PriceQuarantined
    | DividendAnnounced
    | SplitAnnounced
    | MergerAnnounced
)


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A rule that has stopped prices of a listing, and the moment of the one that was told last."""

    rule: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """What decisions read of a listing, the corporate actions announced of it, and what its prices are stopped by.

    ``symbol`` is the one it goes by, or went by last once it is retired; ``symbol_since`` is None while it never had
    another, as far as is known.
    """

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
    tick: Decimal | None = None
    instrument_id: UUID | None = None
    symbol_since: datetime | None = None
    former_symbols: tuple[str, ...] = ()
    retired_on: date | None = None

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

    @property
    def is_retired(self) -> bool:
        """Whether it trades no more, and its symbol may be another's."""
        return self.retired_on is not None

    def has_gone_by(self, symbol: str) -> bool:
        """Whether this is or ever was its symbol: an order that was sent under a former one is still its own."""
        return symbol == self.symbol or symbol in self.former_symbols


def evolve(state: Listing | None, event: AnyListingEvent) -> Listing:
    """The listing after an event."""
    if isinstance(event, ListingRegistered):
        return _registered(event)
    if state is None:
        raise ValueError(f"a listing's first event must be {ListingRegistered.name}, not {event.name}")
    match event:
        case ListingDescribed():
            return replace(
                state,
                title=event.title,
                tick=event.tick,
                instrument_id=event.instrument_id,
                isin=event.isin,
            )
        case SymbolChanged():
            return replace(
                state,
                symbol=event.symbol,
                symbol_since=event.effective_at,
                former_symbols=_with(state.former_symbols, event.former_symbol),
                retired_on=None,
            )
        case ListingRetired():
            return replace(state, symbol_since=event.effective_at, retired_on=event.effective)
        case DividendAnnounced() | SplitAnnounced() | MergerAnnounced():
            return replace(state, announced=(*state.announced, event))
        case PriceQuarantined():
            return _stopped(state, event)


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
        tick=event.tick,
        instrument_id=event.instrument_id,
        symbol_since=event.symbol_since,
    )


def _stopped(state: Listing, event: PriceQuarantined) -> Listing:
    if event.feed is not None:
        return state
    others = [each for each in state.findings if each.rule != event.rule]
    return replace(state, findings=(*others, OpenFinding(event.rule, event.as_of)))


def _with(symbols: tuple[str, ...], another: str) -> tuple[str, ...]:
    return symbols if another in symbols else (*symbols, another)
