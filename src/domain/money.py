"""Money, its currency's minor unit, and the units that prices are quoted in (DOMAIN §1)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Self

from domain.numbers import EXACT, is_multiple

ZERO = Decimal(0)

# ISO 4217 lists the exponent of each currency; two is its default.
MINOR_UNIT_EXPONENTS = {
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip

# Quote units that are a fraction of a currency: unit -> (currency, units of currency in one).
MINOR_QUOTE_UNITS = {
    "GBX": ("GBP", Decimal("0.01")),
    "ZAC": ("ZAR", Decimal("0.01")),
    "ILA": ("ILS", Decimal("0.01")),
    "USX": ("USD", Decimal("0.01")),
    "EUX": ("EUR", Decimal("0.01")),
    "KWF": ("KWD", Decimal("0.001")),
}

CALLED = {"GBX": "pence", "ZAC": "cents", "ILA": "agorot", "USX": "cents", "EUX": "cents", "KWF": "fils"}
"""What people call them."""

# What exchanges and providers call some of them. Case counts here: GBp are pence, GBP are pounds.
OTHER_NAMES = {"GBp": "GBX", "USc": "USX", "EUc": "EUX"}

WRITTEN = {"ZAC": "ZAc"}
"""How a unit is written, where that is not in capital letters."""


def minor_unit(currency: str) -> Decimal:
    """The smallest bookable amount of a currency: 0.01 for USD, 1 for JPY."""
    return Decimal(1).scaleb(-MINOR_UNIT_EXPONENTS.get(currency, 2))


def too_fine(amount: Decimal, currency: str) -> str | None:
    """Why an amount cannot be booked as it is; None when it is in whole minor units."""
    if is_multiple(amount, minor_unit(currency)):
        return None
    return f"The smallest amount of {currency} is {minor_unit(currency)}."


def round_to_minor_unit(amount: Decimal, currency: str) -> Decimal:
    """Round half-even to the currency's minor unit, as every booked amount is."""
    return amount.quantize(minor_unit(currency), ROUND_HALF_EVEN, EXACT)


def notional(quantity: Decimal, price: Decimal, unit_scale: Decimal, currency: str) -> Decimal:
    """What a quantity is worth in booked money: the product is exact and rounds once (DOMAIN §3)."""
    with localcontext(EXACT):
        return round_to_minor_unit(quantity * price * unit_scale, currency)


def quote_scale(currency: str, quote_unit: str) -> Decimal:
    """How much of ``currency`` one ``quote_unit`` is: 0.01 for GBX in GBP, 1 for USD in USD.

    Raises ValueError when the unit does not belong to the currency.
    """
    return Decimal(1) if quote_unit == currency else MINOR_QUOTE_UNITS[_minor(currency, quote_unit)][1]


def quote_unit(currency: str, name: str) -> str:
    """A quote unit as it is written here, whatever it was called: GBX for GBp, ZAc for ZAC, USD for USD.

    Raises ValueError when the unit does not belong to the currency.
    """
    if name == currency:
        return name
    unit = _minor(currency, name)
    return WRITTEN.get(unit, unit)


def currency_of(unit: str) -> str:
    """The currency that a quote unit belongs to: GBP for GBX and GBp, and for GBP."""
    name = OTHER_NAMES.get(unit, unit)
    return MINOR_QUOTE_UNITS[name.upper()][0] if name.upper() in MINOR_QUOTE_UNITS else unit


def _minor(currency: str, name: str) -> str:
    unit = OTHER_NAMES.get(name, name).upper()
    if unit not in MINOR_QUOTE_UNITS or MINOR_QUOTE_UNITS[unit][0] != currency:
        raise ValueError(f"{name} is not a unit of {currency}")
    return unit


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Adding two raises ValueError: there is no hidden exchange rate."""

    amount: Decimal
    currency: str

    def __add__(self, other: Self) -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def to_minor_units(self) -> "Money":
        """This amount as it is booked: half-even to the minor unit."""
        return Money(round_to_minor_unit(self.amount, self.currency), self.currency)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} with {other.currency}")
        return other.amount
