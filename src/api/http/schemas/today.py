"""Everything that one owns at a glance."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number
from api.http.schemas.positions import Guardrails


class WaitingForYou(Answer):
    """Something that waits for a person: a freeze to lift, a recommendation, an alert.

    ``id`` is the portfolio's, the recommendation's or the alert's; ``at`` is null for a freeze. ``listing_id`` is the
    listing in whose prices something was found. An open alert that says no more than a freeze does has no row of its
    own before the freeze is lifted.
    """

    kind: Literal["freeze", "recommendation", "alert"]
    id: UUID
    portfolio_id: UUID | None
    listing_id: UUID | None
    severity: Literal["INFO", "WARN", "CRITICAL"]
    sentence: str
    at: Moment | None


class PortfolioAtAGlance(Answer):
    """``change`` is the day's gain or loss without what came or went, ``change_share`` a part of one.

    ``money`` is paper, live at a broker, or by hand where a person places the orders. ``asset_share`` is what part of
    the value is in shares; it and ``value`` are null while nobody can say. ``priced`` is the age of its oldest price.
    """

    id: UUID
    name: str
    base_currency: str
    mode: Literal["automatic", "advisory"]
    money: Literal["paper", "live", "by hand"]
    frozen: bool
    freeze_reasons: list[str]
    value: Number | None
    change: Number | None
    change_share: Number | None
    asset_share: Number | None
    guardrails: Guardrails
    cash: Number
    positions: int
    near: int
    stale: int
    oldest_price: Moment | None
    newest_price: Moment | None


class Today(Answer):
    """``alarm`` is what of the sentence, from its beginning, ``state`` is about; null while that is quiet."""

    state: Literal["quiet", "look", "stopped"]
    sentence: str
    alarm: str | None
    at: Moment
    for_you: list[WaitingForYou]
    portfolios: list[PortfolioAtAGlance]
