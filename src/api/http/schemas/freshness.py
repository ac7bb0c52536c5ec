"""How fresh prices are."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number


class Freshness(Answer):
    """A listing's newest good price, in its quote unit, and whether that is good enough to decide on.

    ``session`` says whether its exchange trades now; price, ``as_of`` and ``source`` are null while there is none.
    """

    listing_id: UUID
    symbol: str
    exchange: str
    quote_unit: str
    price: Number | None
    as_of: Moment | None
    source: str | None
    is_close: bool | None
    session: Literal["open", "closed", "unknown"]
    standing: Literal["fresh", "stale", "missing"]
    sentence: str


class Freshnesses(Answer):
    """Every listing that is watched; ``sentence`` says of all of them whether the data can be trusted.

    ``alarm`` is what of it, from its beginning, ``state`` is about; null while that is quiet.
    """

    sentence: str
    state: Literal["quiet", "look", "stopped"]
    alarm: str | None
    items: list[Freshness]
