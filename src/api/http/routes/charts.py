"""A position's chart: prices, anchor and band as they moved, fills and skips."""

from datetime import datetime, timedelta
from typing import Any, Literal

from fastapi import APIRouter, Depends, Response

from api.http.answers import decimal, encode, json_answer, moment
from api.http.asked import OwnPosition, TheHouse, following
from api.http.documents import answers
from api.http.schemas.charts import PositionChart
from api.wiring import House
from domain.events import rfc3339
from domain.position.band_history import Step, steps
from domain.position.state import Position
from domain.refusals import NotFound
from domain.streams import PORTFOLIO, POSITION
from projections import position_chart as rows
from projections import timeline

router = APIRouter(tags=["positions"])

Span = Literal["hour", "day", "week", "month", "year"]

SPANS: dict[Span, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
UNASKED: tuple[Span, ...] = ("hour", "day", "week", "month")

STRETCHES = 360
"""More points than this no screen shows."""

MARKS_MAX = 300

UpToDate = Depends(following(timeline.READ_MODEL.name))


@router.get(
    "/positions/{position_id}/chart",
    responses=answers(PositionChart),
    response_model=None,
    dependencies=[UpToDate],
)
def chart(house: TheHouse, position_id: OwnPosition, span: Span | None = None) -> Response:
    """The last hour, day, week, month or year of a position; in a replay, up to where it has come.

    Unasked it is the shortest of them that shows all of the position, a month at most.
    """
    position = house.ledger.load(POSITION, position_id).state
    portfolio = house.ledger.load(PORTFOLIO, position.portfolio_id).state if position else None
    if position is None or portfolio is None:
        raise NotFound("position", position_id)
    latest = house.prices.latest(portfolio.feed, position.listing_id)
    until = house.ledger.clock() if portfolio.clock == "live" or latest is None else latest.as_of
    return json_answer(encode(_drawn(house, position, portfolio.feed, span, until)))


def _drawn(
    house: House, position: Position, feed: str, asked: Span | None, until: datetime
) -> dict[str, Any]:
    with house.pool.connection() as connection:
        band = steps(rows.moved(connection, position.portfolio_id, position.id))
        span = asked or _long_enough(until - band[0].at if band else timedelta(0))
        begin, step = until - SPANS[span], SPANS[span] / STRETCHES
        prices = rows.prices(connection, feed, position.listing_id, begin, until, step)
        marks = rows.marks(connection, position.id, begin, MARKS_MAX)
    return {
        "position_id": position.id,
        "begin": moment(begin),
        "until": moment(until),
        "span": span,
        "step_seconds": int(step.total_seconds()),
        "prices": [{"at": moment(each["as_of"]), "price": decimal(each["price"])} for each in prices],
        "band": [_step(each) for each in _since(begin, band)],
        "marks": [_mark(each) for each in marks],
    }


def _long_enough(age: timedelta) -> Span:
    return next((span for span in UNASKED if SPANS[span] >= age), UNASKED[-1])


def _since(begin: datetime, band: list[Step]) -> list[Step]:
    """The step in force at a moment, and those after it."""
    before = [each for each in band if each.at <= begin]
    return [*before[-1:], *(each for each in band if each.at > begin)]


def _step(step: Step) -> dict[str, Any]:
    return {
        "at": rfc3339(step.at),
        "anchor": decimal(step.anchor),
        "buy_below": decimal(step.edges.buy_below),
        "sell_above": decimal(step.edges.sell_above),
    }


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    kind = "skipped"
    if row["type"] != "position.skipped":
        kind = "bought" if row["side"] == "BUY" else "sold"
    return {
        "number": row["number"],
        "kind": kind,
        "at": row["executed_at"] or moment(row["at"]),
        "price": decimal(row["price"]),
        "quantity": decimal(row["quantity"]),
        "sentence": row["message"],
    }
