"""When a portfolio's runs are due."""

from datetime import datetime
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StrictBool

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body
from api.http.problems import invalid
from api.http.routes.runs import shown
from api.http.schemas import Page
from api.http.schemas.runs import DescribedSchedule, Schedule
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.runs.set_schedules import WantedSchedule
from domain.portfolio.events import StandingSchedule
from projections import runs as run_rows
from projections import schedules as rows

router = APIRouter(prefix="/portfolios", tags=["runs"], route_class=StrictRoute)

SHOWN = 3
"""How many slots say well enough what an expression means."""

described = APIRouter(prefix="/schedules", tags=["runs"], route_class=StrictRoute)

Line = Annotated[str, Field(strict=True, max_length=100)]


AsLine = Query(max_length=100)


class ScheduleIn(Body):
    """``cron`` has five fields: minute, hour, day of the month, month, day of the week, on the zone's clocks."""

    kind: Line
    cron: Line
    time_zone: Annotated[Line, Field(examples=["Europe/London"])]
    enabled: StrictBool = True


class Schedules(Body):
    """All of them: a kind that is not among them is not scheduled any more."""

    schedules: list[ScheduleIn] = Field(max_length=20)


@router.put("/{portfolio_id}/schedules", responses=answers(Page[Schedule]), response_model=None)
def put(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Schedules) -> Response:
    """Say when runs are due, one schedule a kind. What is wrong is named, and then nothing is stored.

    A schedule that is new or changed begins now; one that stays as it was goes on.
    """
    wanted = [WantedSchedule(each.kind, each.cron, each.time_zone, each.enabled) for each in body.schedules]
    return command.run(
        lambda cause: house.set_schedules(cause, portfolio_id, wanted),
        lambda standing: _written(house, portfolio_id, list(standing)),
    )


@router.get(
    "/{portfolio_id}/schedules",
    responses=answers(Page[Schedule]),
    response_model=None,
    dependencies=[UpToDate],
)
def get(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """Its schedules, with when each is due next and its latest run."""
    with house.pool.connection() as connection:
        standing = rows.of_portfolio(connection, portfolio_id)
    return json_answer(_written(house, portfolio_id, standing))


@described.get("/described", responses=answers(DescribedSchedule), response_model=None)
def describe(
    house: TheHouse, _: Principal, cron: Annotated[str, AsLine], time_zone: Annotated[str, AsLine]
) -> Response:
    """What a cron expression means, and when it would fall due next; 422 names what is wrong with it."""
    problems = house.cron.problems(cron, time_zone)
    if problems:
        raise invalid(*problems.items())
    slots = islice(house.cron.slots(cron, time_zone, house.ledger.clock()), SHOWN)
    return json_answer(
        encode({"in_words": house.cron.in_words(cron), "next": [moment(each) for each in slots]})
    )


def _written(house: House, portfolio_id: UUID, standing: list[StandingSchedule]) -> bytes:
    with house.pool.connection() as connection:
        latest = run_rows.latest_slots(connection, portfolio_id, [each.kind for each in standing])
    return encode({"items": [_json(house, each, latest.get(each.kind)) for each in standing], "next": None})


def _json(house: House, standing: StandingSchedule, latest: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "kind": standing.kind,
        "cron": standing.cron,
        "in_words": house.cron.in_words(standing.cron),
        "time_zone": standing.time_zone,
        "enabled": standing.enabled,
        "next_due": moment(_next_due(house, standing)) if standing.enabled else None,
        "last_run": None if latest is None else shown(latest),
    }


def _next_due(house: House, standing: StandingSchedule) -> datetime | None:
    after = max(standing.since, house.ledger.clock())
    try:
        return next(house.cron.slots(standing.cron, standing.time_zone, after), None)
    except ValueError:  # its time zone has gone out of the system's list
        return None
