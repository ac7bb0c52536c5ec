"""Brokers call back here, signed as Standard Webhooks are; nothing is read before it is verified.

What is not verified yet chooses nothing but whose secrets are tried: the paper accounts' at the one address, those
of a portfolio's broker account at the address that names the portfolio.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import SecretStr

from api.http.acting import ForTheHouse
from api.http.answers import encode, json_answer
from api.http.asked import Reached, TheHouse
from api.http.callback_accounts import CallbackAccounts, Signed
from api.http.callback_body import Said, read, report_of
from api.http.callback_signature import HEADERS, is_signed, may_be_signed, secrets_in
from api.http.documents import answers
from api.http.problems import Problem
from api.http.read_models_reached import ReadModelsReached
from api.http.schemas import CallbackTaken
from api.http.site import address_of
from api.http.strict_request import StrictRequest, StrictRoute
from api.wiring import House
from application.messages.callbacks import Callback
from application.messages.gathering import TooManyWaiting
from application.messages.message_booking import Taken
from application.ports import Message
from domain.portfolio.events import BrokerChoice

KIBIBYTE = 1024
SOURCE = "callback"
PAPER = BrokerChoice()


class SmallRequest(StrictRequest):
    """A request of a few lines, so that hashing it costs nothing."""

    body_bytes_max = 64 * KIBIBYTE


class SmallRoute(StrictRoute):
    """A route for such requests."""

    request_class = SmallRequest


router = APIRouter(tags=["orders"], route_class=SmallRoute, dependencies=[ForTheHouse])

DOCUMENTS = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in HEADERS
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Said.model_json_schema()}},
    },
}


class Delivery(NamedTuple):
    """A delivery whose signature is good, and the account whose secret it is of; no portfolio for paper ones."""

    webhook_id: str
    body: bytes
    broker: BrokerChoice = PAPER
    portfolio_id: UUID | None = None


async def of_paper(request: Request) -> Delivery:
    """A delivery signed with the paper accounts' secret. Raises Problem 413 and 401."""
    _require_signature(request)
    body = await request.body()
    return Delivery(_verified(request, body, secrets_in(request.app.state.callback_secret)), body)


async def of_account(request: Request, portfolio_id: str) -> Delivery:
    """A delivery signed with a secret of the portfolio's own account. Raises Problem 413, 401 and 429.

    An unknown portfolio, a paper one and one without secrets are answered like a wrong signature. Raises
    KeysSealed for secrets that cannot be opened. What brings no signature costs neither a look-up nor its body.
    """
    _require_signature(request)
    body = await request.body()
    accounts: CallbackAccounts = request.app.state.callback_accounts
    try:
        named = UUID(portfolio_id)
    except ValueError:
        raise _unsigned() from None
    said = Signed(request.headers, body, datetime.now(UTC), address_of(request.scope))
    broker = await accounts.of(named, said)
    if broker is None:
        raise _unsigned()
    return Delivery(request.headers["webhook-id"], body, broker, named)


@router.post(
    "/orders/callback",
    responses=answers(CallbackTaken, s202=CallbackTaken),
    response_model=None,
    openapi_extra=DOCUMENTS,
)
async def callback(
    house: TheHouse, reached: Reached, delivery: Annotated[Delivery, Depends(of_paper)]
) -> Response:
    """Book what a paper broker says of an order. 202: kept until it can be booked, and a person is called."""
    return await _take(house, reached, delivery)


@router.post(
    "/orders/callback/{portfolio_id}",
    responses=answers(CallbackTaken, s202=CallbackTaken),
    response_model=None,
    openapi_extra=DOCUMENTS,
)
async def callback_of_account(
    house: TheHouse, reached: Reached, delivery: Annotated[Delivery, Depends(of_account)]
) -> Response:
    """The same for a portfolio at a real broker, signed with a secret of its own account."""
    return await _take(house, reached, delivery)


async def _take(house: House, reached: ReadModelsReached, delivery: Delivery) -> Response:
    said = read(delivery.body)
    _require_own_account(said, delivery)
    message = Message(
        SOURCE if delivery.portfolio_id is None else f"{SOURCE}:{delivery.portfolio_id}",
        delivery.webhook_id,
        delivery.body,
        house.ledger.clock(),
        delivery.portfolio_id,
        _note(said, delivery),
    )
    try:
        waiting = house.callbacks.ask(Callback(message, report_of(said), said.account))
    except TooManyWaiting:
        sentence = "More callbacks wait than can be booked at once; try again in a moment."
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Problem(status, sentence, kind="busy", headers={"Retry-After": "1"}) from None
    answer = await asyncio.wrap_future(waiting)
    if answer.number is not None:
        reached.appended(answer.number)
    status = HTTPStatus.ACCEPTED if answer.taken is Taken.STORED else HTTPStatus.OK
    return json_answer(encode({"status": answer.taken.value}), status, answer.number)


def _verified(request: Request, body: bytes, secrets: Sequence[SecretStr]) -> str:
    """The webhook id of a delivery that is signed."""
    if not is_signed(request.headers, body, secrets, datetime.now(UTC)):
        raise _unsigned()
    return request.headers["webhook-id"]


def _require_signature(request: Request) -> None:
    if not may_be_signed(request.headers, datetime.now(UTC)):
        raise _unsigned()


def _unsigned() -> Problem:
    sentence = "The callback is not signed as it must be."
    return Problem(HTTPStatus.UNAUTHORIZED, sentence, kind="bad-signature")


def _require_own_account(said: Said, delivery: Delivery) -> None:
    """A secret speaks for its own account only; that of the paper accounts for all of them."""
    broker = delivery.broker
    if said.broker != broker.kind or (broker.is_real and said.account != broker.account):
        sentence = f"This secret does not speak for account {said.account or '-'} at {said.broker}."
        raise Problem(HTTPStatus.FORBIDDEN, sentence, kind="other-account")


def _note(said: Said, delivery: Delivery) -> str | None:
    if delivery.broker.is_real or said.account is None:
        return None
    return f"paper takes any account; this one was named {said.account}"
