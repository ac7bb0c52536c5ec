"""Exchange rates: taken in through a gate of their own, and shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field, StrictBool, model_validator

from api.http.answers import decimal, encode, moment, page_answer, renamed
from api.http.asked import After, Limit, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Currency, Moment, parse_moment
from api.http.operators import ByOperators
from api.http.problems import invalid
from api.http.schemas.answer import Page
from api.http.schemas.fx import FxRate, FxTaken
from api.http.strict_request import StrictRoute
from application.ledger import Cause, Outcome
from application.market_data.take_rates import Found, TakenRates
from domain.fx import Pair, Rate
from domain.numbers import WireDecimal

router = APIRouter(tags=["prices"], route_class=StrictRoute)

RATES_MAX = 1_000

Source = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
OneOf = Annotated[str | None, Query(pattern=r"^[A-Z]{3}$")]


class RateIn(Body):
    """What one unit of ``base`` costs in ``quote``."""

    base: Currency
    quote: Currency
    as_of: Moment
    rate: WireDecimal
    source: Source = "api"

    @model_validator(mode="after")
    def _of_two_currencies(self) -> "RateIn":
        if self.base == self.quote:
            raise ValueError(f"must be of two currencies: {self.base} in {self.quote} is no rate")
        return self


class Rates(Body):
    """``believed`` is a person's word that a rate far from the one before is so."""

    rates: list[RateIn] = Field(max_length=RATES_MAX)
    believed: StrictBool = False


@router.post("/fx-rates", responses=answers(FxTaken), response_model=None, dependencies=[ByOperators])
def take(house: TheHouse, command: ACommand, body: Rates) -> Response:
    """Take rates in; sending them again changes nothing. One more than half away from the last is quarantined."""
    rates = [Rate(Pair(each.base, each.quote), each.as_of, each.rate, each.source) for each in body.rates]

    def taken(cause: Cause) -> Outcome[TakenRates]:
        found = house.take_rates(rates, believed=body.believed)
        return house.ledger.transact(cause, lambda _: found)

    return command.run(taken, _written)


@router.get("/fx-rates", responses=answers(Page[FxRate]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    base: OneOf = None,
    quote: OneOf = None,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Stored rates, oldest first; quarantined ones carry the rule that stopped them."""
    found = house.fx_rates.page(base, quote, _rate_after(after), limit)
    names = {name: name for name in FxRate.model_fields}
    items = [renamed(row, **names) for row in found]
    cursor = None
    if len(items) == limit:
        cursor = "|".join(items[-1][name] for name in ("as_of", "base", "quote", "source"))
    return page_answer(items, cursor)


def _rate_after(after: str | None) -> tuple[datetime, str, str, str] | None:
    if after is None:
        return None
    try:
        at, base, quote, source = after.replace("\x00", "").split("|", 3)
        return parse_moment(at), base, quote, source
    except ValueError:
        raise invalid(("after", "This is no cursor of this list.")) from None


def _written(taken: TakenRates) -> bytes:
    return encode(
        {
            "accepted": taken.accepted,
            "duplicates": taken.duplicates,
            "quarantined": _found(taken.quarantined),
            "rejected": _found(taken.rejected),
        }
    )


def _found(found: Sequence[Found]) -> list[dict[str, Any]]:
    return [
        {
            "base": rate.pair.base,
            "quote": rate.pair.quote,
            "as_of": moment(rate.as_of),
            "rate": decimal(rate.rate),
            "rule": finding.rule,
            "severity": finding.severity,
            "observed": finding.observed,
            "expected": finding.expected,
        }
        for rate, finding in found
    ]
