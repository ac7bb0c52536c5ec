"""What routes ask for beside their own parameters: the house, pages, and read models that are far enough."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from fastapi import Depends, Query, Request

from api.http.access import Principal, principal
from api.http.problems import Problem, invalid
from api.http.read_models_reached import LOG, ReadModelsReached
from api.wiring import House
from domain.refusals import NotFound
from projections import members, orders, timeline

AT_LEAST_SECONDS_MAX = 5.0
OWN_SECONDS_MAX = 1.0
NUMBER_MAX = 2**63 - 1
DIGITS_OF_NUMBER_MAX = 18

AtLeast = Annotated[
    int | None,
    Query(ge=0, le=NUMBER_MAX, description="Wait, 5 s at most, until the answer includes this position"),
]
Limit = Annotated[int, Query(ge=1, le=1000)]
Order = Annotated[
    Literal["oldest", "newest"], Query(description="Which event comes first; `after` goes on in that order")
]
After = Annotated[str | None, Query(max_length=200, description="The `next` of the page before")]


async def the_house(request: Request) -> House:
    """The house behind the app."""
    house: House = request.app.state.house
    return house


async def the_reached(request: Request) -> ReadModelsReached:
    """How far the read models are."""
    reached: ReadModelsReached = request.app.state.reached
    return reached


TheHouse = Annotated[House, Depends(the_house)]
Reached = Annotated[ReadModelsReached, Depends(the_reached)]


async def at_the_log(reached: Reached, at_least: AtLeast = None) -> None:
    """For read models that are written with the events: wait only when asked to."""
    if at_least is not None:
        await _require(reached, LOG, at_least)


def following(name: str) -> Callable[..., Awaitable[None]]:
    """For read models that follow: a client sees at least what this process itself has appended."""

    async def far_enough(reached: Reached, at_least: AtLeast = None) -> None:
        if at_least is not None:
            await _require(reached, name, at_least)
        await reached.wait(name, reached.own_number, OWN_SECONDS_MAX)

    return far_enough


async def _require(reached: ReadModelsReached, name: str, number: int) -> None:
    if not await reached.wait(name, number, AT_LEAST_SECONDS_MAX):
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"Position {number} has not been reached yet; try again in a moment.",
            kind="not-reached-yet",
            headers={"Retry-After": "1"},
        )


UpToDate = Depends(at_the_log)
WithTimeline = Depends(following(timeline.READ_MODEL.name))


class Reading(NamedTuple):
    """Who reads, and in which house."""

    house: House
    principal: str


async def a_reading(request: Request, at_least: AtLeast = None) -> Reading:
    """House, principal and at_the_log in one, for the route that is asked most: each dependency costs time."""
    if at_least is not None:
        await at_the_log(await the_reached(request), at_least)
    return Reading(await the_house(request), await principal(request))


AReading = Annotated[Reading, Depends(a_reading)]


def number_after(after: str | None) -> int:
    """A cursor that is an event number; 0 for the first page."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit()) or len(after) > DIGITS_OF_NUMBER_MAX:
        raise invalid(("after", "This is no cursor of this list."))
    return int(after)


def number_beyond(order: Order, after: str | None) -> int:
    """A cursor that is an event number, from which a list goes on in its order; for the first page its beginning."""
    return NUMBER_MAX if order == "newest" and after is None else number_after(after)


def id_after(after: str | None) -> UUID | None:
    """A cursor that is an id; None for the first page."""
    try:
        return None if after is None else UUID(after)
    except ValueError:
        raise invalid(("after", "This is no cursor of this list.")) from None


def own_portfolio(house: TheHouse, member: Principal, portfolio_id: UUID) -> UUID:
    """A portfolio of the person who asks; another's is as good as none. Raises NotFound."""
    with house.pool.connection() as connection:
        if not members.sees(connection, member, portfolio_id):
            raise NotFound("portfolio", portfolio_id)
    return portfolio_id


def own_position(house: TheHouse, member: Principal, position_id: UUID) -> UUID:
    """A position in a portfolio of the person who asks. Raises NotFound."""
    with house.pool.connection() as connection:
        if not members.sees_position(connection, member, position_id):
            raise NotFound("position", position_id)
    return position_id


def own_order(house: TheHouse, member: Principal, order_id: UUID) -> UUID:
    """The position of an order of the person who asks. Raises NotFound."""
    with house.pool.connection() as connection:
        found = orders.one(connection, member, order_id)
    if found is None:
        raise NotFound("order", order_id)
    return found.position_id


OwnPortfolio = Annotated[UUID, Depends(own_portfolio)]
OwnPosition = Annotated[UUID, Depends(own_position)]
PositionOfOwnOrder = Annotated[UUID, Depends(own_order)]
