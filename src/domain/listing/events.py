"""What can happen to a listing, beside corporate actions and what the gate finds in its prices."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events import ADDED_LATER, Event, Instant, StreamKind
from domain.numbers import Exact


class ListingRegistered(Event):
    """A listing became known. Prices of it are in ``quote_unit``, money in ``currency``.

    Null is what nobody has told: the instrument that is listed, and the step that its prices come in. The symbol is
    its own from ``symbol_since`` on, when another listing gave it up; null is always, as far as is known.
    """

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
    instrument_id: Annotated[UUID | None, ADDED_LATER] = None
    tick: Annotated[Exact | None, ADDED_LATER] = None
    symbol_since: Annotated[Instant | None, ADDED_LATER] = None

    def sentence(self) -> str:
        return f"Registered {self.symbol} on {self.exchange}, quoted in {self.quote_unit}."


class ListingDescribed(Event):
    """More or something else is known of a listing: this is all of it that may ever change."""

    name: ClassVar[str] = "listing.described.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    title: str | None
    tick: Exact | None
    instrument_id: UUID | None
    isin: str | None

    def sentence(self) -> str:
        named = f" is {self.title}" if self.title else " has no name"
        listed = f", {self.isin}" if self.isin else ""
        step = f", in steps of {self.tick}" if self.tick is not None else ""
        return f"{self.symbol}{named}{listed}{step}."


class SymbolChanged(Event):
    """A listing goes by another symbol from the open of a day on; it is the same security as before."""

    name: ClassVar[str] = "listing.symbol_changed.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    exchange: str
    former_symbol: str
    symbol: str
    effective: date
    effective_at: Instant
    reason: str

    def sentence(self) -> str:
        changed = f"{self.former_symbol} on {self.exchange} goes by {self.symbol} from {self.effective} on"
        return f"{changed}: {self.reason}"


class ListingRetired(Event):
    """A listing trades no more from the open of a day on; its symbol is free for another."""

    name: ClassVar[str] = "listing.retired.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    exchange: str
    symbol: str
    effective: date
    effective_at: Instant
    reason: str

    def sentence(self) -> str:
        return f"{self.symbol} trades on {self.exchange} no more from {self.effective} on: {self.reason}"
