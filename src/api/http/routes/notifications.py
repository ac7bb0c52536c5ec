"""Notifications: what a person is told, as a feed to be asked again and again, and what of it was read."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from api.http.access import Principal
from api.http.answers import encode, moment, page_answer
from api.http.asked import After, Limit, TheHouse, following, number_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body
from api.http.schemas.answer import Page
from api.http.schemas.notifications import MarkedRead, Notification
from api.http.strict_request import StrictRoute
from application.ledger import Cause, Outcome
from domain.refusals import NotFound
from projections import notifications as rows

router = APIRouter(prefix="/notifications", tags=["notifications"], route_class=StrictRoute)

UpToDate = Depends(following(rows.READ_MODEL.name))
NEWEST = 2**63 - 1
Order = Annotated[
    Literal["oldest", "newest"], Query(description="Which comes first; `after` goes on in that order")
]
Unread = Annotated[bool | None, Query(description="true: unread only, false: read only; default both")]


class UpTo(Body):
    up_to: UUID


@router.get("", responses=answers(Page[Notification]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    principal: Principal,
    unread: Unread = None,
    order: Order = "oldest",
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """What one was told, oldest first unless asked otherwise. Ask again with `after` set to the last `number`
    for what came since.

    While a portfolio is frozen it says nothing but that; its alerts are all in `GET /alerts`.
    """
    newest_first = order == "newest"
    begin = NEWEST if newest_first and after is None else number_after(after)
    with house.pool.connection() as connection:
        found = rows.page(
            connection, principal, after=begin, unread=unread, newest_first=newest_first, limit=limit
        )
    cursor = str(found[-1]["number"]) if len(found) == limit else None
    return page_answer([_json(row) for row in found], cursor)


@router.post("/{notification_id}/read", responses=answers(Notification), response_model=None)
def read(house: TheHouse, principal: Principal, command: ACommand, notification_id: UUID) -> Response:
    """Mark one as read; one that is read already is already so."""
    _own(house, principal, notification_id)

    def mark(cause: Cause) -> Outcome[dict[str, Any]]:
        house.notification_reads.mark(principal, [notification_id], house.ledger.clock())
        marked = _own(house, principal, notification_id)
        return house.ledger.transact(cause, lambda _: marked)

    return command.run(mark, lambda marked: encode(_json(marked)))


@router.post("/read", responses=answers(MarkedRead), response_model=None)
def read_up_to(house: TheHouse, principal: Principal, command: ACommand, body: UpTo) -> Response:
    """Mark one as read, and all before it."""
    last = _own(house, principal, body.up_to)

    def mark(cause: Cause) -> Outcome[int]:
        with house.pool.connection() as connection:
            unread = rows.page(connection, principal, up_to=last["number"], unread=True)
        marked = house.notification_reads.mark(principal, [row["id"] for row in unread], house.ledger.clock())
        return house.ledger.transact(cause, lambda _: marked)

    return command.run(mark, lambda marked: encode({"marked": marked}))


def _own(house: TheHouse, principal: str, notification_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        found = rows.one(connection, principal, notification_id)
    if found is None:
        raise NotFound("notification", notification_id)
    return found


def _json(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: moment(row[name]) for name in ("at", "recorded_at", "read_at")}
