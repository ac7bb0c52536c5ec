"""Recommendations, line by line, with what was executed of each."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number
from api.http.schemas.reviews import Verdict


class ExecutedPart(Answer):
    """What was executed of a line at one time; ``entry_id`` is the journal entry that books it.

    ``amount`` is null where quantity and price say it.
    """

    quantity: Number
    price: Number
    amount: Number | None
    fee: Number
    executed_at: Moment
    broker_reference: str | None
    entry_id: UUID


class AdviceLine(Answer):
    """An order to place. Weights are its sleeve's among invested assets, null for the cash park.

    A position's has no sleeve; its weights are the share of the position that is in shares. ``open_quantity`` is what
    was not executed of it yet, ``price`` is in the ``quote_unit``. Where an automatic portfolio places it, ``placing``
    says how that fares, ``order_id`` names its latest order, and ``not_placed`` says why it did not come to what was
    advised.
    """

    id: UUID
    action: str
    listing_id: UUID
    symbol: str
    sleeve: str | None
    quantity: Number
    price: Number
    quote_unit: str
    amount: Number
    source: str
    trigger: str | None
    funding: str
    weight_before: Number | None
    weight_after: Number | None
    rules: list[str]
    sentence: str
    placing: Literal["waiting", "at_work", "ended", "declined"] | None
    order_id: UUID | None
    not_placed: str | None
    executed_quantity: Number
    open_quantity: Number
    executions: list[ExecutedPart]


class SuppressedLine(Answer):
    """What was considered and left out, and the rule that did it."""

    rule: str
    listing_id: UUID | None
    subject: str | None
    sentence: str


class SleeveWeight(Answer):
    """A sleeve before, and after all that is advised; ``drift`` and ``drift_after`` are in percentage points."""

    sleeve: str
    target: Number
    before: Number
    after: Number
    drift: Number
    drift_after: Number
    actionable: bool


class Recommendation(Answer):
    """What a run, or a position's trigger, advised, and what became of it.

    A trigger's is of the kind ``volatility`` and names its position and order; policy and snapshot are null then.
    """

    id: UUID
    portfolio_id: UUID
    run_id: UUID | None
    position_id: UUID | None
    order_id: UUID | None
    kind: str
    status: str
    proposed_at: Moment
    policy_hash: str | None
    snapshot_hash: str | None
    engine: str
    currency: str
    sentence: str
    lines: list[AdviceLine]
    suppressed: list[SuppressedLine]
    sleeves: list[SleeveWeight]
    triggers: list[str]
    verdict: Verdict | None
