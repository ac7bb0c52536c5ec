"""The house's own affairs: jobs that were given up, to be tried again or let be."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode, moment, page_answer
from api.http.asked import After, Limit, TheHouse, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.schemas.answer import Page
from api.http.schemas.system import DeadLetter
from api.http.strict_request import StrictRoute
from application.ledger import Cause, Outcome
from application.ports import dead_letters

router = APIRouter(prefix="/system", tags=["system"], route_class=StrictRoute)


@router.get("/dead-letters", responses=answers(Page[DeadLetter]), response_model=None)
def page(house: TheHouse, _: Principal, after: After = None, limit: Limit = 100) -> Response:
    """Jobs that failed until they were given up and that nobody has seen to, in the order in which they first were."""
    found = house.dead_letters.waiting(after=id_after(after), limit=limit)
    cursor = str(found[-1].id) if len(found) == limit else None
    return page_answer([_json(letter) for letter in found], cursor)


@router.post("/dead-letters/{letter_id}/retry", responses=answers(DeadLetter), response_model=None)
def retry(house: TheHouse, command: ACommand, letter_id: UUID) -> Response:
    """Ask for the job once more; if it fails again, it comes back as another."""
    return _settled(house, command, letter_id, house.settle_dead_letters.retry)


@router.post("/dead-letters/{letter_id}/dismiss", responses=answers(DeadLetter), response_model=None)
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

    return command.run(settled, lambda letter: encode(_json(letter)))


def _json(letter: dead_letters.DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "job": letter.job,
        "error": letter.error,
        "failures": letter.failures,
        "first_failed_at": moment(letter.first_failed_at),
        "last_failed_at": moment(letter.last_failed_at),
    }
