"""What was posted to a portfolio's books by hand, and what was taken back."""

from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number


class PostedEntry(Answer):
    """An entry's effect: units, and money in the base currency. ``id`` is the journal entry's."""

    id: UUID
    kind: str
    at: Moment
    listing_id: UUID | None
    symbol: str | None
    quantity: Number
    cash: Number
    book_cost: Number
    fee: Number
    tax: Number
    gain: Number
    sentence: str


class PostedBatch(Answer):
    """A batch, in the order in which it was posted; a whole batch is reversed by its id."""

    batch_id: UUID
    entries: list[PostedEntry]


class ReversedEntry(Answer):
    """The opposite of the entry that it ``reverses``."""

    id: UUID
    reverses: UUID
    kind: str
    symbol: str | None
    quantity: Number
    cash: Number
    book_cost: Number
    gain: Number
    sentence: str


class ReversedBatch(Answer):
    """What was taken back, newest first; what had been taken back before is not taken back again."""

    batch_id: UUID
    entries: list[ReversedEntry]
