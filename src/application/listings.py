"""Make a listing known."""

from collections.abc import Callable
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain import listing as rules
from domain.listing import Listing, ListingRegistered
from domain.streams import LISTING

FindListing = Callable[[str, str], UUID | None]
"""The id that a symbol has on an exchange, if it is known."""


def register(ledger: Ledger, cause: Cause, find: FindListing, wanted: ListingRegistered) -> Outcome[Listing]:
    """Register a listing; one that is known already is answered as it is. Raises Conflict and Invalid."""

    def decide(transaction: Transaction) -> Listing:
        known = find(wanted.symbol, wanted.exchange)
        stream = transaction.load(LISTING, known or wanted.listing_id)
        return transaction.append(stream, rules.register(stream.state, wanted))

    return ledger.transact(cause, decide)
