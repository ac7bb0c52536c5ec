"""Who sees a portfolio and acts on it: its owner, and whom the owner lets in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from api.http.access import ACaller
from api.http.answers import encode, json_answer
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body
from api.http.schemas import Page
from api.http.schemas.members import Member
from api.http.signed_in import Proven
from api.http.strict_request import StrictRoute
from application import members as use_cases
from domain.portfolio.state import Portfolio
from projections import members as rows

router = APIRouter(prefix="/portfolios/{portfolio_id}/members", tags=["portfolios"], route_class=StrictRoute)

CREATED = 201
PERSON = r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"


class NewMember(Body):
    """``user_id`` is what `GET /auth/me` tells that person."""

    user_id: Annotated[str, Field(strict=True, pattern=PERSON)]


@router.get("", responses=answers(Page[Member]), response_model=None, dependencies=[UpToDate])
def page(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """Everybody who sees the portfolio; there is one page."""
    with house.pool.connection() as connection:
        found = rows.of_portfolio(connection, portfolio_id)
    accounts = {row["member"]: house.accounts.by_id(row["member"]) for row in found}
    names = {user_id: account.name for user_id, account in accounts.items() if account is not None}
    return json_answer(_page([(row["member"], row["is_owner"]) for row in found], names))


@router.post(
    "",
    responses=answers(Page[Member], CREATED),
    response_model=None,
    status_code=CREATED,
    dependencies=[Proven],
)
def add(
    house: TheHouse, command: ACommand, caller: ACaller, portfolio_id: OwnPortfolio, body: NewMember
) -> Response:
    """Let a person see the portfolio and do with it whatever its owner does, but for this. 403 unless one owns it.

    Where people sign in, they have proven who they are within five minutes: by signing in, or by `POST /auth/proof`.
    An id that is nobody's is refused there.
    """

    def is_known(user_id: str) -> bool:
        return caller is None or house.accounts.by_id(user_id) is not None

    return command.run(
        lambda cause: use_cases.add_member(house.ledger, cause, portfolio_id, body.user_id, is_known),
        _written,
        CREATED,
    )


@router.delete("/{user_id}", responses=answers(Page[Member]), response_model=None)
def remove(
    house: TheHouse,
    command: ACommand,
    portfolio_id: OwnPortfolio,
    user_id: Annotated[str, Path(pattern=PERSON)],
) -> Response:
    """Take that back, from now on; what they did stays. 403 unless one owns it, 409 for the owner.

    It takes no new proof: whoever shuts somebody out in a hurry shall not look for a device first.
    """
    return command.run(
        lambda cause: use_cases.remove_member(house.ledger, cause, portfolio_id, user_id), _written
    )


def _written(portfolio: Portfolio) -> bytes:
    return _page([(portfolio.owner, True), *((each, False) for each in portfolio.members)])


def _page(people: list[tuple[str, bool]], names: Mapping[str, str] = MappingProxyType({})) -> bytes:
    items = [{"user_id": who, "name": names.get(who), "is_owner": owns} for who, owns in people]
    return encode({"items": items, "next": None})
