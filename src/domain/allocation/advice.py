"""What an allocation run answers: lines to carry out, and everything that was considered and left out."""

from typing import Literal
from uuid import UUID

from domain.events import Value
from domain.numbers import Exact
from domain.policy import canonical

Outcome = Literal["success", "no_action", "blocked_frozen", "blocked_dq"]
Source = Literal[
    "monthly_default",
    "monthly_redirect",
    "quarterly_priority",
    "wave",
    "sunset",
    "manual",
    "rebalance",
    "volatility",
]
Funding = Literal["free_cash", "cash_park", "position", "none"]
Suppression = Literal[
    "below_lot",
    "below_min",
    "order_limit",
    "budget",
    "no_budget",
    "no_staged_cash",
    "nothing_to_buy",
    "outside_policy",
]


class Line(Value):
    """One order. ``amount`` is in the base currency, ``price`` in the quote unit; weights are its sleeve's among
    invested assets, before and after everything that is advised, None for the cash park. A position's order has no
    sleeve; its weights are the share of the position that is in shares."""

    action: Literal["BUY", "SELL"]
    listing_id: UUID
    symbol: str
    sleeve: str | None
    quantity: Exact
    price: Exact
    amount: Exact
    source: Source
    trigger: str | None
    funding: Funding
    weight_before: Exact | None
    weight_after: Exact | None
    rules: tuple[str, ...]
    sentence: str


class Suppressed(Value):
    """Something that was considered and is not advised, and why."""

    rule: Suppression
    listing_id: UUID | None = None
    subject: str | None = None
    sentence: str


class SleeveWeight(Value):
    """A sleeve before and after; ``drift`` is in percentage points before."""

    sleeve: str
    target: Exact
    before: Exact
    after: Exact
    drift: Exact
    actionable: bool


class Advice(Value):
    """The outcome of a run. ``triggers`` are the codes that its lines use up once they are carried out."""

    engine: str
    outcome: Outcome
    reason: str | None = None
    sentence: str
    lines: tuple[Line, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    sleeves: tuple[SleeveWeight, ...] = ()
    triggers: tuple[str, ...] = ()

    def document(self) -> str:
        """The canonical JSON: the same snapshot and policy give the same bytes."""
        return canonical(self.model_dump())
