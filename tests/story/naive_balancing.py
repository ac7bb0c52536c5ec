"""The balancing rule once more, naively, from DOMAIN §2 and §3 alone: what a replay's summary must say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any

CENT = Decimal("0.01")
BASIS_POINT = Decimal("0.0001")


@dataclass
class Account:
    """A replay's beginning and settings; ``scale`` is what one unit of price is in the currency."""

    cash: Decimal
    shares: Decimal
    sizing: str
    r: Decimal
    tau: Decimal
    min_notional: Decimal
    slippage: Decimal
    commission: Decimal
    scale: Decimal = Decimal(1)
    g_low: Decimal = Decimal("0.25")
    g_high: Decimal = Decimal("0.75")
    sides: Counter[str] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)
    fees: Decimal = Decimal(0)

    def replayed(self, closes: Sequence[Decimal]) -> dict[str, Any]:
        """Decide on every close and fill at once."""
        bought_at, worth = closes[0] * self.scale, self.cash + self.shares * closes[0] * self.scale
        held = (worth / bought_at).to_integral_value(ROUND_FLOOR)
        anchor = closes[0]
        for close in closes:
            sign = -1 if close >= anchor * (1 + self.tau) else 1 if close <= anchor * (1 - self.tau) else 0
            decided = self._decided(sign, close, anchor) if sign else None
            if isinstance(decided, str):
                self.skips[decided] += 1
            elif decided:
                anchor = close * (1 + sign * self.slippage * BASIS_POINT)
                self._fill(sign, decided, decided * anchor * self.scale)
        last = closes[-1] * self.scale
        return {
            "bars": len(closes),
            "trades": self.sides.total(),
            "buys": self.sides["BUY"],
            "sells": self.sides["SELL"],
            "skips": dict(self.skips),
            "fees": self.fees,
            "shares": self.shares,
            "cash": self.cash,
            "final_value": (self.shares * last + self.cash).quantize(CENT),
            "buy_and_hold": (worth + held * (last - bought_at)).quantize(CENT),
        }

    def _decided(self, sign: int, close: Decimal, anchor: Decimal) -> Decimal | str:
        price, c = close * self.scale, self.commission * BASIS_POINT
        assets = self.shares * price
        value = assets + self.cash
        raw = {
            "anchor_ratio": anchor / close * self.r * value / price,
            "proportional": abs(anchor / close - 1) * self.r * value / price,
            "fixed_fraction": self.cash * self.r / price if sign > 0 else self.shares * self.r,
        }[self.sizing]
        edge = self.g_high if sign > 0 else self.g_low
        bound = sign * (edge * value - assets) / (price * (1 + sign * edge * c))
        quantity = min(raw, bound).to_integral_value(ROUND_FLOOR)
        if bound < 1:
            return "guardrail"
        if quantity < 1 or quantity * price < self.min_notional:
            return "below_min"
        if sign > 0 and self.cash < quantity * price * (1 + c):
            return "insufficient_cash"
        return quantity

    def _fill(self, sign: int, quantity: Decimal, paid: Decimal) -> None:
        fee = (paid * self.commission * BASIS_POINT).quantize(CENT)
        self.shares += sign * quantity
        self.cash -= sign * paid.quantize(CENT) + fee
        self.fees += fee
        self.sides["BUY" if sign > 0 else "SELL"] += 1
