"""Recommendations: read them, approve, mark executed, ignore, reverse."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field, StrictBool

from api.http.access import Principal
from api.http.answers import decimal, encode, json_answer, moment, page_answer
from api.http.asked import After, Limit, TheHouse, UpToDate, number_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Moment, Reason, Text
from api.http.schemas import Page
from api.http.schemas.advice import Recommendation
from api.http.strict_request import StrictRoute
from application.advice.act import Execution
from domain.money import ZERO
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.recommendation import state as domain
from domain.refusals import NotFound
from projections import recommendations as rows

router = APIRouter(prefix="/recommendations", tags=["advice"], route_class=StrictRoute)

NEWEST = 2**63 - 1


class ExecutionIn(Body):
    """What was executed of a line. ``price`` is in the quote unit, ``fee`` and ``amount`` in the base currency.

    ``amount`` is what the units came to; of a listing in another currency it is needed.
    """

    line_id: UUID
    quantity: PositiveDecimal
    price: PositiveDecimal
    fee: NonNegativeDecimal = ZERO
    amount: PositiveDecimal | None = None
    executed_at: Moment | None = None
    broker_reference: Text | None = None


class Executed(Body):
    """``complete`` says that nothing more of it will be executed, whatever the quantities are."""

    lines: Annotated[tuple[ExecutionIn, ...], Field(max_length=1000)] = ()
    complete: StrictBool = False


class Because(Body):
    reason: Reason


def own(house: TheHouse, principal: Principal, recommendation_id: UUID) -> UUID:
    """A recommendation for a portfolio of the person who asks. Raises NotFound."""
    _row(house, principal, recommendation_id)
    return recommendation_id


Own = Annotated[UUID, Depends(own)]
OfPortfolio = Annotated[UUID | None, Query()]


@router.get("", responses=answers(Page[Recommendation]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    principal: Principal,
    portfolio_id: OfPortfolio = None,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """One's recommendations, newest first."""
    before = number_after(after) or NEWEST
    with house.pool.connection() as connection:
        found = rows.page(connection, principal, portfolio_id=portfolio_id, before=before, limit=limit)
    cursor = str(found[-1]["event_number"]) if len(found) == limit else None
    return page_answer([_json(row) for row in found], cursor)


@router.get(
    "/{recommendation_id}", responses=answers(Recommendation), response_model=None, dependencies=[UpToDate]
)
def one(house: TheHouse, principal: Principal, recommendation_id: UUID) -> Response:
    """One recommendation."""
    return json_answer(encode(_json(_row(house, principal, recommendation_id))))


@router.post("/{recommendation_id}/approve", responses=answers(Recommendation), response_model=None)
def approve(house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own) -> Response:
    """Agree with it."""
    row = _row(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.approve(cause, recommendation_id),
        lambda state: _written(row, state),
    )


@router.post("/{recommendation_id}/mark-executed", responses=answers(Recommendation), response_model=None)
def mark_executed(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Executed
) -> Response:
    """Book what was executed of it, as it was: in part, over several days, with other quantities and prices."""
    row = _row(house, principal, recommendation_id)
    executions = [Execution(**each.model_dump()) for each in body.lines]
    return command.run(
        lambda cause: house.act_on_advice.mark_executed(
            cause, recommendation_id, executions, complete=body.complete
        ),
        lambda state: _written(row, state),
    )


@router.post("/{recommendation_id}/ignore", responses=answers(Recommendation), response_model=None)
def ignore(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Because
) -> Response:
    """Let it be; the triggers behind it are available again."""
    row = _row(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.ignore(cause, recommendation_id, body.reason),
        lambda state: _written(row, state),
    )


@router.post("/{recommendation_id}/reverse", responses=answers(Recommendation), response_model=None)
def reverse(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Because
) -> Response:
    """Take back what was booked of it; books and triggers are as they were before."""
    row = _row(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.reverse(cause, recommendation_id, body.reason),
        lambda state: _written(row, state),
    )


def _row(house: TheHouse, principal: str, recommendation_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        row = rows.one(connection, principal, recommendation_id)
    if row is None:
        raise NotFound("recommendation", recommendation_id)
    return row


def _written(row: dict[str, Any], state: domain.Recommendation) -> bytes:
    """A recommendation after a command: what was proposed stays, the rest is as the command left it."""
    executed = [each.model_dump(mode="json") for each in state.executed]
    return encode(_json(row | {"status": state.status, "executed": executed}))


def _json(row: dict[str, Any]) -> dict[str, Any]:
    proposal = row["proposal"]
    return {
        "id": row["recommendation_id"],
        "portfolio_id": row["portfolio_id"],
        "run_id": row["run_id"],
        "kind": row["kind"],
        "status": row["status"],
        "proposed_at": moment(row["proposed_at"]),
        "policy_hash": proposal["policy_hash"],
        "snapshot_hash": proposal["snapshot_hash"],
        "engine": proposal["engine"],
        "currency": proposal["currency"],
        "sentence": proposal["told"],
        "lines": [_line(each, row["executed"]) for each in proposal["lines"]],
        "suppressed": proposal["suppressed"],
        "sleeves": proposal["sleeves"],
        "triggers": proposal["triggers"],
        "verdict": None,
    }


def _line(advised: dict[str, Any], executed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    parts = [each for each in executed if each["line_id"] == advised["id"]]
    names = ("quantity", "price", "amount", "fee", "executed_at", "broker_reference", "entry_id")
    line: dict[str, Any] = advised["line"]
    return line | {
        "id": advised["id"],
        "executed_quantity": decimal(sum((Decimal(each["quantity"]) for each in parts), ZERO)),
        "executions": [{name: each.get(name) for name in names} for each in parts],
    }
