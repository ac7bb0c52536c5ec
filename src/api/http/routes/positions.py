"""Positions: their card, and what a person does with one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, page_answer
from api.http.asked import After, AReading, Limit, OwnPortfolio, OwnPosition, TheHouse, UpToDate, id_after
from api.http.cards import card_now
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Symbol
from api.http.schemas import Page, PositionCard
from api.http.strict_request import StrictRoute
from api.wiring import House
from application import positions as use_cases
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.position.state import Position
from domain.refusals import NotFound
from domain.settings import SettingsChange, resolve
from domain.streams import PORTFOLIO
from projections import position_sources as rows

router = APIRouter(tags=["positions"], route_class=StrictRoute)

CREATED = 201


class NewPosition(Body):
    """``cash`` comes out of the portfolio's; ``shares`` are a transfer in kind at the anchor."""

    listing_id: UUID
    cash: NonNegativeDecimal = Decimal(0)
    shares: NonNegativeDecimal = Decimal(0)
    anchor: PositiveDecimal
    settings: SettingsChange = SettingsChange()


class Allocation(Body):
    """``allocate`` moves free cash of the portfolio into the position, ``return`` moves it back."""

    kind: Literal["allocate", "return"]
    amount: PositiveDecimal


@router.get("/positions/{position_id}", responses=answers(PositionCard), response_model=None)
def one(reading: AReading, position_id: UUID) -> Response:
    """A position's card: where it stands, and what the rule would do now."""
    with reading.house.pool.connection() as connection:
        sources = rows.one(connection, reading.principal, position_id)
    if sources is None:
        raise NotFound("position", position_id)
    return json_answer(encode(card_now(reading.house, sources)))


@router.get("/positions", responses=answers(Page[PositionCard]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    principal: Principal,
    portfolio_id: UUID | None = None,
    sentences: bool = False,
    after: After = None,
    limit: Limit = 100,
    placements: bool = False,
    symbol: Symbol | None = None,
) -> Response:
    """Cards in the order of the positions' opening; with ``sentences`` each says what it would do now in words.

    With ``placements`` those that carry out a line of advice are among them, with ``symbol`` only those whose symbol
    begins so.
    """
    with house.pool.connection() as connection:
        found = rows.page(
            connection,
            principal,
            portfolio_id,
            id_after(after),
            limit,
            placements=placements,
            symbol=symbol and symbol.upper(),
        )
    cursor = str(found[-1].position.id) if len(found) == limit else None
    return page_answer([card_now(house, sources, told=sentences) for sources in found], cursor)


@router.post(
    "/portfolios/{portfolio_id}/positions",
    responses=answers(PositionCard, CREATED),
    response_model=None,
    status_code=CREATED,
)
def open_position(
    house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: NewPosition
) -> Response:
    """Begin a position."""
    position_id = house.ledger.new_id()
    return command.run(
        lambda cause: use_cases.open_position(
            house.ledger,
            cause,
            position_id,
            portfolio_id=portfolio_id,
            listing_id=body.listing_id,
            cash=body.cash,
            shares=body.shares,
            anchor=body.anchor,
            settings=body.settings,
        ),
        _card_of(house),
        CREATED,
    )


@router.patch("/positions/{position_id}/settings", responses=answers(PositionCard), response_model=None)
def change_settings(
    house: TheHouse, command: ACommand, position_id: OwnPosition, body: SettingsChange
) -> Response:
    """Override settings for this position; what is left out stays as it is."""
    return command.run(
        lambda cause: use_cases.change_settings(house.ledger, cause, position_id, body), _card_of(house)
    )


@router.post("/positions/{position_id}/cash", responses=answers(PositionCard), response_model=None)
def move_cash(house: TheHouse, command: ACommand, position_id: OwnPosition, body: Allocation) -> Response:
    """Move cash between the portfolio and the position."""
    move = use_cases.allocate_cash if body.kind == "allocate" else use_cases.return_cash
    return command.run(lambda cause: move(house.ledger, cause, position_id, body.amount), _card_of(house))


@router.post("/positions/{position_id}/pause", responses=answers(PositionCard), response_model=None)
def pause(house: TheHouse, command: ACommand, position_id: OwnPosition) -> Response:
    """Stop deciding for it; an order that is out goes on."""
    return command.run(lambda cause: use_cases.pause(house.ledger, cause, position_id), _card_of(house))


@router.post("/positions/{position_id}/resume", responses=answers(PositionCard), response_model=None)
def resume(house: TheHouse, command: ACommand, position_id: OwnPosition) -> Response:
    """Decide for it again."""
    return command.run(lambda cause: use_cases.resume(house.ledger, cause, position_id), _card_of(house))


@router.post("/positions/{position_id}/close", responses=answers(PositionCard), response_model=None)
def close(house: TheHouse, command: ACommand, position_id: OwnPosition) -> Response:
    """End it: its cash returns to the portfolio, its shares stay as a holding."""
    return command.run(lambda cause: use_cases.close(house.ledger, cause, position_id), _card_of(house))


def _card_of(house: House) -> Callable[[Position], bytes]:
    """Writes the card of a position as a command left it."""

    def written(position: Position) -> bytes:
        portfolio = house.ledger.load(PORTFOLIO, position.portfolio_id).state
        if portfolio is None:
            raise NotFound("portfolio", position.portfolio_id)
        settings = resolve(portfolio.settings, position.settings)
        latest = house.prices.latest(portfolio.feed, position.listing_id)
        house.rulebook.refresh()
        thresholds = house.rulebook.thresholds(position.listing_id, portfolio)
        return encode(card_now(house, rows.sources(position, portfolio, settings, latest, thresholds)))

    return written
