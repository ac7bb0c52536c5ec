"""Refusals on the wire: RFC 9457 problem documents with a stable ``type``, mapped once for every route."""

import json
from collections.abc import Mapping, Sequence
from decimal import DecimalException
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from api.http.field_errors import field_error
from application.access.refusals import CodeMissing, NotKnownHere, NotSignedIn, TooManyTries, WrongCode
from application.ports.broker import BrokerSilent, KeysSealed
from application.ports.dead_letters import QueueAway
from application.ports.issuer import IssuerSilent, NotVouchedFor
from application.restored import ReadOnly
from domain.refusals import Conflict, FieldError, Invalid, InvalidFields, NotAllowed, NotFound, Refusal
from domain.sessions import BeyondCalendar, UnknownExchange

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

STATUS_OF: dict[type[Refusal], HTTPStatus] = {
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotVouchedFor: HTTPStatus.UNAUTHORIZED,
    NotKnownHere: HTTPStatus.FORBIDDEN,
    IssuerSilent: HTTPStatus.SERVICE_UNAVAILABLE,
    CodeMissing: HTTPStatus.UNAUTHORIZED,
    WrongCode: HTTPStatus.UNAUTHORIZED,
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    KeysSealed: HTTPStatus.SERVICE_UNAVAILABLE,
    ReadOnly: HTTPStatus.SERVICE_UNAVAILABLE,
    QueueAway: HTTPStatus.SERVICE_UNAVAILABLE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

KINDS = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many-requests",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}


class Problem(HTTPException):
    """A refusal of the door itself. ``kind`` ends the type where the status alone says too little."""

    def __init__(
        self,
        status: HTTPStatus,
        sentence: str,
        *,
        kind: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        also: Mapping[str, str] | None = None,
    ) -> None:
        """``also`` is what the document says in members of its own, for programs."""
        super().__init__(status, sentence, dict(headers) if headers else None)
        self.sentence = sentence
        self.kind = kind
        self.errors = errors
        self.also = also or {}


def invalid(*errors: FieldError) -> Problem:
    """The problem that some fields cannot be what they are."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, _summary(errors), errors=errors)


def refuse_null(body: BaseModel) -> None:
    """For bodies that change what they name: a key that is given has to have a value."""
    nulls = [name for name in body.model_fields_set if getattr(body, name) is None]
    if nulls:
        sentence = "Must have a value; leave the key out to keep what is there."
        raise invalid(*((name, sentence) for name in sorted(nulls)))


def answer(problem: Problem) -> Response:
    """A problem as the response to send."""
    status = HTTPStatus(problem.status_code)
    document: dict[str, Any] = {
        "type": f"/problems/{problem.kind or KINDS.get(status, 'refused')}",
        "title": status.phrase,
        "status": status.value,
        "detail": problem.sentence,
        **problem.also,
    }
    if problem.errors:
        document["errors"] = [{"field": field, "detail": sentence} for field, sentence in problem.errors]
    # Escaped to ASCII: a field's name may be any text that a client made up, lone surrogates included.
    content = json.dumps(document).encode()
    return Response(content, status.value, headers=problem.headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Map every way in which a request can fail."""

    def refused(_: Request, error: Exception) -> Response:
        return answer(as_problem(error))

    for kind in (
        HTTPException,
        RequestValidationError,
        Refusal,
        UnknownExchange,
        BeyondCalendar,
        DecimalException,
        BrokerSilent,
        psycopg.Error,
    ):
        app.add_exception_handler(kind, refused)


def as_problem(error: Exception) -> Problem:
    """What an error means to the client; what is nobody's fault but ours is a 500 that says nothing of it."""
    match error:
        case Problem():
            return error
        case HTTPException():
            return Problem(HTTPStatus(error.status_code), _plain_sentence(error), headers=error.headers)
        case RequestValidationError() | ValidationError():
            return invalid(*(field_error(each) for each in error.errors()))
        case Invalid():
            return invalid((error.field, str(error)))
        case InvalidFields():
            return invalid(*error.errors)
        case TooManyTries():
            wait = {"Retry-After": str(error.seconds)}
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, str(error), headers=wait)
        case Refusal():
            status = next(STATUS_OF[each] for each in type(error).__mro__ if each in STATUS_OF)
            return Problem(status, str(error), kind=error.kind)
        case UnknownExchange():
            return invalid(("exchange", str(error)))
        case BeyondCalendar():
            return invalid(("as_of", str(error)))
        case BrokerSilent():
            sentence = "The broker does not answer just now; nothing was changed, try again in a moment."
            retry = {"Retry-After": "5"}
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, kind="broker-silent", headers=retry)
        case DecimalException():
            too_large = "The numbers together have more digits than can be booked."
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, too_large)
        case psycopg.errors.CheckViolation():
            return Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "These numbers cannot be booked; nothing was done."
            )
        case psycopg.IntegrityError():
            return Problem(HTTPStatus.CONFLICT, "This contradicts what is booked already; nothing was done.")
        case psycopg.DataError():
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "A value cannot be stored as it is.")
        case psycopg.OperationalError() | psycopg.InterfaceError():
            log.warning("database.away", error=type(error).__name__)
            sentence = "The database does not answer just now; try again in a moment."
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, headers={"Retry-After": "1"})
        case _:
            log.error("request.failed", error=type(error).__name__, exc_info=error)
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; it was logged.")


def _plain_sentence(error: HTTPException) -> str:
    match error.status_code:
        case HTTPStatus.NOT_FOUND:
            return "There is nothing at this address."
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return "This address does not take that method."
        case _:
            return f"{error.detail}"


def _summary(errors: Sequence[FieldError]) -> str:
    if len(errors) == 1:
        field, sentence = errors[0]
        return f"{field}: {sentence}"
    return f"{len(errors)} fields cannot be what they are."
