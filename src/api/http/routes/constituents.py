"""What a portfolio is made of: its listings, their sleeves and roles."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, StrictBool

from api.http.answers import encode, json_answer
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Label
from api.http.schemas import Constituent, Page
from api.http.strict_request import StrictRoute
from application.registry import constituents as use_cases
from application.registry.constituents import Placed
from domain.portfolio import events as domain
from domain.portfolio.events import Role
from projections import constituents as rows

router = APIRouter(prefix="/portfolios", tags=["portfolios"], route_class=StrictRoute)

CONSTITUENTS_MAX = 1_000


class ConstituentIn(Body):
    """``priority`` is the place in the list when it is left out; the lowest of a sleeve is bought first."""

    listing_id: UUID
    sleeve: Label
    role: Role = "invested"
    priority: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] | None = None
    monitored: StrictBool = True


class Constituents(Body):
    """The whole list: what is not in it is no constituent any more."""

    constituents: list[ConstituentIn] = Field(max_length=CONSTITUENTS_MAX)


@router.put("/{portfolio_id}/constituents", responses=answers(Page[Constituent]), response_model=None)
def put(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Constituents) -> Response:
    """Make the list what it says, whole. An entry that cannot be is named, and then nothing is stored."""
    wanted = [_constituent(place, each) for place, each in enumerate(body.constituents, start=1)]
    return command.run(lambda cause: use_cases.put(house.ledger, cause, portfolio_id, wanted), _written)


@router.get(
    "/{portfolio_id}/constituents",
    responses=answers(Page[Constituent]),
    response_model=None,
    dependencies=[UpToDate],
)
def get(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """Its constituents in the order of priority."""
    with house.pool.connection() as connection:
        found = rows.of_portfolio(connection, portfolio_id)
    return json_answer(_page([{name: row[name] for name in Constituent.model_fields} for row in found]))


def _constituent(place: int, given: ConstituentIn) -> domain.Constituent:
    return domain.Constituent(
        listing_id=given.listing_id,
        sleeve=given.sleeve,
        role=given.role,
        priority=place if given.priority is None else given.priority,
        monitored=given.monitored,
    )


def _written(placed: list[Placed]) -> bytes:
    return _page(
        [
            {
                "listing_id": listing.id,
                "symbol": listing.symbol,
                "exchange": listing.exchange,
                "currency": listing.currency,
                "sleeve": constituent.sleeve,
                "role": constituent.role,
                "priority": constituent.priority,
                "monitored": constituent.monitored,
            }
            for constituent, listing in placed
        ]
    )


def _page(items: list[dict[str, Any]]) -> bytes:
    return encode({"items": items, "next": None})
