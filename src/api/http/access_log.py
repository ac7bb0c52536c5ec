"""One line in the log for every request, its time in the metrics, and an answer to what nobody expected."""

import asyncio
import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils.compat import uuid7

from api.http import problems
from api.http.problems import Problem
from api.http.process_metrics import ProcessMetrics

if TYPE_CHECKING:
    from adapters.traces.traces import Traces

log = structlog.get_logger()

REQUEST_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}", re.ASCII)
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
IDS_IN_PATHS = ("portfolio_id", "position_id", "order_id", "listing_id")
CHARACTERS_LOGGED_MAX = 200
STREAM = "text/event-stream"
NAMESPACE = UUID("6f7d1c66-5a37-4f0b-9a55-0d3b6f0f7d21")


class AccessLog:
    """Gives each request its ids, times it and logs it. Neither bodies nor credentials are ever logged."""

    def __init__(self, app: ASGIApp, process_metrics: ProcessMetrics, traces: "Traces | None" = None) -> None:
        self._app = app if traces is None else TracedRequests(app, traces)
        self._process_metrics = process_metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        headers = Headers(scope=scope)
        request_id, correlation_id = ids_of(headers.get("x-request-id"))
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        status = 500
        begun = False
        streamed: float | None = None

        async def noting(message: Message) -> None:
            nonlocal status, begun, streamed
            if message["type"] == "http.response.start":
                begun, status = True, int(message["status"])
                answer = MutableHeaders(scope=message)
                answer["X-Request-Id"] = request_id
                if answer.get("content-type", "").startswith(STREAM):
                    streamed = time.perf_counter() - started  # it lasts for as long as somebody listens
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if begun:
                raise
            await problems.answer(problems.as_problem(error))(scope, receive, noting)
        except asyncio.CancelledError:  # it took longer than a server that is told to stop waits
            if begun:
                raise
            await problems.answer(_stopping())(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - started if streamed is None else streamed
            route = route_of(scope)
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            self._process_metrics.count(method, route, status, seconds)
            log.info(
                "request",
                request_id=request_id,
                correlation_id=str(correlation_id),
                method=method,
                route=route,
                status=status,
                duration_ms=round(seconds * 1000, 2),
                **_particulars(scope, headers),
            )


def _stopping() -> Problem:
    """What was asked may be done nevertheless, in a thread that nobody waits for."""
    sentence = "Ballast is stopping and cannot say whether this was done: ask again, under the same key."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, kind="stopping", headers={"Retry-After": "5"})


class TracedRequests:
    """Has each request begin the trace of its correlation id, once that is known."""

    def __init__(self, app: ASGIApp, traces: "Traces") -> None:
        self._app = app
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        correlation_id: UUID = scope["state"]["correlation_id"]
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        traceparent = Headers(scope=scope).get("traceparent")
        with self._traces.request(method, correlation_id, traceparent) as span:

            async def noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", int(message["status"]))
                await send(message)

            try:
                await self._app(scope, receive, noting)
            finally:
                route = route_of(scope)
                span.update_name(f"{method} {route}")
                span.set_attributes({"http.request.method": method, "http.route": route})


def _particulars(scope: Scope, headers: Headers) -> dict[str, str]:
    """What the request was about, as far as its address and its key say."""
    path = scope.get("path_params") or {}
    found = {name: str(path[name])[:CHARACTERS_LOGGED_MAX] for name in IDS_IN_PATHS if name in path}
    key = headers.get("idempotency-key")
    return found if key is None else found | {"idempotency_key": key[:CHARACTERS_LOGGED_MAX]}


def route_of(scope: Scope) -> str:
    """The route's template, such as ``/positions/{position_id}``: few values, none that a client made up."""
    return getattr(scope.get("route"), "path", None) or "unknown"


def ids_of(given: str | None) -> tuple[str, UUID]:
    """The request's id, the client's own where it is sensible, and the correlation id that goes with it."""
    if given is None or not REQUEST_ID.fullmatch(given):
        new = uuid7()
        return str(new), new
    try:
        return given, UUID(given)
    except ValueError:
        return given, uuid5(NAMESPACE, given)
