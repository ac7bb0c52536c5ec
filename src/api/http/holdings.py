"""A holding as clients see it: costs and value in the portfolio's currency, the price in the quote unit."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Any

from api.http.answers import decimal, money
from domain.fx import Converted, FxProblem, Rate, convert
from domain.money import Money, quote_scale, round_to_minor_unit
from domain.numbers import EXACT


def holding_json(row: dict[str, Any], rates: Sequence[Rate], now: datetime) -> dict[str, Any]:
    """A row of ``projections.balances.holdings_of``, valued by the latest good exchange rates."""
    quantity, base = row["quantity"], row["base_currency"]
    value = _value(row, rates, now)
    return {
        "listing_id": row["listing_id"],
        "symbol": row["symbol"],
        "quantity": decimal(quantity),
        "book_cost": money(row["book_cost"], base),
        "average_cost": decimal(round_to_minor_unit(row["book_cost"] / quantity, base)),
        "price": decimal(row["price"]),
        "quote_unit": row["quote_unit"],
        "value": None if isinstance(value, str) else decimal(value),
        "value_currency": base,
        "no_value_because": value if isinstance(value, str) else None,
    }


def _value(row: dict[str, Any], rates: Sequence[Rate], now: datetime) -> Decimal | FxProblem | str:
    """What it is worth in the portfolio's currency, or why nobody can say."""
    currency, price = row["currency"], row["price"]
    if price is None:
        return "no_price"
    with localcontext(EXACT):
        exact = Money(row["quantity"] * price * quote_scale(currency, row["quote_unit"]), currency)
    converted = convert(exact, row["base_currency"], rates, now)
    return converted.money.to_minor_units().amount if isinstance(converted, Converted) else converted
