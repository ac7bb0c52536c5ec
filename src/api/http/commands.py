"""Commands of a person: who asked, under which idempotency key, and what was answered the first time."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request, Response

from api.http.access import Principal
from api.http.answers import json_answer
from api.http.asked import Reached, TheHouse
from api.http.problems import Problem, invalid
from api.http.read_models_reached import ReadModelsReached
from api.wiring import House
from application.ledger import Cause, IdempotentRequest, Outcome
from application.ports import KeyAlreadyUsed, Receipt
from domain.refusals import Refusal

T = TypeVar("T")

KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="The same key with the same request answers the first result, with another request 409",
    ),
]


@dataclass(frozen=True, slots=True)
class Command:
    """One request that changes something."""

    house: House
    reached: ReadModelsReached
    principal: str
    correlation_id: UUID
    key: str | None
    fingerprint: str

    def run(
        self,
        do: Callable[[Cause], Outcome[T]],
        render: Callable[[T], bytes],
        status: int | Callable[[T], int] = HTTPStatus.OK,
        *,
        remember: Callable[[T], bytes] | None = None,
    ) -> Response:
        """Carry it out once, however often it is sent, and answer what it came to.

        ``remember`` writes what is kept under the key instead of the answer, where that tells a secret.

        Only what succeeded is kept under the key: what was refused changed nothing and may be tried again.
        """
        if self.key is None:
            outcome = do(self.cause())
            return self._answer(render(outcome.answer), _status(status, outcome.answer), outcome.number)
        kept = self._kept(self.key)
        if kept is not None:
            return kept
        written = b""

        def write(answer: T) -> bytes:
            nonlocal written
            written = render(answer)
            return remember(answer) if remember else written

        request = IdempotentRequest(self.principal, self.key, self.fingerprint, status, write)
        try:
            outcome = do(self.cause(request))
        except (KeyAlreadyUsed, Refusal):
            # A twin of this request may have been faster: then its answer is the answer.
            kept = self._kept(self.key)
            if kept is None:
                raise
            return kept
        return self._answer(written, _status(status, outcome.answer), outcome.number)

    def cause(self, request: IdempotentRequest[Any] | None = None) -> Cause:
        """What the events of this command are recorded under."""
        return Cause(actor=self.principal, correlation_id=self.correlation_id, request=request)

    def _kept(self, key: str) -> Response | None:
        receipt = self.house.log.receipt(self.principal, key)
        if receipt is None:
            return None
        if receipt.fingerprint != self.fingerprint:
            sentence = "This idempotency key was used for another request."
            raise Problem(HTTPStatus.CONFLICT, sentence, kind="idempotency-key-reused")
        return self._from(receipt)

    def _from(self, receipt: Receipt) -> Response:
        self.reached.appended(receipt.position)
        return json_answer(receipt.body, receipt.status, receipt.position)

    def _answer(self, content: bytes, status: int, position: int | None) -> Response:
        if position is None:
            with self.house.house_pool.connection() as connection:
                position = self.house.log.last_number(connection)
        self.reached.appended(position)
        return json_answer(content, status, position)


def _status(status: int | Callable[[T], int], answer: T) -> int:
    return status if isinstance(status, int) else status(answer)


def _content(media_type: str, body: bytes) -> bytes:
    """What stands for a body: itself; of a form its parts, without the boundary, which clients draw anew each time."""
    told = Message()
    told["Content-Type"] = media_type
    boundary = told.get_boundary() if told.get_content_maintype() == "multipart" else None
    if not boundary:
        return body
    parts = body.split(b"--" + boundary.encode("latin-1", "replace"))
    return b"".join(hashlib.sha256(part).digest() for part in parts)


async def command(
    request: Request,
    house: TheHouse,
    reached: Reached,
    principal: Principal,
    idempotency_key: IdempotencyKey = None,
) -> Command:
    """The command that a request is. Its fingerprint covers method, address and what the body holds."""
    if idempotency_key is not None and not KEY.fullmatch(idempotency_key):
        raise invalid(("Idempotency-Key", "A key is 1 to 200 visible ASCII characters."))
    address = f"{request.method} {request.url.path}?{request.url.query}\n"
    content = _content(request.headers.get("content-type", ""), await request.body())
    digest = hashlib.sha256(address.encode() + content).hexdigest()
    correlation_id: UUID = request.state.correlation_id
    return Command(house, reached, principal, correlation_id, idempotency_key, digest)


ACommand = Annotated[Command, Depends(command)]
