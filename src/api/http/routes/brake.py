"""The brake: one switch for everything that somebody owns.

There is none to let everything go again: each portfolio was stopped for reasons of its own, and wants its own look.
"""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.routes.portfolios import Stop, portfolio_json
from api.http.schemas import Page, StoppedPortfolio
from api.http.strict_request import StrictRoute
from application.brake.freeze_all import Stopped, freeze_all

router = APIRouter(tags=["brake"], route_class=StrictRoute)


@router.post("/freeze", responses=answers(Page[StoppedPortfolio]), response_model=None)
def freeze(house: TheHouse, principal: Principal, command: ACommand, body: Stop) -> Response:
    """Freeze all of one's portfolios at once, and have their open orders cancelled if that is wanted.

    Those that were frozen already learn the reason. Replays, which own nothing, go on.
    """
    return command.run(
        lambda cause: freeze_all(
            house.ledger,
            cause,
            lambda: house.live_portfolios(principal),
            body.reason,
            recall_orders=body.cancel_open_orders,
        ),
        _written,
    )


def _written(stopped: Sequence[Stopped]) -> bytes:
    items = [portfolio_json(each.portfolio) | {"already_frozen": each.already} for each in stopped]
    return encode({"items": items, "next": None})
