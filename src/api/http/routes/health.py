"""Is it alive, is it ready, may it trade."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.http.access import ACaller, Principal
from api.http.acting import ForTheHouse
from api.http.answers import encode, json_answer
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.operators import ByOperators
from api.http.process_metrics import ProcessMetrics
from api.http.readiness import Readiness
from api.http.schemas import Answer, Live, Trading
from api.http.schemas import Ready as DependenciesReady
from api.http.standing import Standing
from domain.portfolio.state import LIVE_FEED
from projections import orders, portfolios

router = APIRouter(tags=["health"])

UNAVAILABLE = 503
WORD = {True: "ready", False: "not_ready"}


class CalendarEnding(Answer):
    """Nothing is decided on an exchange after its last known day; null: no calendar is known for it at all."""

    name: Literal["calendar"]
    exchange: str
    last_day: date | None
    detail: str


class Ready(DependenciesReady):
    """``warnings`` fail nothing yet, but will; the field is there when there are any.

    Who has not signed in, where people do, is told the status and nothing else.
    """

    warnings: tuple[CalendarEnding, ...] = ()


async def the_standing(request: Request) -> Standing:
    """Who to ask how things stand."""
    standing: Standing = request.app.state.standing
    return standing


async def the_readiness(request: Request) -> Readiness:
    """What strangers are told."""
    readiness: Readiness = request.app.state.readiness
    return readiness


async def the_process_metrics(request: Request) -> ProcessMetrics:
    """The metrics of this process."""
    process_metrics: ProcessMetrics = request.app.state.process_metrics
    return process_metrics


TheStanding = Annotated[Standing, Depends(the_standing)]
TheReadiness = Annotated[Readiness, Depends(the_readiness)]
TheProcessMetrics = Annotated[ProcessMetrics, Depends(the_process_metrics)]


@router.get("/health/live", responses=answers(Live), response_model=None)
async def live() -> Response:
    """The process serves requests, whatever else is wrong."""
    return json_answer(b'{"status":"live"}')


@router.get(
    "/health/ready", responses=answers(Ready, s503=Ready), response_model=None, dependencies=[ForTheHouse]
)
def ready(request: Request, standing: TheStanding, readiness: TheReadiness, caller: ACaller) -> Response:
    """Whether every dependency answers, and how far the read models are behind; 503 while one does not.

    Calendars that end within ninety days, of exchanges that listings name, are warned of. Where people sign in, nobody
    else is told more than the status.
    """
    if caller is None and request.app.state.auth != "open":
        ok = readiness()
        return json_answer(encode({"status": WORD[ok]}), 200 if ok else UNAVAILABLE)
    log = standing.log()
    dependencies = [
        {"name": "database", "ok": log is not None},
        {"name": "redis", "ok": standing.redis()},
    ]
    ok = all(each["ok"] for each in dependencies)
    content = {
        "status": WORD[ok],
        "dependencies": dependencies,
        "projections": log.followers if log else [],
        "reconciliation_age_seconds": standing.reconciliation_age_seconds(),
        "dead_letters": log.dead_letters if log else None,
    } | _warnings(standing)
    return json_answer(encode(content), 200 if ok else UNAVAILABLE)


def _warnings(standing: Standing) -> dict[str, Any]:
    warnings = [
        {
            "name": "calendar",
            "exchange": warning.exchange,
            "last_day": warning.last.isoformat() if warning.last else None,
            "detail": warning.sentence,
        }
        for warning in standing.calendars()
    ]
    return {"warnings": warnings} if warnings else {}


@router.get("/health/trading", responses=answers(Trading), response_model=None)
def trading(house: TheHouse, principal: Principal) -> Response:
    """Whether anything keeps the rules from trading."""
    with house.pool.connection() as connection:
        frozen = portfolios.frozen_of(connection, principal)
        open_orders = orders.open_by_status(connection, principal)
        kept_back = portfolios.unreconciled_of(connection, principal)
        mine = portfolios.live(connection, principal)
    waiting = house.restored.waiting()
    is_halted = frozen or kept_back or waiting or "unknown" in open_orders
    content = {
        "status": "halted" if is_halted else "trading",
        "frozen": [{"id": portfolio_id, "reason": reason} for portfolio_id, reason in frozen.items()],
        "unreconciled": kept_back,
        "open_orders": open_orders,
        "undecided_listings": len(house.prices.undecided(LIVE_FEED)),
        "reconciliation_age_seconds": house.reconciliation_age_seconds(mine),
        "restored": waiting.sentence if waiting else None,
    }
    return json_answer(encode(content))


@router.get("/metrics/prometheus", include_in_schema=False, dependencies=[ForTheHouse, ByOperators])
def prometheus(process_metrics: TheProcessMetrics) -> Response:
    """What Prometheus scrapes."""
    return Response(process_metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
