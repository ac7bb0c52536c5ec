"""Portfolios, what they hold and what was booked. ``Settings`` are a position's too."""

from typing import Any, Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number


class Broker(Answer):
    """What is null is left out; ``environment`` and ``account`` are a real broker's."""

    kind: Literal["paper", "alpaca"]
    auto_fill: bool
    slippage_bps: Number
    latency_ms: int
    partial_fills: bool
    seed: int
    reject_bps: int | None = None
    halt_bps: int | None = None
    environment: Literal["paper", "live"] | None = None
    account: str | None = None


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
    time_in_force: str
    place_allocation: str


class Portfolio(Answer):
    """``settings`` are this portfolio's overrides, ``cash`` is what is free, ``money`` is whose money it moves.

    ``freeze_reasons`` are all that it is frozen for, the first of them being ``frozen_because``; ``recalls_orders``
    says that its open orders are being cancelled.
    """

    id: UUID
    name: str
    base_currency: str
    mode: Literal["automatic", "advisory"]
    clock: Literal["live", "replay"]
    money: Literal["paper", "live", "by hand"]
    broker: Broker
    settings: dict[str, Any]
    cash: Number
    frozen: bool
    frozen_because: str | None
    freeze_reasons: list[str]
    recalls_orders: bool


class StoppedPortfolio(Portfolio):
    """A portfolio that stands still now; ``already_frozen`` when it did before."""

    already_frozen: bool


class Constituent(Answer):
    """A listing's place in a portfolio; within a sleeve the lowest ``priority`` is bought first."""

    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    sleeve: str
    role: Literal["invested", "cash_park"]
    priority: int
    monitored: bool


class Holding(Answer):
    """Costs and value are in the portfolio's base currency, the price is in the listing's quote unit.

    Without a price, or a fresh exchange rate where one is needed, there is no value, and it says why.
    """

    listing_id: UUID
    symbol: str
    quantity: Number
    book_cost: Number
    average_cost: Number
    price: Number | None
    quote_unit: str
    value: Number | None
    value_currency: str
    no_value_because: Literal["no_price", "fx_missing", "stale_fx"] | None


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
    """A balanced entry: the amounts of its lines sum to zero, all in one ``currency``.

    ``sentence`` is its event's. ``reversible`` is what was posted by hand or by an import and was not taken back; what
    anything else has booked goes the way that it came.
    """

    id: UUID
    at: Moment
    kind: str
    reference: str | None
    currency: str
    sentence: str
    reversed: bool
    reversible: bool
    event_number: int
    lines: list[JournalLine]
