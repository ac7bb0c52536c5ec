"""A row's figures in the units of the books: money in the base currency, prices in the listing's quote unit."""

from collections.abc import Callable
from decimal import Decimal

from domain.listing import Listing
from domain.money import currency_of, notional, quote_scale, round_to_minor_unit
from domain.numbers import EXACT, exactly, shortest
from domain.statements.statement import Figure, Problem, Quantity, Row

ONE = Decimal(1)
NEARLY, PENNIES = Decimal("0.01"), Decimal("0.05")
"""How far a row's own price, quantity and value may disagree: a hundredth, for the rounding of a price."""

Report = Callable[[str, str], None]
"""Told of a column, and of what is wrong with it."""


class Converted:
    """A row in the books' units; what cannot be had in them is a problem."""

    def __init__(self, row: Row, currency: str, listing: Listing | None) -> None:
        self.row = row
        self.currency = currency
        self.listing = listing
        self.problems: list[Problem] = []
        self._require_agreement()

    def report(self, column: str, sentence: str) -> None:
        """Note what is wrong."""
        self.problems.append(Problem(column=column, sentence=sentence))

    @property
    def quantity(self) -> Decimal | None:
        """How many units."""
        figure = self.row.figure("quantity")
        return None if figure is None else figure.value

    def money(self, name: Quantity) -> Decimal | None:
        """An amount in the base currency, as it is booked."""
        figure = self.row.figure(name)
        if figure is None:
            return None
        rate = self._rate(figure)
        return None if rate is None else booked(figure, rate, self.currency)

    def price(self) -> Decimal | None:
        """The price in the listing's quote unit: a file in pounds and a listing in pence are a hundred apart."""
        figure = self.row.figure("price")
        if figure is None or self.listing is None:
            return None
        if currency_of(figure.unit) != self.listing.currency:
            trades = f"{self.listing.symbol} trades in {self.listing.currency} on {self.listing.exchange}"
            self.report(figure.column, f"The price is in {figure.unit}, but {trades}.")
            return None
        return EXACT.divide(figure.in_currency(), self.listing.unit_scale)

    def _rate(self, figure: Figure) -> Decimal | None:
        rate = rate_for(figure, self.row, self.currency)
        if rate is None and figure.unit == self.currency:
            self.report(figure.column, f"The account is not kept in {self.currency}, as the portfolio is.")
        elif rate is None:
            self.report(figure.column, f"This is in {figure.unit}; the books are in {self.currency}.")
        return rate

    @exactly
    def _require_agreement(self) -> None:
        """Price times quantity is the value: else the price is in another unit than it says, or a digit is lost."""
        price, value = self.row.figure("price"), self.row.figure("value")
        if price is None or value is None or self.quantity is None or currency_of(price.unit) != value.unit:
            return
        worth = notional(abs(self.quantity), price.value, _per_unit(price), value.unit)
        if abs(worth - abs(value.value)) > max(worth * NEARLY, PENNIES):
            shown = f"{shortest(abs(self.quantity))} at {price.raw} {price.unit} come to {worth} {value.unit}"
            self.report(price.column, f"{shown}, but {value.column} says {value.raw}.")


def rate_for(figure: Figure, row: Row, currency: str) -> Decimal | None:
    """What a figure is multiplied by for the base currency; None when its row does not say."""
    if figure.unit == currency:
        return ONE if row.rate in (None, ONE) else None
    return row.rate


@exactly
def booked(figure: Figure, rate: Decimal, currency: str) -> Decimal:
    """An amount of a file in the base currency, rounded once."""
    return round_to_minor_unit(figure.value * rate, currency)


def _per_unit(price: Figure) -> Decimal:
    return quote_scale(currency_of(price.unit), price.unit)
