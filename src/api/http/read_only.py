"""Refuses commands while a restored Ballast may not act; queries are answered all the while."""

import re

import psycopg
from psycopg_pool import PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http import problems
from api.http.access import SAFE_METHODS
from application.restored import ReadOnly, Restored

# Signing in and out, stopping, telling what has happened, and what ends the waiting itself.
ALWAYS = re.compile(r"/auth/.*|/freeze|/portfolios/[^/]+/(freeze|reconcile|broker)|/orders/callback(/.*)?")


class ReadOnlyWhileRestored:
    """Passes on what may be asked of a restored Ballast; see application.restored."""

    def __init__(self, app: ASGIApp, restored: Restored) -> None:
        self._app = app
        self._restored = restored

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 503 and what it is waiting for."""
        if self._restored.over or not _changes(scope):
            await self._app(scope, receive, send)
            return
        try:
            await run_in_threadpool(self._restored.require)
        except (ReadOnly, psycopg.Error, PoolTimeout) as error:
            await problems.answer(problems.as_problem(error))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _changes(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] not in SAFE_METHODS
        and ALWAYS.fullmatch(scope["path"]) is None
    )
