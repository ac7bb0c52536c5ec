"""Orders and their executions."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number


class Execution(Answer):
    execution_id: str
    revision: int
    quantity: Number
    price: Number
    commission: Number
    at: Moment


class Order(Answer):
    """An order; one with a recommendation is a person's to place, its broker ``hand`` once they do."""

    id: UUID
    position_id: UUID
    recommendation_id: UUID | None
    client_order_id: str
    broker: str | None
    account: str | None
    broker_order_id: str | None
    side: Literal["BUY", "SELL"]
    type: Literal["market", "limit"]
    quantity: Number
    filled: Number
    average_price: Number | None
    status: str
    decided_price: Number
    limit_price: Number | None
    time_in_force: Literal["day", "gtc", "ioc"]
    overlay: str | None
    executions: list[Execution]


class CallbackTaken(Answer):
    status: Literal["booked", "duplicate", "stored"]
