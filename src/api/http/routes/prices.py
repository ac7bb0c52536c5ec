"""Prices from outside: read strictly and quickly, then judged by the gate."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.http.acting import ForTheHouse
from api.http.answers import decimal, encode, moment
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.operators import ByOperators
from api.http.problems import invalid
from api.http.quote_body import BODY, Batch, a_batch, as_point, objections
from api.http.schemas import Ingested
from api.http.strict_request import MEBIBYTE, StrictRequest, StrictRoute
from application.ingest_prices import Taken
from application.ledger import Cause, Outcome
from application.ports import PricePoint
from domain.quality import DEFAULTS, Finding
from domain.refusals import FieldError
from projections import listings

ERRORS_MAX = 20


class LargeRequest(StrictRequest):
    """A request that may carry many quotes."""

    body_bytes_max = 8 * MEBIBYTE


class LargeRoute(StrictRoute):
    """A route for such requests."""

    request_class = LargeRequest


router = APIRouter(tags=["prices"], route_class=LargeRoute)


@router.post(
    "/prices",
    responses=answers(Ingested),
    response_model=None,
    openapi_extra={"requestBody": BODY},
    dependencies=[ForTheHouse, ByOperators],
)
def ingest(house: TheHouse, command: ACommand, batch: Annotated[Batch, Depends(a_batch)]) -> Response:
    """Take prices in; sending them again changes nothing. What the gate stops is answered as a finding."""
    with house.pool.connection() as connection:
        known = listings.by_ids(connection, list({quote.listing_id for quote in batch.quotes}))
    now = house.ledger.clock()
    points: list[PricePoint] = []
    errors: list[FieldError] = []
    for number, quote in enumerate(batch.quotes):
        point = as_point(quote)
        found: list[FieldError]
        if isinstance(point, PricePoint):
            found = [*objections(point, DEFAULTS, now)]
            points.append(point)
        else:
            found = [point]
        if quote.listing_id not in known:
            found.append(("listing_id", f"There is no listing {quote.listing_id}."))
        errors += [(f"quotes[{number}].{field}", sentence) for field, sentence in found]
    if errors:
        raise invalid(*errors[:ERRORS_MAX])

    def take(cause: Cause) -> Outcome[Taken]:
        taken = house.ingest_prices(points) if points else Taken()
        return house.ledger.transact(cause, lambda _: taken)

    return command.run(take, _written)


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
