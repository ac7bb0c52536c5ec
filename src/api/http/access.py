"""Who may ask. In open mode that is the person at this machine, and no web page a browser was lured to."""

from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http import problems
from api.http.problems import Problem

LOCAL = "local"
"""The person at this machine: actor of what they do and owner of what they open."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine and nothing else."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class LoopbackOnly:
    """Refuses what a browser sends on behalf of a foreign page: by its Host (DNS rebinding) or its Origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer the problem."""
        problem = _objection(scope) if scope["type"] == "http" else None
        if problem is None:
            await self._app(scope, receive, send)
        else:
            await problems.answer(problem)(scope, receive, send)


def _objection(scope: Scope) -> Problem | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not is_loopback(_name_of(host)):
        sentence = "Without sign-in Ballast answers only to this machine's own name, such as localhost."
        return Problem(HTTPStatus.FORBIDDEN, sentence, kind="foreign-host")
    origin = headers.get("origin")
    if origin is not None and scope["method"] not in SAFE_METHODS and not _is_of(origin, host):
        sentence = "A page of another site may not change anything here."
        return Problem(HTTPStatus.FORBIDDEN, sentence, kind="foreign-origin")
    return None


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_of(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


async def principal(request: Request) -> str:
    """Who asks. Only the open mode knows anybody yet."""
    if request.app.state.auth != "open":
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign-in is not available yet; run with BALLAST_AUTH=open.")
    return LOCAL


Principal = Annotated[str, Depends(principal)]
