"""What a measure counts: a closed union of facts, each small enough to be kept as one row (DOMAIN §10).

Money is in the currency, prices in the listing's quote unit. ``shares`` and ``cash`` are what a fact adds to its
position, below zero when it takes away; a receivable counts as cash.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, get_args
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opened:
    """A position began, with shares in kind. Guardrails of None are the portfolio's."""

    kind: ClassVar[str] = "opened"

    at: datetime
    position_id: UUID
    listing_id: UUID
    exchange: str
    unit_scale: Decimal
    shares: Decimal
    g_low: Decimal | None
    g_high: Decimal | None


@dataclass(frozen=True, slots=True)
class CashMoved:
    """Cash came from the portfolio, or went back to it: a flow, no return."""

    kind: ClassVar[str] = "cash"

    at: datetime
    position_id: UUID
    cash: Decimal


@dataclass(frozen=True, slots=True)
class Closed:
    """The rule stopped; the shares went to the portfolio: a flow, no return."""

    kind: ClassVar[str] = "closed"

    at: datetime
    position_id: UUID
    shares: Decimal


@dataclass(frozen=True, slots=True)
class GuardrailsSet:
    """Overrides of the guardrails, of a portfolio when ``position_id`` is None; None inherits."""

    kind: ClassVar[str] = "guardrails"

    at: datetime
    position_id: UUID | None
    g_low: Decimal | None
    g_high: Decimal | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """A decision to trade."""

    kind: ClassVar[str] = "trade"

    at: datetime
    position_id: UUID
    order_id: UUID


@dataclass(frozen=True, slots=True)
class Skipped:
    """A decision not to trade, and why."""

    kind: ClassVar[str] = "skip"

    at: datetime
    position_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Traded:
    """An execution, what a correction or a bust changed about one, or a trade that nobody here decided.

    ``order_id`` is None for the last. ``slippage`` (a cost is positive) and ``decided_value`` are in quote units
    times quantity. ``price`` values a position that has no stored price. ``multiplied`` says that a split before
    the booking has multiplied the shares.
    """

    kind: ClassVar[str] = "traded"

    at: datetime
    position_id: UUID
    order_id: UUID | None
    quantity: Decimal
    price: Decimal | None
    notional: Decimal
    fees: Decimal
    slippage: Decimal
    decided_value: Decimal
    shares: Decimal
    cash: Decimal
    multiplied: bool


@dataclass(frozen=True, slots=True)
class Dividend:
    """Shares went ex-dividend: ``net`` is owed for the ``entitled`` ones, ``per_share`` is before tax."""

    kind: ClassVar[str] = "dividend"

    at: datetime
    position_id: UUID
    per_share: Decimal
    entitled: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Split:
    """Shares became ``ratio`` times as many, but for what was paid out as ``cash``."""

    kind: ClassVar[str] = "split"

    at: datetime
    position_id: UUID
    ratio: Decimal
    shares: Decimal
    cash: Decimal


@dataclass(frozen=True, slots=True)
class Merger:
    """Shares became shares of another listing, and cash. A price becomes ``(price − less) ÷ divided_by``."""

    kind: ClassVar[str] = "merger"

    at: datetime
    position_id: UUID
    listing_id: UUID
    exchange: str
    unit_scale: Decimal
    ratio: Decimal
    shares: Decimal
    cash: Decimal
    less: Decimal
    divided_by: Decimal


Command = Opened | CashMoved | Closed | GuardrailsSet
"""What a person or the service ordered, stamped by its clock. The other facts carry the market's time."""

Decision = Ordered | Skipped
Action = Dividend | Split | Merger

Fact = Opened | CashMoved | Closed | GuardrailsSet | Ordered | Skipped | Traded | Dividend | Split | Merger

KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for fact in get_args(Fact)}
"""Every fact by the name it is kept under."""
