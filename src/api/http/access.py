"""Who may ask. In open mode that is the person at this machine, and no web page a browser was lured to."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http import problems
from api.http.loopback import is_loopback, name_of
from api.http.problems import Problem
from api.http.site import Site
from application.access.recognise import Caller
from domain.access.person import LOCAL

__all__ = ["SAFE_METHODS", "ACaller", "LoopbackOnly", "Principal", "is_loopback", "principal"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class LoopbackOnly:
    """Refuses what a browser sends on behalf of a foreign page: by its Host (DNS rebinding) or its Origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._site = Site()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer the problem."""
        problem = self._objection(scope) if scope["type"] == "http" else None
        if problem is None:
            await self._app(scope, receive, send)
        else:
            await problems.answer(problem)(scope, receive, send)

    def _objection(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        if not is_loopback(name_of(headers.get("host", ""))):
            sentence = "Without sign-in Ballast answers only to this machine's own name, such as localhost."
            return Problem(HTTPStatus.FORBIDDEN, sentence, kind="foreign-host")
        origin = headers.get("origin")
        if origin is not None and scope["method"] not in SAFE_METHODS:
            return None if self._site.is_own(origin, headers) else foreign_origin()
        return None


def foreign_origin() -> Problem:
    """The problem that another site's page wants to change something."""
    sentence = "A page of another site may not change anything here."
    return Problem(HTTPStatus.FORBIDDEN, sentence, kind="foreign-origin")


def caller_of(request: Request) -> Caller | None:
    """Who asks, as the gate has recognised them; None in open mode, and where everybody may ask."""
    caller: Caller | None = request.scope.get("state", {}).get("caller")
    return caller


async def principal(request: Request) -> str:
    """The id of the person who asks."""
    if request.app.state.auth == "open":
        return LOCAL
    caller = caller_of(request)
    if caller is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in first.")
    return caller.user_id


Principal = Annotated[str, Depends(principal)]
ACaller = Annotated[Caller | None, Depends(caller_of)]
