"""How far a price may be from the one that was decided on (DOMAIN §3)."""

from decimal import Decimal, localcontext

from domain.numbers import EXACT

COLLAR = Decimal("0.05")


def is_within(decided: Decimal, price: Decimal) -> bool:
    """Whether a price lies within five per cent of the one that something was decided on."""
    with localcontext(EXACT):
        return abs(price - decided) <= decided * COLLAR
