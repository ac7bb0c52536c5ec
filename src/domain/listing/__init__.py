"""A listing: one security on one exchange, in one currency and one quote unit (DOMAIN §1).

It is known by its id. Its symbol is only what it goes by at a time, and may be another's later.
"""

from domain.listing.decide import Effect, change_symbol, describe, register, retire
from domain.listing.events import ListingDescribed, ListingRegistered, ListingRetired, SymbolChanged
from domain.listing.state import AnyListingEvent, Listing, evolve

__all__ = [
    "AnyListingEvent",
    "Effect",
    "Listing",
    "ListingDescribed",
    "ListingRegistered",
    "ListingRetired",
    "SymbolChanged",
    "change_symbol",
    "describe",
    "evolve",
    "register",
    "retire",
]
