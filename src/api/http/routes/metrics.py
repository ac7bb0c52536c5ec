"""How well it went: the measures of DOMAIN §10."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, money, rounded
from api.http.asked import TheHouse, following
from api.http.documents import answers
from api.http.fields import Moment
from api.http.problems import invalid
from api.http.schemas import Measures
from api.wiring import House
from domain import measures as domain
from domain.refusals import NotFound
from projections import measures as rows
from projections import portfolios
from projections import positions as position_rows
from projections.positions import Sources

router = APIRouter(tags=["metrics"])

UpToDate = Depends(following(rows.READ_MODEL.name))

POSITIONS_MAX = 10_000
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
    found = _measured(house, principal, portfolio_id, position_id)
    end = end or house.ledger.clock()
    if start is not None and start > end:
        raise invalid(("from", "The window must begin before it ends."))
    if not found:
        empty = domain.measure([], [], [], start, end, house.sessions.open_seconds)
        return json_answer(encode(_written(empty, None, portfolio_id, position_id)))
    with house.pool.connection() as connection:
        facts = rows.facts(connection, [each.position.id for each in found], end)
    first = min((fact.at for fact in facts), default=end) if start is None else start
    listing_ids = list({each.position.listing_id for each in found})
    marks = house.prices.marks(found[0].portfolio.feed, listing_ids, min(first, end), end)
    measured = [_position(each) for each in found]
    measures = domain.measure(facts, marks, measured, start, end, house.sessions.open_seconds)
    currency = found[0].portfolio.currency
    return json_answer(encode(_written(measures, currency, portfolio_id, position_id)))


def _measured(
    house: House, principal: str, portfolio_id: UUID | None, position_id: UUID | None
) -> list[Sources]:
    if portfolio_id is None and position_id is None:
        raise invalid(("portfolio_id", "Name a portfolio_id or a position_id."))
    with house.pool.connection() as connection:
        if position_id is not None:
            one = position_rows.one(connection, position_id)
            if one is None or one.portfolio.owner != principal:
                raise NotFound("position", position_id)
            if portfolio_id not in (None, one.portfolio.id):
                raise NotFound("position", position_id)
            return [one]
        if portfolio_id is None or portfolios.owner_of(connection, portfolio_id) != principal:
            raise NotFound("portfolio", portfolio_id or "")
        return position_rows.page(connection, principal, portfolio_id, None, POSITIONS_MAX)


def _position(sources: Sources) -> domain.Measured:
    position, settings = sources.position, sources.settings
    return domain.Measured(
        position_id=position.id,
        listing_id=position.listing_id,
        exchange=position.exchange,
        unit_scale=position.unit_scale,
        g_low=settings.g_low,
        g_high=settings.g_high,
    )


def _written(
    measures: domain.Measures, currency: str | None, portfolio_id: UUID | None, position_id: UUID | None
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
        "fees": _money(measures.fees, currency),
        "fee_drag_bps": rounded(measures.fee_drag_bps, BASIS_POINT_FRACTION),
        "return": rounded(measures.time_weighted_return, RATIO_FRACTION),
        "buy_and_hold": rounded(measures.buy_and_hold, RATIO_FRACTION),
        "decisions": measures.decisions,
        "orders_filled": measures.orders_filled,
        "traded_notional": _money(measures.traded_notional, currency),
        "average_value": None if measures.average_value is None else _money(measures.average_value, currency),
    }


def _money(amount: Decimal, currency: str | None) -> str:
    return money(amount, currency or "")
