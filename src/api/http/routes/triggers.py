"""Waves and sunsets of a portfolio: which can fire, and to let one fire again."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from api.http.answers import encode, json_answer, moment
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Reason, Text
from api.http.schemas import Page
from api.http.schemas.triggers import Trigger
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.policies import archived
from domain.allocation.words import trigger_sentence
from domain.portfolio.state import Portfolio
from projections import portfolios
from projections import triggers as rows

router = APIRouter(prefix="/portfolios", tags=["advice"], route_class=StrictRoute)

NEVER_USED: Mapping[str, Any] = {"status": "available", "recommendation_id": None, "changed_at": None}


class Release(Body):
    """``codes`` are those of triggers that are used up."""

    codes: Annotated[tuple[Text, ...], Field(min_length=1, max_length=100)]
    reason: Reason


@router.get(
    "/{portfolio_id}/triggers", responses=answers(Page[Trigger]), response_model=None, dependencies=[UpToDate]
)
def page(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """The active policy's waves and sunsets in the order in which they would fire, and others that are used."""
    return json_answer(_written(house, portfolio_id, {}))


@router.post("/{portfolio_id}/triggers/release", responses=answers(Page[Trigger]), response_model=None)
def release(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Release) -> Response:
    """Make triggers that are used up available again; one that is only recommended is ignored with its advice."""
    released = {code: {**NEVER_USED, "changed_at": house.ledger.clock()} for code in body.codes}
    return command.run(
        lambda cause: house.act_on_advice.release(cause, portfolio_id, body.codes, body.reason),
        lambda state: _written(house, state.id, released),
    )


def _written(house: House, portfolio_id: UUID, released: dict[str, dict[str, Any]]) -> bytes:
    """The triggers as they stand, but for those that are being released: an answer is written before its event is."""
    with house.pool.connection() as connection:
        used = rows.of_portfolio(connection, portfolio_id) | released
        portfolio = portfolios.one(connection, portfolio_id)
    known = dict.fromkeys(_of_policy(house, portfolio), NEVER_USED)
    still = {code: row for code, row in used.items() if code in known or row["status"] != "available"}
    items = [_json(code, row) for code, row in (known | still).items()]
    return encode({"items": items, "next": None})


def _of_policy(house: House, portfolio: Portfolio | None) -> list[str]:
    if portfolio is None or portfolio.policy is None:
        return []
    park = archived(house.archives, portfolio.policy.policy_hash).policy.cash_park
    if park is None:
        return []
    waves = sorted(park.waves, key=lambda wave: wave.drawdown_trigger)
    sunsets = sorted(park.sunset, key=lambda sunset: sunset.date)
    return [*(wave.code for wave in waves), *(sunset.code for sunset in sunsets)]


def _json(code: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "status": row["status"],
        "recommendation_id": row["recommendation_id"],
        "changed_at": moment(row["changed_at"]),
        "sentence": trigger_sentence(code, row["status"]),
    }
