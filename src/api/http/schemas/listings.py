"""Listings and their prices."""

from typing import Literal
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


class WaitingPrice(Answer):
    """A price that the gate stopped, beside the last good one that it was held against; prices in the quote unit.

    ``meaning`` is the rule in a sentence; where ``released_by_name`` a release has to name it. ``number`` is its
    place in the list. ``outcome`` is null while it waits for a person; ``last_good`` is null where
    there was none, and ``price`` where half a quote was stopped for what it was labelled.
    """

    number: int
    listing_id: UUID
    symbol: str
    quote_unit: str
    as_of: Moment
    source: str
    is_close: bool
    price: Number | None
    rule: str
    meaning: str
    released_by_name: bool
    observed: str
    expected: str
    last_good: Number | None
    last_good_at: Moment | None
    stored_at: Moment
    outcome: Literal["released", "discarded"] | None
    reason: str | None
    settled_at: Moment | None


class SettledPrices(Answer):
    """How many waiting prices were settled, and how many of the listing's wait still."""

    listing_id: UUID
    outcome: Literal["released", "discarded"]
    settled: int
    waiting: int
