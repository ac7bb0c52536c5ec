"""Prices from outside: read strictly and quickly, then judged by the gate."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from api.http.answers import decimal, encode, moment
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import parse_moment
from api.http.problems import as_sentence, invalid
from api.http.schemas import Ingested
from api.http.strict_request import MEBIBYTE, StrictRequest, StrictRoute
from application.ingest_prices import Taken
from application.ledger import Cause, Outcome
from application.ports import PricePoint
from domain.numbers import PLAIN_DECIMAL, parse_decimal
from domain.quality import Finding
from domain.refusals import FieldError
from projections import listings

AHEAD_MAX = timedelta(seconds=5)
ERRORS_MAX = 20


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    """A quote as it comes; ``currency`` and ``unit`` are checked against the listing's."""

    listing_id: UUID
    as_of: str
    last: str | None = None
    bid: str | None = None
    ask: str | None = None
    currency: str | None = None
    unit: str | None = None
    is_close: bool = False
    source: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._:-]{1,64}$")] = "api"


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    """What is posted."""

    quotes: list[QuoteIn]


class LargeRequest(StrictRequest):
    """A request that may carry many quotes."""

    body_bytes_max = 8 * MEBIBYTE


class LargeRoute(StrictRoute):
    """A route for such requests."""

    request_class = LargeRequest


router = APIRouter(tags=["prices"], route_class=LargeRoute)

DECIMAL = {"type": "string", "pattern": f"^{PLAIN_DECIMAL.pattern}$"}
QUOTE = {
    "type": "object",
    "required": ["listing_id", "as_of"],
    "additionalProperties": False,
    "properties": {
        "listing_id": {"type": "string", "format": "uuid"},
        "last": DECIMAL,
        "bid": DECIMAL,
        "ask": DECIMAL,
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


@router.post("/prices", responses=answers(Ingested), response_model=None, openapi_extra={"requestBody": BODY})
def ingest(house: TheHouse, command: ACommand, batch: Annotated[Batch, Depends(a_batch)]) -> Response:
    """Take prices in; sending them again changes nothing. What the gate stops is answered as a finding."""
    with house.pool.connection() as connection:
        known = listings.by_ids(connection, list({quote.listing_id for quote in batch.quotes}))
    latest = house.ledger.clock() + AHEAD_MAX
    points: list[PricePoint] = []
    errors: list[FieldError] = []
    for number, quote in enumerate(batch.quotes):
        point = _point(quote)
        found = [*point] if isinstance(point, tuple) else []
        if isinstance(point, PricePoint):
            found += _objections(quote, point, known.get(quote.listing_id))
            if point.as_of > latest:
                found.append(("as_of", "The time lies more than 5 s in the future."))
            points.append(point)
        errors += [(f"quotes[{number}].{field}", sentence) for field, sentence in found]
    if errors:
        raise invalid(*errors[:ERRORS_MAX])

    def take(cause: Cause) -> Outcome[Taken]:
        taken = house.ingest_prices(points) if points else Taken()
        return house.ledger.transact(cause, lambda _: taken)

    return command.run(take, _written)


def _field_error(message: str) -> FieldError:
    """For clients, what msgspec says like ``Expected `str | null`, got `int` - at `$.quotes[3].last```."""
    sentence, _, where = message.partition(" - at `$")
    field = where.removesuffix("`").lstrip(".") or "body"
    if sentence.startswith("Expected `str | null`"):
        sentence = 'Must be a decimal in a string, such as "10.00"'
    return field, f"{sentence}."


def _point(quote: QuoteIn) -> PricePoint | tuple[FieldError, ...]:
    """The price that a quote is, or what keeps it from being one."""
    field = "last"
    try:
        last = _positive(quote.last)
        field = "bid"
        bid = _positive(quote.bid)
        field = "ask"
        ask = _positive(quote.ask)
        field = "as_of"
        as_of = parse_moment(quote.as_of)
    except ValueError as error:
        return ((field, as_sentence(str(error))),)
    return PricePoint(
        listing_id=quote.listing_id,
        as_of=as_of,
        last=last,
        bid=bid,
        ask=ask,
        is_close=quote.is_close,
        source=quote.source,
    )


def _positive(text: str | None) -> Decimal | None:
    if text is None:
        return None
    number = parse_decimal(text)
    if number <= 0:
        raise ValueError("must be above zero")
    return number


def _objections(quote: QuoteIn, point: PricePoint, listing: dict[str, Any] | None) -> Iterator[FieldError]:
    if listing is None:
        yield "listing_id", f"There is no listing {quote.listing_id}."
        return
    if quote.currency is not None and quote.currency != listing["currency"]:
        yield "currency", f"The listing trades in {listing['currency']}."
    if quote.unit is not None and quote.unit != listing["quote_unit"]:
        yield "unit", f"The listing is quoted in {listing['quote_unit']}."
    if point.value is None:
        yield "last", "A quote needs last, or bid and ask."
    elif point.bid is not None and point.ask is not None and point.bid > point.ask:
        yield "bid", "The bid is above the ask."


def _written(taken: Taken) -> bytes:
    return encode(
        {
            "accepted": taken.accepted,
            "duplicates": taken.duplicates,
            "quarantined": _quarantined(taken.quarantined),
        }
    )


def _quarantined(found: Sequence[tuple[PricePoint, Finding]]) -> list[dict[str, Any]]:
    return [
        {
            "listing_id": point.listing_id,
            "rule": finding.rule,
            "severity": finding.severity,
            "observed": finding.observed,
            "expected": finding.expected,
            "as_of": moment(point.as_of),
            "price": decimal(point.value),
        }
        for point, finding in found
    ]
