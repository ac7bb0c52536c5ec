"""Make a listing known, and learn more of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.registry.directory import Directory
from application.registry.instruments import registered
from domain import listing as rules
from domain.instrument import Instrument, Particulars
from domain.listing import Listing, ListingRegistered
from domain.refusals import Invalid
from domain.streams import INSTRUMENT, LISTING


class Listed(NamedTuple):
    """A listing, and the instrument that is listed, where that is known."""

    listing: Listing
    instrument: Instrument | None


@dataclass(frozen=True, slots=True)
class KeepListings:
    """The use cases with what they need from outside. Each raises Conflict, Invalid and NotFound."""

    ledger: Ledger
    directory: Directory

    def register(self, cause: Cause, wanted: ListingRegistered) -> Outcome[Listed]:
        """Register a listing; one that is known already is answered as it is.

        Its instrument is the one named, or that of its ISIN, which becomes known with it.
        """

        return self.ledger.transact(cause, lambda each: self.within(each, wanted))

    def within(self, transaction: Transaction, wanted: ListingRegistered) -> Listed:
        """Register a listing as a part of a transaction."""
        # In this order: a twin of this command that is a moment ahead stores both at once.
        holder = self.directory.listing_called(wanted.symbol, wanted.exchange)
        instrument = self._instrument(transaction, wanted.instrument_id, wanted.isin)
        given = wanted if instrument is None else _of(wanted, instrument)
        stream = transaction.load(LISTING, holder or given.listing_id)
        if holder is None:
            given_up_at = self.directory.given_up_at(given.symbol, given.exchange)
            given = given.model_copy(update={"symbol_since": given_up_at})
        return listed(transaction, transaction.append(stream, rules.register(stream.state, given)))

    def describe(
        self,
        cause: Cause,
        listing_id: UUID,
        *,
        title: str | None,
        tick: Decimal | None,
        instrument_id: UUID | None,
        isin: str | None,
    ) -> Outcome[Listed]:
        """Learn what is told of a listing."""

        def decide(transaction: Transaction) -> Listed:
            stream, state = transaction.require(LISTING, listing_id)
            instrument = self._instrument(transaction, instrument_id, isin)
            events = rules.describe(state, title=title, tick=tick, instrument=instrument)
            return listed(transaction, transaction.append(stream, events))

        return self.ledger.transact(cause, decide)

    def _instrument(
        self, transaction: Transaction, instrument_id: UUID | None, isin: str | None
    ) -> Instrument | None:
        if instrument_id is None:
            return registered(transaction, self.directory, Particulars(isin=isin)) if isin else None
        _, instrument = transaction.require(INSTRUMENT, instrument_id)
        if isin not in (None, instrument.isin):
            raise Invalid("isin", f"The instrument {instrument_id} has another ISIN, {instrument.isin}.")
        return instrument


def _of(wanted: ListingRegistered, instrument: Instrument) -> ListingRegistered:
    return wanted.model_copy(update={"instrument_id": instrument.id, "isin": instrument.isin})


def listed(transaction: Transaction, listing: Listing) -> Listed:
    """A listing with its instrument, as a transaction sees them."""
    if listing.instrument_id is None:
        return Listed(listing, None)
    _, instrument = transaction.require(INSTRUMENT, listing.instrument_id)
    return Listed(listing, instrument)
