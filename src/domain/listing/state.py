"""What decisions read of a listing, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.listing.events import ListingDescribed, ListingRegistered, ListingRetired, SymbolChanged
from domain.money import quote_scale
from domain.quality import (
    ListingThresholdsSet,
    PriceFlagged,
    PriceQuarantined,
    PricesDiscarded,
    PricesReleased,
    Terms,
    standing,
)
from domain.quality.standing import NOTHING_SAID, Standing

AnyListingEvent = (
    ListingRegistered
    | ListingDescribed
    | SymbolChanged
    | ListingRetired
    | ListingThresholdsSet
    | PriceQuarantined
    | PricesReleased
    | PricesDiscarded
    | PriceFlagged
    | DividendAnnounced
    | SplitAnnounced
    | MergerAnnounced
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What decisions read of a listing, the corporate actions announced of it, and what the gate said of its prices.

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
    quality: Standing = NOTHING_SAID
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

    @property
    def is_retired(self) -> bool:
        """Whether it trades no more, and its symbol may be another's."""
        return self.retired_on is not None

    def units_changed(self, since: datetime, until: datetime) -> bool:
        """Whether a split or merger has taken effect between two moments: then a number of units means another."""
        return any(each.kind != "dividend" and since < each.effective_at <= until for each in self.announced)

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
        case (
            PriceQuarantined()
            | PricesReleased()
            | PricesDiscarded()
            | PriceFlagged()
            | ListingThresholdsSet()
        ):
            return replace(state, quality=standing.evolve(state.quality, event))


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


def _with(symbols: tuple[str, ...], another: str) -> tuple[str, ...]:
    return symbols if another in symbols else (*symbols, another)
