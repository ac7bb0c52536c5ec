"""Request bodies, read strictly: capped in size and depth, JSON only, and no key twice."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.http.problems import Problem, as_problem
from api.http.strict_json import parse
from domain.refusals import InvalidFields

MEBIBYTE = 1024 * 1024

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRequest(Request):
    """A request whose body is at most ``body_bytes_max`` long and, where it is JSON, unambiguous."""

    body_bytes_max = MEBIBYTE

    async def body(self) -> bytes:
        """The body; 413 when it is too large, by its header before any of it is read."""
        if not hasattr(self, "_body"):
            announced = self.headers.get("content-length", "")
            if announced.isascii() and announced.isdigit() and int(announced[:20]) > self.body_bytes_max:
                raise self._too_large()
            chunks, size = [], 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > self.body_bytes_max:
                    raise self._too_large()
                chunks.append(chunk)
            self._body = b"".join(chunks)
        return self._body

    async def json(self) -> Any:  # noqa: ANN401  # JSON is anything
        """The body as JSON. Raises Problem 422."""
        if not hasattr(self, "_json"):
            try:
                self._json = parse(await self.body())
            except InvalidFields as refusal:
                # Whatever else a request raises here, FastAPI takes for a body that says nothing.
                raise as_problem(refusal) from refusal
        return self._json

    def _too_large(self) -> Problem:
        sentence = f"The body is larger than {self.body_bytes_max} bytes."
        return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence, headers={"Connection": "close"})


class StrictRoute(APIRoute):
    """A route that reads bodies as StrictRequest does; JSON routes refuse other media types."""

    request_class: type[StrictRequest] = StrictRequest

    def get_route_handler(self) -> Handler:
        """The route's handler, given a strict request."""
        handle = super().get_route_handler()
        takes_json = self.body_field is not None

        async def strictly(request: Request) -> Response:
            strict = self.request_class(request.scope, request.receive)
            if takes_json and await strict.body() and not _says_json(strict):
                sentence = "The body must be JSON: send Content-Type: application/json."
                raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, sentence)
            return await handle(strict)

        return strictly


def _says_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")
