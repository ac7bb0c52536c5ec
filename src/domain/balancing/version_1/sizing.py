"""How much to trade, as exact ratios: the sizing rules of DOMAIN §2.3 and the guardrail's bound of §2.4."""

from collections.abc import Callable
from decimal import Decimal

from domain.balancing.exact import Ratio
from domain.balancing.version_1.draft import Draft
from domain.settings import Sizing

ONE = Decimal(1)
BASIS_POINT = Decimal("0.0001")


def anchor_ratio(draft: Draft) -> Ratio:
    """``anchor/P · r · V/P``, the seed's rule."""
    inputs = draft.inputs
    return Ratio(inputs.anchor * inputs.settings.r * draft.value, draft.price * draft.unit_value)


def proportional(draft: Draft) -> Ratio:
    """``|anchor/P − 1| · r · V/P``: the further the move, the larger the trade."""
    inputs = draft.inputs
    distance = abs(inputs.anchor - draft.price)
    return Ratio(distance * inputs.settings.r * draft.value, draft.price * draft.unit_value)


def fixed_fraction(draft: Draft) -> Ratio:
    """``cash · r / P`` to buy, ``shares · r`` to sell."""
    inputs = draft.inputs
    if draft.side == "BUY":
        return Ratio(inputs.cash * inputs.settings.r, draft.unit_value)
    return Ratio(inputs.shares * inputs.settings.r, ONE)


SIZINGS: dict[Sizing, Callable[[Draft], Ratio]] = {
    "anchor_ratio": anchor_ratio,
    "proportional": proportional,
    "fixed_fraction": fixed_fraction,
}


def trade_to(draft: Draft, asset_share: Decimal) -> Ratio:
    """The quantity that leads to ``asset_share``, commission counted; below zero when already past it."""
    gap = asset_share * draft.value - draft.assets
    fee = asset_share * draft.inputs.settings.commission_bps * BASIS_POINT
    if draft.side == "BUY":
        return Ratio(gap, draft.unit_value * (ONE + fee))
    return Ratio(-gap, draft.unit_value * (ONE - fee))
