"""What a listing is called, and that it trades no more."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.http.acting import ForTheHouse
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Day, Reason, Symbol
from api.http.operators import ByOperators
from api.http.routes.listings import written
from api.http.schemas import Listing
from api.http.strict_request import StrictRoute

router = APIRouter(
    prefix="/listings",
    tags=["listings"],
    route_class=StrictRoute,
    dependencies=[ForTheHouse, ByOperators],
)


class Retirement(Body):
    """``effective`` is the day at the venue from which it is so: today when it is left out, and no day to come."""

    effective: Day | None = None
    reason: Reason


class SymbolChange(Retirement):
    """The symbol that it goes by from that day on."""

    symbol: Symbol


@router.post("/{listing_id}/symbol", responses=answers(Listing), response_model=None)
def change(house: TheHouse, command: ACommand, listing_id: UUID, body: SymbolChange) -> Response:
    """Let it go by another symbol. It is the same listing, with its positions, orders and prices."""
    return command.run(
        lambda cause: house.change_symbols.change(
            cause, listing_id, body.symbol, body.effective, body.reason
        ),
        written,
    )


@router.post("/{listing_id}/retire", responses=answers(Listing), response_model=None)
def retire(house: TheHouse, command: ACommand, listing_id: UUID, body: Retirement) -> Response:
    """Let it trade no more, which frees its symbol; not while a position is open in it."""
    return command.run(
        lambda cause: house.change_symbols.retire(cause, listing_id, body.effective, body.reason), written
    )
