"""A decision in the making, and how it becomes the decision that is recorded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from domain.balancing.decision import Decision, DecisionInputs, HoldReason, Outcome, Reason
from domain.balancing.exact import Ratio
from domain.money import ZERO
from domain.order import Side

HOLDS = frozenset(get_args(HoldReason))


@dataclass(slots=True)
class Draft:
    """What the rules of one ``decide`` have found out so far; nothing else ever sees it.

    ``unit_value`` is what one share is worth; it, ``assets``, ``value``, ``notional`` and ``commission`` are
    in the currency. ``raw_quantity`` is ``raw`` in whole lots. ``breached`` says that drift out of the
    guardrails calls for the trade, not a touch of the band.
    """

    inputs: DecisionInputs
    price: Decimal = ZERO
    unit_value: Decimal = ZERO
    assets: Decimal = ZERO
    value: Decimal = ZERO
    side: Side | None = None
    breached: bool = False
    raw: Ratio | None = None
    raw_quantity: Decimal = ZERO
    bound_quantity: Decimal | None = None
    quantity: Decimal = ZERO
    notional: Decimal = ZERO
    commission: Decimal = ZERO


def conclude(draft: Draft, reason: Reason | None) -> Decision:
    """The draft as a decision; what no rule got to stays null."""
    bound = draft.bound_quantity
    return Decision(
        outcome=_outcome(reason),
        reason=reason,
        side=draft.side,
        raw_quantity=draft.raw.rounded() if draft.raw else None,
        bound_quantity=bound,
        quantity=draft.quantity or None,
        price=draft.inputs.price,
        price_source=draft.inputs.price_source,
        notional=draft.notional or None,
        asset_share=_asset_share(draft.assets, draft.value),
        projected_asset_share=_projected_asset_share(draft) if reason is None else None,
        trimmed_by="guardrail" if bound is not None and bound < draft.raw_quantity else None,
    )


def _outcome(reason: Reason | None) -> Outcome:
    if reason is None:
        return "trade"
    return "hold" if reason in HOLDS else "skip"


def _projected_asset_share(draft: Draft) -> Decimal | None:
    gained = draft.notional if draft.side == "BUY" else -draft.notional
    return _asset_share(draft.assets + gained, draft.value - draft.commission)


def _asset_share(assets: Decimal, value: Decimal) -> Decimal | None:
    return Ratio(assets, value).rounded() if value > 0 else None
