"""What a portfolio was worth, day by day."""

from datetime import date
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Response

from api.http.answers import money, page_answer, rounded
from api.http.asked import After, Limit, OwnPortfolio, TheHouse, UpToDate
from api.http.documents import answers
from api.http.problems import invalid
from api.http.schemas import Page
from api.http.schemas.value import CloseOfDay
from domain import valuation as domain
from domain.refusals import NotFound
from projections import portfolios

router = APIRouter(prefix="/portfolios", tags=["portfolios"])

UNIT_FRACTION = DRAWDOWN_FRACTION = Decimal("0.000001")


@router.get(
    "/{portfolio_id}/value", responses=answers(Page[CloseOfDay]), response_model=None, dependencies=[UpToDate]
)
def value(house: TheHouse, portfolio_id: OwnPortfolio, after: After = None, limit: Limit = 100) -> Response:
    """Its value at the end of each day on which something was booked or priced, oldest first; today's as it stands.

    Deposits and withdrawals are no gain or loss: ``unit_value`` is what one of the day's units is worth, 1 at first.
    """
    begin = _day_after(after)
    with house.pool.connection() as connection:
        portfolio = portfolios.one(connection, portfolio_id)
    if portfolio is None:
        raise NotFound("portfolio", portfolio_id)
    found = house.value_history(portfolio_id, house.ledger.clock(), begin)[:limit]
    cursor = found[-1].day.isoformat() if len(found) == limit else None
    return page_answer([_json(each, portfolio.currency) for each in found], cursor)


def _day_after(after: str | None) -> date:
    try:
        return date.min if after is None else date.fromisoformat(after)
    except ValueError:
        raise invalid(("after", "This is no cursor of this list.")) from None


def _json(close: domain.CloseOfDay, currency: str) -> dict[str, Any]:
    return {
        "day": close.day.isoformat(),
        "value": money(close.value, currency),
        "flows": money(close.flows, currency),
        "unit_value": rounded(close.unit_value, UNIT_FRACTION),
        "drawdown": rounded(close.drawdown, DRAWDOWN_FRACTION),
    }
