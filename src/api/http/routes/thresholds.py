"""From when on the gate finds something: thresholds of listings, and tighter ones of portfolios."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.http.answers import encode, json_answer
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.operators import ByOperators
from api.http.schemas import ListingThresholds, PortfolioThresholds
from api.http.strict_request import StrictRoute
from application.quality import thresholds as use_cases
from domain.quality import ThresholdsChange
from domain.quality.thresholds import of_listing
from domain.refusals import NotFound
from projections import gate_rules as rows
from projections import listings

router = APIRouter(tags=["thresholds"], route_class=StrictRoute)


@router.put(
    "/listings/{listing_id}/thresholds",
    responses=answers(ListingThresholds),
    response_model=None,
    dependencies=[ByOperators],
)
def put_listing(house: TheHouse, command: ACommand, listing_id: UUID, body: ThresholdsChange) -> Response:
    """Set the thresholds that prices of a listing are stopped by, for everybody; what is left out has the default."""
    return command.run(
        lambda cause: use_cases.set_for_listing(house.ledger, cause, listing_id, body),
        lambda change: _of_listing(listing_id, change),
    )


@router.get(
    "/listings/{listing_id}/thresholds",
    responses=answers(ListingThresholds),
    response_model=None,
    dependencies=[UpToDate],
)
def get_listing(house: TheHouse, listing_id: UUID) -> Response:
    """The thresholds in force for a listing, and those of them that were set."""
    with house.pool.connection() as connection:
        if listings.one(connection, listing_id) is None:
            raise NotFound("listing", listing_id)
        return json_answer(_of_listing(listing_id, rows.of(connection, listing_id)))


@router.put(
    "/portfolios/{portfolio_id}/thresholds", responses=answers(PortfolioThresholds), response_model=None
)
def put_portfolio(
    house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: ThresholdsChange
) -> Response:
    """Set tighter thresholds by which this portfolio alone is called and frozen; a looser one has no effect."""
    return command.run(
        lambda cause: use_cases.set_for_portfolio(house.ledger, cause, portfolio_id, body),
        lambda change: _of_portfolio(portfolio_id, change),
    )


@router.get(
    "/portfolios/{portfolio_id}/thresholds",
    responses=answers(PortfolioThresholds),
    response_model=None,
    dependencies=[UpToDate],
)
def get_portfolio(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """A portfolio's own thresholds; all others are those of each listing."""
    with house.pool.connection() as connection:
        return json_answer(_of_portfolio(portfolio_id, rows.of(connection, portfolio_id)))


def _of_listing(listing_id: UUID, change: ThresholdsChange) -> bytes:
    return encode(
        {
            "listing_id": listing_id,
            "thresholds": of_listing(change).model_dump(mode="json"),
            "set": sorted(change.given()),
        }
    )


def _of_portfolio(portfolio_id: UUID, change: ThresholdsChange) -> bytes:
    return encode({"portfolio_id": portfolio_id, "thresholds": change.model_dump(mode="json")})
