"""The house's own affairs: how the machine is, and jobs that were given up, to be tried again or let be."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, page_answer
from api.http.asked import After, AReading, Limit, TheHouse, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.operators import ByOperators
from api.http.pipeline import step_json, steps
from api.http.routes.health import TheStanding
from api.http.schemas.answer import Page
from api.http.schemas.system import DeadLetter, System
from api.http.strict_request import StrictRoute
from application.ledger import Cause, Outcome
from application.ports import dead_letters
from domain import pipeline
from projections import portfolios, runs, subjects
from projections.schedules import HOUSE_ZONE

router = APIRouter(prefix="/system", tags=["system"], route_class=StrictRoute)


@router.get("", responses=answers(System), response_model=None)
def get(request: Request, reading: AReading, standing: TheStanding) -> Response:
    """Is the machine well: from the newest price to the last trade, what is behind, what waits, the latest backup."""
    house, log, way = reading.house, standing.log(), steps(reading)
    letters = log.dead_letters if log else 0
    lag = max((each.lag for each in log.followers), default=0) if log else 0
    with house.pool.connection() as connection:
        mine = portfolios.live(connection, reading.principal)
    content = {
        "sentence": pipeline.sentence(way, lag, letters),
        "version": request.app.version,
        "pipeline": [step_json(each) for each in way],
        "followers": log.followers if log else [],
        "queues": [{"name": name, "jobs": jobs} for name, jobs in standing.queues().items()],
        "dead_letters": letters,
        "backup": _backup(house),
        "reconciliation_age_seconds": house.reconciliation_age_seconds(mine),
    }
    return json_answer(encode(content))


def _backup(house: TheHouse) -> dict[str, Any]:
    with house.house_pool.connection() as connection:
        latest = runs.latest_of_house(connection, "backup")
    cron = house.house_schedules.get("backup")
    due = next(house.cron.slots(cron, HOUSE_ZONE, house.ledger.clock()), None) if cron else None
    told = {name: latest[name] if latest else None for name in ("status", "summary")}
    return told | {"ended_at": moment(latest["ended_at"] if latest else None), "next_due": moment(due)}


@router.get("/dead-letters", responses=answers(Page[DeadLetter]), response_model=None)
def page(house: TheHouse, principal: Principal, after: After = None, limit: Limit = 100) -> Response:
    """Jobs that failed until they were given up and that nobody has seen to, in the order in which they first were."""
    found = house.dead_letters.waiting(after=id_after(after), limit=limit)
    cursor = str(found[-1].id) if len(found) == limit else None
    return page_answer(_shown(house, principal, found), cursor)


@router.post(
    "/dead-letters/{letter_id}/retry",
    responses=answers(DeadLetter),
    response_model=None,
    dependencies=[ByOperators],
)
def retry(house: TheHouse, command: ACommand, letter_id: UUID) -> Response:
    """Ask for the job once more; if it fails again, it comes back as another."""
    return _settled(house, command, letter_id, house.settle_dead_letters.retry)


@router.post(
    "/dead-letters/{letter_id}/dismiss",
    responses=answers(DeadLetter),
    response_model=None,
    dependencies=[ByOperators],
)
def dismiss(house: TheHouse, command: ACommand, letter_id: UUID) -> Response:
    """Let it be."""
    return _settled(house, command, letter_id, house.settle_dead_letters.dismiss)


def _settled(
    house: TheHouse,
    command: ACommand,
    letter_id: UUID,
    settle: Callable[[UUID, str], dead_letters.DeadLetter],
) -> Response:
    def settled(cause: Cause) -> Outcome[dead_letters.DeadLetter]:
        letter = settle(letter_id, cause.actor)
        return house.ledger.transact(cause, lambda _: letter)

    return command.run(settled, lambda letter: encode(_shown(house, command.principal, [letter])[0]))


def _shown(house: TheHouse, member: str, letters: Sequence[dead_letters.DeadLetter]) -> list[dict[str, Any]]:
    with house.pool.connection() as connection:
        about = subjects.of(connection, member, [each.arguments for each in letters])
    return [_json(*each) for each in zip(letters, about, strict=True)]


def _json(letter: dead_letters.DeadLetter, about: Sequence[subjects.Subject]) -> dict[str, Any]:
    return {
        "id": letter.id,
        "job": letter.job,
        "error": letter.error,
        "failures": letter.failures,
        "first_failed_at": moment(letter.first_failed_at),
        "last_failed_at": moment(letter.last_failed_at),
        "about": [each._asdict() for each in about],
    }
