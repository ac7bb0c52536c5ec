"""Brokers call back here, signed as Standard Webhooks are; nothing is read before it is verified."""

import re
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field, SecretStr, ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from api.http.answers import encode, json_answer
from api.http.asked import Reached, TheHouse
from api.http.documents import answers
from api.http.fields import Body, Moment
from api.http.problems import Problem, as_problem, invalid
from api.http.schemas import CallbackTaken
from api.http.strict_request import StrictRequest, StrictRoute, parse
from application.broker import BrokerReport
from application.callbacks import Callback, Taken
from domain.money import ZERO
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.order import Fill

WEBHOOK_ID = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
KIBIBYTE = 1024

EXECUTION = ("execution_id", "quantity", "price", "at")
NEEDED = {
    "fill": EXECUTION,
    "partial_fill": EXECUTION,
    "trade_correct": EXECUTION,
    "trade_bust": ("execution_id", "at"),
}

Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[\x20-\x7e]+$", strict=True)]


class SmallRequest(StrictRequest):
    """A request of a few lines, so that hashing it costs nothing."""

    body_bytes_max = 64 * KIBIBYTE


class SmallRoute(StrictRoute):
    """A route for such requests."""

    request_class = SmallRequest


router = APIRouter(tags=["orders"], route_class=SmallRoute)


class Said(Body):
    """What a broker says of an order. ``quantity`` and ``commission`` are this execution's."""

    broker: Line
    account: Line | None = None
    client_order_id: Line
    broker_order_id: Line | None = None
    event: Literal[
        "accepted",
        "fill",
        "partial_fill",
        "canceled",
        "expired",
        "rejected",
        "trade_correct",
        "trade_bust",
    ]
    execution_id: Line | None = None
    revision: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    quantity: NonNegativeDecimal | None = None
    price: PositiveDecimal | None = None
    commission: NonNegativeDecimal | None = None
    at: Moment | None = None
    reason: Line | None = None


async def verified(request: Request) -> tuple[str, bytes]:
    """The webhook id and the raw body of a delivery whose signature is good. Raises Problem 401."""
    secret: SecretStr | None = request.app.state.callback_secret
    body = await request.body()
    headers = {name: request.headers.get(name, "") for name in HEADERS}
    webhook_id = headers["webhook-id"]
    for each in re.split(r"[\s,]+", secret.get_secret_value()) if secret else ():
        if each and WEBHOOK_ID.fullmatch(webhook_id) and _signed(each, body, headers):
            return webhook_id, body
    raise Problem(HTTPStatus.UNAUTHORIZED, "The callback is not signed as it must be.", kind="bad-signature")


HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


def _signed(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    """Whether one of the signatures is of this secret and of the last five minutes."""
    try:
        Webhook(secret).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError, TypeError, ArithmeticError):
        # Malformed base64, text, numbers: the library lets them all through as what they are.
        return False
    return True


@router.post(
    "/orders/callback",
    responses=answers(CallbackTaken, s202=CallbackTaken),
    response_model=None,
    openapi_extra={
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in HEADERS
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": Said.model_json_schema()}},
        },
    },
)
def callback(
    house: TheHouse, reached: Reached, delivery: Annotated[tuple[str, bytes], Depends(verified)]
) -> Response:
    """Book what a broker says. 202: kept for a person to look at, such as an order nobody here knows."""
    webhook_id, body = delivery
    said = _read(body)
    text = body.decode()
    taken, position = house.take_callback(Callback(webhook_id, text, _report(said)))
    if position is not None:
        reached.appended(position)
    status = HTTPStatus.ACCEPTED if taken is Taken.STORED else HTTPStatus.OK
    return json_answer(encode({"status": taken.value}), status, position)


def _read(body: bytes) -> Said:
    try:
        said = Said.model_validate(parse(body))
    except ValidationError as error:
        raise as_problem(error) from error
    needed = NEEDED.get(said.event, ())
    missing = [(name, f"A {said.event} needs it.") for name in needed if getattr(said, name) is None]
    if said.quantity is not None and said.quantity <= 0 and said.event in ("fill", "partial_fill"):
        missing.append(("quantity", "A fill has a quantity above zero."))
    if said.revision == 1 and said.event in ("trade_correct", "trade_bust"):
        missing.append(("revision", "What replaces an execution has a revision above 1."))
    if missing:
        raise invalid(*missing)
    return said


def _report(said: Said) -> BrokerReport:
    fill = None
    if said.execution_id and said.at is not None:
        taken_back = said.event == "trade_bust"
        fill = Fill(
            execution_id=said.execution_id,
            revision=said.revision,
            quantity=ZERO if taken_back or said.quantity is None else said.quantity,
            price=said.price or ZERO,
            commission=ZERO if taken_back else said.commission or ZERO,
            at=said.at,
        )
    return BrokerReport(
        said.client_order_id,
        said.event,
        broker_order_id=said.broker_order_id,
        fill=fill,
        reason=said.reason,
        at=said.at,
    )
