"""Listings and their prices."""

from uuid import UUID

from api.http.schemas.answer import Answer, Day, Moment, Number


class Listing(Answer):
    """``tick`` is the step that prices come in; ``symbol`` is the last one when it trades no more (``retired_on``).

    ``isin`` is its instrument's.
    """

    id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Number
    tick: Number | None
    isin: str | None
    name: str | None
    instrument_id: UUID | None
    retired_on: Day | None


class Price(Answer):
    """A stored price in the listing's quote unit; of a bar ``last`` is the close.

    ``quarantined`` names the rule that stopped it.
    """

    as_of: Moment
    source: str
    is_close: bool
    last: Number | None
    bid: Number | None
    ask: Number | None
    open: Number | None
    high: Number | None
    low: Number | None
    quarantined: str | None


class QuarantinedPrice(Answer):
    listing_id: UUID
    rule: str
    severity: str
    observed: str
    expected: str
    as_of: Moment
    price: Number


class Ingested(Answer):
    accepted: int
    duplicates: int
    quarantined: list[QuarantinedPrice]
