"""Quotes as clients post them: read strictly and quickly, and refused where they cannot be prices."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import Request

from api.http.field_errors import as_sentence
from api.http.fields import parse_moment
from api.http.problems import invalid
from domain.numbers import PLAIN_DECIMAL, parse_decimal
from domain.price_point import PricePoint
from domain.quality import Finding, Observation, Thresholds, verdict
from domain.refusals import FieldError

PRICES = ("last", "bid", "ask", "open", "high", "low")


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    """A quote as it comes, or a bar whose close is ``last``. ``currency`` and ``unit`` are for the gate to judge."""

    listing_id: UUID
    as_of: str
    last: str | None = None
    bid: str | None = None
    ask: str | None = None
    open: str | None = None
    high: str | None = None
    low: str | None = None
    currency: str | None = None
    unit: str | None = None
    is_close: bool = False
    source: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._:-]{1,64}$")] = "api"


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    """What is posted."""

    quotes: list[QuoteIn]


DECIMAL = {"type": "string", "pattern": f"^{PLAIN_DECIMAL.pattern}$"}
QUOTE = {
    "type": "object",
    "required": ["listing_id", "as_of"],
    "additionalProperties": False,
    "properties": {
        "listing_id": {"type": "string", "format": "uuid"},
        **dict.fromkeys(PRICES, DECIMAL),
        "as_of": {"type": "string", "format": "date-time"},
        "currency": {"type": "string"},
        "unit": {"type": "string"},
        "is_close": {"type": "boolean", "default": False},
        "source": {"type": "string", "default": "api"},
    },
}
BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["quotes"],
                "additionalProperties": False,
                "properties": {"quotes": {"type": "array", "items": QUOTE}},
            }
        }
    },
}


async def a_batch(request: Request) -> Batch:
    """The quotes of a request. Raises Problem for whatever is not exactly that."""
    try:
        return msgspec.convert(await request.json(), Batch)
    except msgspec.ValidationError as error:
        raise invalid(_field_error(str(error))) from error
    except UnicodeEncodeError as error:
        raise invalid(("body", "A text in it holds half a letter: a lone surrogate.")) from error


def as_point(quote: QuoteIn) -> PricePoint | FieldError:
    """The price that a quote is, or what keeps it from being read."""
    field = "as_of"
    numbers: dict[str, Decimal | None] = {}
    try:
        as_of = parse_moment(quote.as_of)
        for field in PRICES:
            text: str | None = getattr(quote, field)
            numbers[field] = None if text is None else parse_decimal(text)
    except ValueError as error:
        return field, as_sentence(str(error))
    return PricePoint(
        listing_id=quote.listing_id,
        as_of=as_of,
        is_close=quote.is_close,
        source=quote.source,
        currency=quote.currency,
        unit=quote.unit,
        last=numbers["last"],
        bid=numbers["bid"],
        ask=numbers["ask"],
        open=numbers["open"],
        high=numbers["high"],
        low=numbers["low"],
    )


def objections(point: PricePoint, thresholds: Thresholds, now: datetime) -> Iterator[FieldError]:
    """Why a price is not let in; what is judged against other prices is for the gate."""
    found = verdict(Observation(point, now, thresholds))
    if found is not None and found.severity == "REJECT":
        yield _field_of(found, point), f"{REFUSED[found.rule]} ({found.observed})."
    elif point.value is None:
        yield "last", "A quote needs last, or bid and ask."


REFUSED = {
    "non_positive": "A price must be above zero",
    "future": "The time lies too far in the future",
    "crossed": "The bid is above the ask",
    "bad_bar": "Open and close must lie between low and high",
}


def _field_of(found: Finding, point: PricePoint) -> str:
    match found.rule:
        case "non_positive":
            prices = ((name, getattr(point, name)) for name in PRICES)
            return next(name for name, price in prices if price is not None and price <= 0)
        case "future":
            return "as_of"
        case "crossed":
            return "bid"
        case _:
            return "low"


def _field_error(message: str) -> FieldError:
    """For clients, what msgspec says like ``Expected `str | null`, got `int` - at `$.quotes[3].last```."""
    sentence, _, where = message.partition(" - at `$")
    field = where.removesuffix("`").lstrip(".") or "body"
    if sentence.startswith("Expected `str | null`"):
        sentence = 'Must be a decimal in a string, such as "10.00"'
    return field, f"{sentence}."
