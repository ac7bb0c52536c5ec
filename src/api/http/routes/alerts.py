"""Alerts: what needs a person, until it is resolved."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.http.access import Principal
from api.http.answers import encode, moment, page_answer
from api.http.asked import After, Limit, TheHouse, UpToDate, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Reason
from api.http.schemas.alerts import Alert
from api.http.schemas.answer import Page
from api.http.strict_request import StrictRoute
from application import alerts as use_cases
from domain.refusals import NotFound
from domain.remedies import remedy
from projections import alerts as rows

router = APIRouter(prefix="/alerts", tags=["alerts"], route_class=StrictRoute)

Open = Annotated[
    bool | None, Query(alias="open", description="true: still open, false: resolved; default both")
]


class Resolution(Body):
    reason: Reason


@router.get("", responses=answers(Page[Alert]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    principal: Principal,
    portfolio_id: UUID | None = None,
    is_open: Open = None,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Alerts in the order in which they were raised; those without a portfolio concern the whole house."""
    with house.pool.connection() as connection:
        found = rows.page(
            connection,
            principal,
            portfolio_id=portfolio_id,
            is_open=is_open,
            after=id_after(after),
            limit=limit,
        )
    cursor = str(found[-1]["id"]) if len(found) == limit else None
    return page_answer([_json(row) for row in found], cursor)


@router.post("/{alert_id}/resolve", responses=answers(Alert), response_model=None)
def resolve(
    house: TheHouse, principal: Principal, command: ACommand, alert_id: UUID, body: Resolution
) -> Response:
    """Close an alert; one that is closed already is already so. It is raised again when its cause comes back."""
    about = _own(house, principal, alert_id)
    key = (about["portfolio_id"], about["listing_id"], about["rule"])

    def written(_: object) -> bytes:
        now = about["resolved_at"] or house.ledger.clock()
        return encode(_json(about | {"resolved_at": now}))

    return command.run(
        lambda cause: use_cases.resolve(house.ledger, cause, key, alert_id, body.reason), written
    )


def _own(house: TheHouse, principal: str, alert_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        found = rows.one(connection, principal, alert_id)
    if found is None:
        raise NotFound("alert", alert_id)
    return found


def _json(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "remedy": remedy(row["rule"]),
        "opened_at": moment(row["opened_at"]),
        "resolved_at": moment(row["resolved_at"]),
    }
