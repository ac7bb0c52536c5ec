"""The position card, and what an evaluation answers."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number
from api.http.schemas.orders import Order
from api.http.schemas.portfolios import Settings


class CardListing(Answer):
    id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str


class CardPrice(Answer):
    value: Number
    source: Literal["last", "mid"]
    as_of: Moment
    stale: bool


class Guardrails(Answer):
    low: Number
    high: Number


class NextAction(Answer):
    outcome: Literal["trade", "skip", "hold"]
    reason: str | None
    side: Literal["BUY", "SELL"] | None
    raw_quantity: Number | None
    quantity: Number | None
    projected_asset_share: Number | None


class PositionCard(Answer):
    """Where a position stands and what the rule would do now; ``sentence`` where words were asked for."""

    id: UUID
    portfolio_id: UUID
    listing: CardListing
    status: Literal["active", "paused", "placing", "closed"]
    shares: Number
    cash: Number
    receivable: Number
    anchor: Number
    price: CardPrice | None
    asset_share: Number | None
    buy_below: Number
    sell_above: Number
    guardrails: Guardrails
    next_action: NextAction | None
    open_order: Order | None
    orders_today: int
    settings: Settings
    sentence: str | None = None


class Evaluation(Answer):
    outcome: Literal["trade", "skip", "hold"]
    reason: str | None
    side: Literal["BUY", "SELL"] | None
    raw_quantity: Number | None
    quantity: Number | None
    price: Number | None
    price_source: str | None
    projected_asset_share: Number | None
    trimmed_by: Literal["guardrail"] | None
    order_id: UUID | None
    recommendation_id: UUID | None
    sentence: str
