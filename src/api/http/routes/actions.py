"""Corporate actions: announced once, by the person at this machine."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.http.answers import decimal, encode, json_answer, moment
from api.http.asked import TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Day
from api.http.operators import ByOperators
from api.http.schemas import Action, Page
from api.http.strict_request import StrictRoute
from application.actions.announce_actions import Announcement
from domain.actions import Announced
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.refusals import NotFound
from domain.settings import Rate
from projections import actions as rows
from projections import listings

router = APIRouter(tags=["actions"], route_class=StrictRoute)

CREATED = 201


class NewDividend(Body):
    """``per_share`` is in the listing's currency; a rate given here overrides the setting ``withholding``."""

    listing_id: UUID
    ex_date: Day
    pay_date: Day
    per_share: PositiveDecimal
    withholding_rate: Rate | None = None


class NewSplit(Body):
    """``ratio`` is new shares per old one."""

    listing_id: UUID
    ex_date: Day
    ratio: PositiveDecimal


class NewMerger(Body):
    """``ratio`` is shares of the new listing per old share, ``cash_per_share`` in the currency of both."""

    listing_id: UUID
    into_listing_id: UUID
    effective: Day
    ratio: PositiveDecimal
    cash_per_share: NonNegativeDecimal = Decimal(0)


@router.post(
    "/dividends",
    responses=answers(Action, CREATED, s200=Action),
    response_model=None,
    status_code=CREATED,
    dependencies=[ByOperators],
)
def dividend(house: TheHouse, command: ACommand, body: NewDividend) -> Response:
    """Announce a dividend; the same again is answered as it is."""
    return command.run(
        lambda cause: house.announce_actions.dividend(
            cause,
            body.listing_id,
            ex_date=body.ex_date,
            pay_date=body.pay_date,
            per_share=body.per_share,
            withholding_rate=body.withholding_rate,
        ),
        _written,
        _status,
    )


@router.post(
    "/splits",
    responses=answers(Action, CREATED, s200=Action),
    response_model=None,
    status_code=CREATED,
    dependencies=[ByOperators],
)
def split(house: TheHouse, command: ACommand, body: NewSplit) -> Response:
    """Announce a split; the same again is answered as it is."""
    return command.run(
        lambda cause: house.announce_actions.split(
            cause, body.listing_id, ex_date=body.ex_date, ratio=body.ratio
        ),
        _written,
        _status,
    )


@router.post(
    "/mergers",
    responses=answers(Action, CREATED, s200=Action),
    response_model=None,
    status_code=CREATED,
    dependencies=[ByOperators],
)
def merger(house: TheHouse, command: ACommand, body: NewMerger) -> Response:
    """Announce a merger; the same again is answered as it is."""
    return command.run(
        lambda cause: house.announce_actions.merger(
            cause,
            body.listing_id,
            into_listing_id=body.into_listing_id,
            effective=body.effective,
            ratio=body.ratio,
            cash_per_share=body.cash_per_share,
        ),
        _written,
        _status,
    )


@router.get(
    "/listings/{listing_id}/actions",
    responses=answers(Page[Action]),
    response_model=None,
    dependencies=[UpToDate],
)
def of_listing(house: TheHouse, listing_id: UUID) -> Response:
    """What was announced of a listing, by when it takes effect; there is one page."""
    with house.pool.connection() as connection:
        if listings.one(connection, listing_id) is None:
            raise NotFound("listing", listing_id)
        found = rows.of_listing(connection, listing_id)
    return json_answer(encode({"items": [_action(each) for each in found], "next": None}))


def _written(announcement: Announcement) -> bytes:
    return encode(_action(announcement.action))


def _status(announcement: Announcement) -> int:
    return CREATED if announcement.is_new else 200


def _action(action: Announced) -> dict[str, Any]:
    def number(name: str) -> str | None:
        return decimal(getattr(action, name, None))

    def day(name: str) -> str | None:
        known: date | None = getattr(action, name, None)
        return known.isoformat() if known else None

    return {
        "id": action.action_id,
        "listing_id": action.listing_id,
        "kind": action.kind,
        "ex_date": day("ex_date"),
        "pay_date": day("pay_date"),
        "effective": day("effective"),
        "per_share": number("per_share"),
        "withholding_rate": number("withholding_rate"),
        "ratio": number("ratio"),
        "into_listing_id": getattr(action, "into_listing_id", None),
        "cash_per_share": number("cash_per_share"),
        "currency": action.currency,
        "effective_at": moment(action.effective_at),
        "payable_at": moment(getattr(action, "payable_at", None)),
        "sentence": action.sentence(),
    }
