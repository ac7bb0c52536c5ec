"""Can the data be trusted: how fresh the prices are of what portfolios watch."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.http.answers import encode, json_answer
from api.http.asked import AReading, Reading, own_portfolio
from api.http.documents import answers
from api.http.fresh import Judged, judged
from api.http.schemas.freshness import Freshnesses
from api.http.strict_request import StrictRoute
from domain.watching.trust import Trust
from projections import quarantine

router = APIRouter(tags=["prices"], route_class=StrictRoute)

STOPPED_MAX = 1_000


@router.get("/freshness", responses=answers(Freshnesses), response_model=None)
def get(reading: AReading, portfolio_id: UUID | None = None) -> Response:
    """The newest good price of everything that one's live portfolios watch, or one of them, by symbol."""
    if portfolio_id is not None:
        own_portfolio(reading.house, reading.principal, portfolio_id)
    found = judged(reading, portfolio_id)
    trust = trusted(reading, found, portfolio_id)
    answer = {"sentence": trust.sentence(), "state": trust.state, "alarm": trust.alarm}
    return json_answer(encode(answer | {"items": [each.json for each in found]}))


def trusted(reading: Reading, found: list[Judged], portfolio_id: UUID | None = None) -> Trust:
    """What these prices come to, beside those that were stopped."""
    wanted = quarantine.Wanted(is_open=True, portfolio_id=portfolio_id)
    with reading.house.pool.connection() as connection:
        stopped = quarantine.page(connection, reading.principal, wanted, 0, STOPPED_MAX)
    old = sum(each.freshness.standing != "fresh" for each in found)
    return Trust(len(found), old, len(stopped))
