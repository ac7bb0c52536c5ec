"""Prices that the gate has stopped, and what a person makes of them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.http.access import Principal
from api.http.acting import ForTheHouse
from api.http.answers import decimal, encode, moment, page_answer
from api.http.asked import After, Limit, TheHouse, UpToDate, number_after, own_portfolio
from api.http.commands import ACommand, Command
from api.http.documents import answers
from api.http.fields import Body, Label, Moment, Reason
from api.http.operators import ByOperators
from api.http.schemas.answer import Page
from api.http.schemas.listings import SettledPrices, WaitingPrice
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.quality.settle_quarantine import Settled
from domain.quality.meaning import meaning
from domain.quality.quarantine import RELEASED_BY_NAME, Picked, Ruling
from domain.refusals import NotFound
from projections import listings
from projections import quarantine as rows

router = APIRouter(tags=["quarantine"], route_class=StrictRoute)

Open = Annotated[
    bool, Query(alias="open", description="false: those that a person has released or discarded")
]


class PickedPrices(Body):
    """Which of the waiting prices are meant, and why: with nothing but a reason, all of them.

    ``until`` leaves out what has come since one looked. What was stopped for scale or currency_mismatch is released
    only where ``rule`` says so.
    """

    reason: Reason
    rule: Label | None = None
    source: Label | None = None
    since: Moment | None = None
    until: Moment | None = None


@router.get(
    "/quarantine", responses=answers(Page[WaitingPrice]), response_model=None, dependencies=[UpToDate]
)
def page(
    house: TheHouse,
    principal: Principal,
    listing_id: UUID | None = None,
    portfolio_id: UUID | None = None,
    is_open: Open = True,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Stopped prices, in the order in which they came: of one listing, or of all that one's portfolios are made of."""
    if portfolio_id is not None:
        own_portfolio(house, principal, portfolio_id)
    if listing_id is not None:
        _require_listing(house, listing_id)
    wanted = rows.Wanted(is_open, listing_id, portfolio_id)
    with house.pool.connection() as connection:
        found = rows.page(connection, principal, wanted, number_after(after), limit)
    cursor = str(found[-1]["number"]) if len(found) == limit else None
    return page_answer([_json(row) for row in found], cursor)


@router.post(
    "/listings/{listing_id}/quarantine/release",
    responses=answers(SettledPrices),
    response_model=None,
    dependencies=[ForTheHouse, ByOperators],
)
def release(house: TheHouse, command: ACommand, listing_id: UUID, body: PickedPrices) -> Response:
    """Let waiting prices be prices after all: used from now on, and the newest is what the next is held against.

    422 where some were stopped for scale or currency_mismatch and ``rule`` does not name that. Their alerts are
    resolved. A freeze stays until somebody lifts it.
    """
    return _settle(house, command, listing_id, body, "released")


@router.post(
    "/listings/{listing_id}/quarantine/discard",
    responses=answers(SettledPrices),
    response_model=None,
    dependencies=[ForTheHouse, ByOperators],
)
def discard(house: TheHouse, command: ACommand, listing_id: UUID, body: PickedPrices) -> Response:
    """Say that waiting prices are wrong: they can be seen, and nothing ever uses them. Their alerts are resolved."""
    return _settle(house, command, listing_id, body, "discarded")


def _settle(house: House, command: Command, listing_id: UUID, body: PickedPrices, ruling: Ruling) -> Response:
    picked = Picked(body.rule, body.source, body.since, body.until)
    return command.run(
        lambda cause: house.settle_quarantine(cause, listing_id, picked, ruling, body.reason), _written
    )


def _require_listing(house: House, listing_id: UUID) -> None:
    with house.pool.connection() as connection:
        if listings.one(connection, listing_id) is None:
            raise NotFound("listing", listing_id)


def _written(settled: Settled) -> bytes:
    return encode(
        {
            "listing_id": settled.listing_id,
            "outcome": settled.ruling,
            "settled": len(settled.meant),
            "waiting": len(settled.waited) - len(settled.meant),
        }
    )


def _json(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "meaning": meaning(row["rule"]),
        "released_by_name": row["rule"] in RELEASED_BY_NAME,
        "price": decimal(row["price"]),
        "last_good": decimal(row["last_good"]),
        **{name: moment(row[name]) for name in ("as_of", "last_good_at", "stored_at", "settled_at")},
    }
