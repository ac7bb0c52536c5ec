"""How well it went: the measures of DOMAIN §10."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from psycopg import Connection

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, money, rounded
from api.http.asked import TheHouse, following
from api.http.documents import answers
from api.http.fields import Moment
from api.http.problems import invalid
from api.http.schemas import Measures
from domain import measures as domain
from domain.portfolio.state import Portfolio
from domain.refusals import NotFound
from projections import measures as rows
from projections import members, portfolios, position_sources

router = APIRouter(tags=["metrics"])

UpToDate = Depends(following(rows.READ_MODEL.name))

BASIS_POINT_FRACTION = PERCENT_FRACTION = Decimal("0.0001")
RATIO_FRACTION = Decimal("0.000001")

From = Annotated[Moment | None, Query(alias="from", description="Default: the first event")]
To = Annotated[Moment | None, Query(alias="to", description="Default: now")]


@router.get("/metrics", responses=answers(Measures), response_model=None, dependencies=[UpToDate])
def metrics(
    house: TheHouse,
    principal: Principal,
    portfolio_id: UUID | None = None,
    position_id: UUID | None = None,
    start: From = None,
    end: To = None,
) -> Response:
    """The measures of one position, or of a portfolio's positions together, over a window."""
    with house.pool.connection() as connection:
        portfolio = _portfolio(connection, principal, portfolio_id, position_id)
        end = end or house.ledger.clock()
        if start is not None and start > end:
            raise invalid(("from", "The window must begin before it ends."))
        if position_id is None:
            facts = rows.of_portfolio(connection, portfolio.id)
        else:
            facts = rows.of_position(connection, portfolio.id, position_id)
    history = domain.history(facts)
    first = min(start or history.begins or end, end)
    marks = house.prices.marks(portfolio.feed, history.listing_ids, first, end)
    measures = domain.measure(history, marks, start, end, house.sessions.open_seconds)
    return json_answer(encode(_written(measures, portfolio.currency, portfolio_id, position_id)))


def _portfolio(
    connection: Connection[dict[str, Any]],
    principal: str,
    portfolio_id: UUID | None,
    position_id: UUID | None,
) -> Portfolio:
    """The portfolio that is asked about, itself or through its position. Raises NotFound for another person's."""
    if position_id is not None:
        sources = position_sources.one(connection, principal, position_id)
        if sources is None or portfolio_id not in (None, sources.portfolio.id):
            raise NotFound("position", position_id)
        return sources.portfolio
    if portfolio_id is None:
        raise invalid(("portfolio_id", "Name a portfolio_id or a position_id."))
    portfolio = portfolios.one(connection, portfolio_id)
    if portfolio is None or not members.sees(connection, principal, portfolio_id):
        raise NotFound("portfolio", portfolio_id)
    return portfolio


def _written(
    measures: domain.Measures, currency: str, portfolio_id: UUID | None, position_id: UUID | None
) -> dict[str, Any]:
    return {
        "portfolio_id": portfolio_id,
        "position_id": position_id,
        "from": moment(measures.start),
        "to": moment(measures.end),
        "slippage_bps": rounded(measures.slippage_bps, BASIS_POINT_FRACTION),
        "hit_rate": rounded(measures.hit_rate, RATIO_FRACTION),
        "guardrail_time_pct": rounded(measures.guardrail_time_pct, PERCENT_FRACTION),
        "min_notional_skips": measures.skips.get("below_min", 0),
        "skips": measures.skips,
        "turnover": rounded(measures.turnover, RATIO_FRACTION),
        "fees": money(measures.fees, currency),
        "fee_drag_bps": rounded(measures.fee_drag_bps, BASIS_POINT_FRACTION),
        "return": rounded(measures.time_weighted_return, RATIO_FRACTION),
        "buy_and_hold": rounded(measures.buy_and_hold, RATIO_FRACTION),
        "decisions": measures.decisions,
        "orders_filled": measures.orders_filled,
        "traded_notional": money(measures.traded_notional, currency),
        "average_value": None if measures.average_value is None else money(measures.average_value, currency),
    }
