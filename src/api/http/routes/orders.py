"""Orders, and their cancelling."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, page_answer
from api.http.asked import After, Limit, PositionOfOwnOrder, TheHouse, UpToDate, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.position_card import order_json
from api.http.schemas import Order, Page
from api.http.strict_request import StrictRoute
from domain import order as domain
from domain.order import OrderStatus
from domain.refusals import NotFound
from projections import orders as rows

router = APIRouter(prefix="/orders", tags=["orders"], route_class=StrictRoute)


@router.get("", responses=answers(Page[Order]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    principal: Principal,
    position_id: UUID | None = None,
    portfolio_id: UUID | None = None,
    status: OrderStatus | None = None,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Orders in the order of their decisions."""
    with house.pool.connection() as connection:
        found = rows.page(
            connection,
            principal,
            portfolio_id=portfolio_id,
            position_id=position_id,
            status=status.value if status else None,
            after=id_after(after),
            limit=limit,
        )
    cursor = str(found[-1].order.id) if len(found) == limit else None
    return page_answer([order_json(*each) for each in found], cursor)


@router.get("/{order_id}", responses=answers(Order), response_model=None, dependencies=[UpToDate])
def one(house: TheHouse, principal: Principal, order_id: UUID) -> Response:
    """One order with its executions."""
    with house.pool.connection() as connection:
        found = rows.one(connection, principal, order_id)
    if found is None:
        raise NotFound("order", order_id)
    return json_answer(encode(order_json(*found)))


@router.post("/{order_id}/cancel", responses=answers(Order), response_model=None)
def cancel(house: TheHouse, command: ACommand, position_id: PositionOfOwnOrder, order_id: UUID) -> Response:
    """Cancel it: at once when it has not left yet, else by asking its broker."""

    def written(order: domain.Order) -> bytes:
        return encode(order_json(position_id, order))

    return command.run(lambda cause: house.cancel_order(cause, position_id, order_id), written)


@router.post("/{order_id}/resubmit", responses=answers(Order), response_model=None)
def resubmit(house: TheHouse, command: ACommand, position_id: PositionOfOwnOrder, order_id: UUID) -> Response:
    """Send an order of unknown fate once more, under the id it has: the broker is asked for it first.

    If the broker has it after all, what it says is booked and nothing is sent.
    """

    def written(order: domain.Order) -> bytes:
        return encode(order_json(position_id, order))

    return command.run(lambda cause: house.resubmit_order(cause, position_id, order_id), written)
