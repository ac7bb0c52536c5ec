"""Recommendations: read them, approve, mark executed, ignore, reverse, have them reviewed."""

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
from api.http.routes.runs import ACCEPTED
from api.http.schemas import Page
from api.http.schemas.advice import Recommendation
from api.http.schemas.reviews import Verdict
from api.http.strict_request import StrictRoute
from api.http.verdicts import Opinions, verdict_json, waiting
from application.advice.execution import Execution
from domain.money import ZERO
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.recommendation import state as domain
from domain.recommendation.standing import standing_of
from domain.refusals import NotFound
from projections import recommendations as rows
from projections import reviews

router = APIRouter(prefix="/recommendations", tags=["advice"], route_class=StrictRoute)

NEWEST = 2**63 - 1
POINTS_OF_ONE = 100


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
    opinions = _opinions(house, found)
    return page_answer([_json(row, opinions) for row in found], cursor)


@router.get(
    "/{recommendation_id}", responses=answers(Recommendation), response_model=None, dependencies=[UpToDate]
)
def one(house: TheHouse, principal: Principal, recommendation_id: UUID) -> Response:
    """One recommendation."""
    row = _row(house, principal, recommendation_id)
    return json_answer(encode(_json(row, _opinions(house, [row]))))


@router.post("/{recommendation_id}/approve", responses=answers(Recommendation), response_model=None)
def approve(house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own) -> Response:
    """Agree with it; not while its portfolio is frozen. In an automatic one its lines become orders from then on."""
    row, opinions = _known(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.approve(cause, recommendation_id),
        lambda state: _written(row, state, opinions),
    )


@router.post("/{recommendation_id}/mark-executed", responses=answers(Recommendation), response_model=None)
def mark_executed(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Executed
) -> Response:
    """Book what was executed of it, as it was: in part, over several days, with other quantities and prices.

    What a line has booked under a broker's reference is not booked again. More than a position's order freezes.
    """
    row, opinions = _known(house, principal, recommendation_id)
    executions = [Execution(number, **each.model_dump()) for number, each in enumerate(body.lines)]
    return command.run(
        lambda cause: house.act_on_advice.mark_executed(
            cause, recommendation_id, executions, complete=body.complete
        ),
        lambda state: _written(row, state, opinions),
    )


@router.post("/{recommendation_id}/ignore", responses=answers(Recommendation), response_model=None)
def ignore(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Because
) -> Response:
    """Let it be; the triggers behind it are available again."""
    row, opinions = _known(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.ignore(cause, recommendation_id, body.reason),
        lambda state: _written(row, state, opinions),
    )


@router.post("/{recommendation_id}/reverse", responses=answers(Recommendation), response_model=None)
def reverse(
    house: TheHouse, principal: Principal, command: ACommand, recommendation_id: Own, body: Because
) -> Response:
    """Take back what was booked of it; books and triggers are as they were before."""
    row, opinions = _known(house, principal, recommendation_id)
    return command.run(
        lambda cause: house.act_on_advice.reverse(cause, recommendation_id, body.reason),
        lambda state: _written(row, state, opinions),
    )


@router.post(
    "/{recommendation_id}/review",
    responses=answers(Verdict, ACCEPTED),
    response_model=None,
    status_code=ACCEPTED,
)
def review(house: TheHouse, command: ACommand, recommendation_id: Own) -> Response:
    """Ask the configured model for its opinion, or for another one. It comes later, and changes nothing."""
    return command.run(
        lambda cause: house.ask_for_review.of_advice(cause, recommendation_id),
        lambda _: waiting(house.ledger.clock()),
        ACCEPTED,
    )


def _known(house: TheHouse, principal: str, recommendation_id: UUID) -> tuple[dict[str, Any], Opinions]:
    row = _row(house, principal, recommendation_id)
    return row, _opinions(house, [row])


def _opinions(house: TheHouse, found: Sequence[dict[str, Any]]) -> Opinions:
    with house.pool.connection() as connection:
        return reviews.of_recommendations(connection, [row["recommendation_id"] for row in found])


def _row(house: TheHouse, principal: str, recommendation_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        row = rows.one(connection, principal, recommendation_id)
    if row is None:
        raise NotFound("recommendation", recommendation_id)
    return row


def _written(row: dict[str, Any], state: domain.Recommendation, opinions: Opinions) -> bytes:
    """A recommendation after a command: what was proposed stays, the rest is as the command left it."""
    executed = [each.model_dump(mode="json") for each in state.executed]
    lines = [each.model_dump(mode="json") for each in standing_of(state)]
    return encode(_json(row | {"status": state.status, "executed": executed, "lines": lines}, opinions))


def _json(row: dict[str, Any], opinions: Opinions) -> dict[str, Any]:
    proposal = row["proposal"]
    order = proposal.get("order") or {}
    return {
        "id": row["recommendation_id"],
        "portfolio_id": row["portfolio_id"],
        "run_id": row["run_id"],
        "position_id": order.get("position_id"),
        "order_id": order.get("order_id"),
        "kind": row["kind"],
        "status": row["status"],
        "proposed_at": moment(row["proposed_at"]),
        "policy_hash": proposal["policy_hash"],
        "snapshot_hash": proposal["snapshot_hash"],
        "engine": proposal["engine"],
        "currency": proposal["currency"],
        "sentence": proposal["told"],
        "lines": [_line(each, row) for each in proposal["lines"]],
        "suppressed": proposal["suppressed"],
        "sleeves": [_sleeve(each) for each in proposal["sleeves"]],
        "triggers": proposal["triggers"],
        "verdict": verdict_json(opinions.get(row["recommendation_id"])),
    }


def _sleeve(weight: dict[str, Any]) -> dict[str, Any]:
    return weight | {
        "drift_after": decimal((Decimal(weight["after"]) - Decimal(weight["target"])) * POINTS_OF_ONE)
    }


def _line(advised: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    placed: dict[str, Any] = next((each for each in row["lines"] if each["line_id"] == advised["id"]), {})
    parts = [each for each in row["executed"] if each["line_id"] == advised["id"]]
    names = ("quantity", "price", "amount", "fee", "executed_at", "broker_reference", "entry_id")
    line: dict[str, Any] = advised["line"]
    done = sum((Decimal(each["quantity"]) for each in parts), ZERO)
    return line | {
        "id": advised["id"],
        "quote_unit": row["quote_units"][line["listing_id"]],
        "placing": placed.get("status"),
        "order_id": placed.get("order_id"),
        "not_placed": placed.get("sentence"),
        "executed_quantity": decimal(done),
        "open_quantity": decimal(max(Decimal(line["quantity"]) - done, ZERO)),
        "executions": [{name: each.get(name) for name in names} for each in parts],
    }
