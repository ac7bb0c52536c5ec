"""For whom a request's queries are made: for who asks, and nobody else until a route says so."""

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.postgres.acting import HOUSE, NOBODY, acting_for, go_on_for
from application.access.recognise import Caller
from domain.access.person import LOCAL


class ActingForCaller:
    """Stands next to the routes, so that whatever they ask the database is asked for the caller."""

    def __init__(self, app: ASGIApp, *, is_open: bool) -> None:
        self._app = app
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        with acting_for(self._caller(scope) if scope["type"] == "http" else HOUSE):
            await self._app(scope, receive, send)

    def _caller(self, scope: Scope) -> str:
        if self._is_open:
            return LOCAL
        caller: Caller | None = scope.get("state", {}).get("caller")
        return NOBODY if caller is None else caller.user_id


async def for_the_house(_: Request) -> None:
    """The rest of this request concerns everybody, whoever asks: see docs/architecture.md, "Who sees what"."""
    go_on_for(HOUSE)


ForTheHouse = Depends(for_the_house)
