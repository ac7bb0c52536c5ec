"""Trades, dividends and splits of one position, written naively: everything is known when it happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Happening:
    """``amount`` is shares bought (sold below zero), the dividend per share, or the split's ratio.

    ``told_at`` is when it is heard of.
    """

    at: datetime
    told_at: datetime
    kind: Literal["trade", "dividend", "split"]
    amount: Decimal
    price: Decimal = Decimal(0)
    paid_at: datetime | None = None


@dataclass
class NaiveAccount:
    """Shares, cash, what is owed, and the anchor: the last trade's price, moved along by what came since."""

    shares: Decimal
    cash: Decimal
    anchor: Decimal
    tax: Decimal
    owed: Decimal = Decimal(0)

    def live(self, happenings: Sequence[Happening], until: datetime) -> None:
        """Let it all happen in its order. Trades never take place in an ex-date's night here."""
        steps = [(each.at, 1, each) for each in happenings]
        steps += [(each.paid_at, 0, each) for each in happenings if each.paid_at]
        nets: dict[Happening, Decimal] = {}
        for at, is_effect, each in sorted(steps, key=lambda step: step[:2]):
            if at > until:
                return
            if not is_effect:
                self.cash, self.owed = self.cash + nets[each], self.owed - nets[each]
            elif each.kind == "split":
                self.shares, self.anchor = self.shares * each.amount, self.anchor / each.amount
            elif each.kind == "dividend":
                gross = (self.shares * each.amount).quantize(CENT)
                nets[each] = gross - (gross * self.tax).quantize(CENT)
                self.owed += nets[each]
                self.anchor -= each.amount
            else:
                self.shares += each.amount
                self.cash -= (each.amount * each.price).quantize(CENT)
                self.anchor = each.price
