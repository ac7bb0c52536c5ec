"""What answers look like, for OpenAPI. Answers are written by hand and checked against these in the tests."""

from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from domain.numbers import PLAIN_DECIMAL

T = TypeVar("T")

Number = Annotated[
    str,
    Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$"),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": f"^{PLAIN_DECIMAL.pattern}$"}),
]
Moment = Annotated[
    str,
    Field(pattern=r"^[0-9-]{10}T[0-9:.]{15}Z$"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Answer(BaseModel):
    """An answer's shape: nothing is left out and nothing comes in addition."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(Answer, Generic[T]):
    """A page of a list; ``next`` is the ``after`` of the next page, null on the last."""

    items: list[T]
    next: str | None


class FieldProblem(Answer):
    field: str
    detail: str


class ProblemDocument(BaseModel):
    """RFC 9457: why a request was refused. ``type`` is stable."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


class Listing(Answer):
    id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Number
    isin: str | None
    name: str | None


class Price(Answer):
    """A stored price in the listing's quote unit; ``quarantined`` names the rule that stopped it."""

    as_of: Moment
    source: str
    is_close: bool
    last: Number | None
    bid: Number | None
    ask: Number | None
    quarantined: str | None


class Broker(Answer):
    kind: Literal["paper"]
    auto_fill: bool
    slippage_bps: Number
    latency_ms: int
    partial_fills: bool
    seed: int


class Settings(Answer):
    """Every setting in force (DOMAIN §2)."""

    tau: Number
    sizing: str
    r: Number
    g_low: Number
    g_high: Number
    min_notional: Number
    commission_bps: Number
    max_orders_day: int
    withholding: Number
    after_hours: bool
    fractional: bool
    order_type: str
    drift_bps: Number
    rebalance_on_breach: bool
    cadence: str
    max_daily_loss_pct: Number | None


class Portfolio(Answer):
    """``settings`` are this portfolio's overrides, ``cash`` is what is free."""

    id: UUID
    name: str
    base_currency: str
    mode: Literal["automatic", "advisory"]
    clock: Literal["live", "replay"]
    broker: Broker
    settings: dict[str, Any]
    cash: Number
    frozen: bool
    frozen_because: str | None


class Holding(Answer):
    listing_id: UUID
    quantity: Number
    book_cost: Number
    average_cost: Number
    price: Number | None
    value: Number | None


class Cash(Answer):
    portfolio: Number
    positions: Number
    receivable: Number
    currency: str


class JournalLine(Answer):
    account: str
    listing_id: UUID | None
    quantity: Number
    amount: Number


class JournalEntry(Answer):
    """A balanced entry: the amounts of its lines sum to zero."""

    id: UUID
    at: Moment
    kind: str
    reference: str | None
    event_number: int
    lines: list[JournalLine]


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


class Execution(Answer):
    execution_id: str
    revision: int
    quantity: Number
    price: Number
    commission: Number
    at: Moment


class Order(Answer):
    id: UUID
    position_id: UUID
    client_order_id: str
    broker: str | None
    account: str | None
    broker_order_id: str | None
    side: Literal["BUY", "SELL"]
    type: Literal["market", "limit"]
    quantity: Number
    filled: Number
    average_price: Number | None
    status: str
    decided_price: Number
    executions: list[Execution]


class PositionCard(Answer):
    """Where a position stands and what the rule would do now."""

    id: UUID
    portfolio_id: UUID
    listing: CardListing
    status: Literal["active", "paused", "closed"]
    shares: Number
    cash: Number
    receivable: Number
    anchor: Number
    price: CardPrice | None
    asset_share: Number | None
    buy_below: Number
    sell_above: Number
    guardrails: Guardrails
    next_action: NextAction
    open_order: Order | None
    orders_today: int
    settings: Settings


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
    sentence: str


class TimelineEvent(Answer):
    """``at`` is the decision or effective time; decisions carry ``data.inputs`` and ``data.outputs``."""

    number: int
    id: UUID
    stream: str
    version: int
    type: str
    at: Moment
    actor: str
    run_id: UUID | None
    correlation_id: UUID
    recorded_at: Moment
    message: str
    data: dict[str, Any]


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


class CallbackTaken(Answer):
    status: Literal["booked", "duplicate", "stored"]


class Measures(Answer):
    """DOMAIN §10; null where a measure has nothing to measure."""

    portfolio_id: UUID | None
    position_id: UUID | None
    start: Annotated[Moment | None, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]
    slippage_bps: Number | None
    hit_rate: Number | None
    guardrail_time_pct: Number | None
    min_notional_skips: int
    skips: dict[str, int]
    turnover: Number | None
    fees: Number
    fee_drag_bps: Number | None
    time_weighted_return: Annotated[Number | None, Field(alias="return")]
    buy_and_hold: Number | None
    decisions: int
    orders_filled: int
    traded_notional: Number
    average_value: Number | None


class Live(Answer):
    status: Literal["live"]


class Dependency(Answer):
    name: str
    ok: bool


class Projection(Answer):
    """``lag`` is in events; ``parked`` counts portfolios it has stopped for."""

    name: str
    number: int
    lag: int
    parked: int


class Ready(Answer):
    status: Literal["ready", "not_ready"]
    dependencies: list[Dependency]
    projections: list[Projection]
    reconciliation_age_seconds: int | None


class FrozenPortfolio(Answer):
    id: UUID
    reason: str


class Trading(Answer):
    """``halted`` while one of the portfolios is frozen or an order's outcome is unknown."""

    status: Literal["trading", "halted"]
    frozen: list[FrozenPortfolio]
    open_orders: dict[str, int]
    undecided_listings: int
    reconciliation_age_seconds: int | None
