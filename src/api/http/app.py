"""The HTTP application: its routers, what stands before them, and what starts and stops with it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from fastapi import FastAPI

from api.configuration import Configuration
from api.http import problems
from api.http.access import LoopbackOnly
from api.http.access_log import AccessLog
from api.http.acting import ActingForCaller
from api.http.callback_accounts import CallbackAccounts
from api.http.callers import Callers
from api.http.documents import describe
from api.http.gate import Gate
from api.http.live_stream import LiveStream
from api.http.process_metrics import ProcessMetrics
from api.http.read_models_reached import ReadModelsReached
from api.http.read_only import ReadOnlyWhileRestored
from api.http.readiness import Readiness
from api.http.request_limits import RequestLimits
from api.http.routes import ROUTERS
from api.http.security_headers import SecurityHeaders
from api.http.site import Site
from api.http.slow_turns import SlowTurns
from api.http.standing import Standing
from api.http.verifying import Verifying
from api.wiring import House
from domain.sessions import UnknownExchange
from projections import listings


def create_app(house: House, configuration: Configuration) -> FastAPI:
    """The application on a house. It listens for read models while its lifespan lasts."""
    reached = ReadModelsReached(house.database_url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reached.start()
        threading.Thread(target=_open_calendars, args=(house,), name="calendars", daemon=True).start()
        try:
            yield
        finally:
            reached.stop()

    app = FastAPI(
        title="Ballast",
        version="0.1.0",
        summary="Rules-based investing that explains itself",
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url="/docs" if configuration.auth == "open" else None,
        redoc_url="/redoc" if configuration.auth == "open" else None,
    )
    standing = Standing(house)
    process_metrics = ProcessMetrics(standing)
    app.state.house = house
    app.state.auth = configuration.auth
    app.state.callback_secret = configuration.callback_secret
    app.state.reached = reached
    app.state.live_stream = LiveStream(house, reached)
    app.state.page_folder = configuration.page
    app.state.standing = standing
    app.state.readiness = Readiness(standing.is_ready)
    app.state.verifying = Verifying(house.verified)
    app.state.process_metrics = process_metrics
    app.state.site = site = Site(configuration.public_url)
    app.state.operators = configuration.known_operators()
    app.state.callers = callers = Callers(house.recognise)
    app.state.turns = SlowTurns()
    limits = RequestLimits(configuration.requests_per_minute)
    app.state.callback_accounts = CallbackAccounts(house, limits)
    # As they are: including a router builds each of its routes once more, a sixth of a second for every application.
    app.router.routes.extend(route for router in ROUTERS for route in router.routes)
    problems.install(app)
    app.add_middleware(ActingForCaller, is_open=configuration.auth == "open")
    app.add_middleware(ReadOnlyWhileRestored, restored=house.restored)
    if configuration.auth == "open":
        app.add_middleware(LoopbackOnly)
    else:
        app.add_middleware(
            Gate,
            auth=configuration.auth,
            callers=callers,
            site=site,
            limits=limits,
            browser_seals=house.browser_seals,
        )
    app.add_middleware(AccessLog, process_metrics=process_metrics, traces=house.traces)
    app.add_middleware(SecurityHeaders, site=site)
    describe(app)
    return app


def _open_calendars(house: House) -> None:
    """Read the calendars that will be needed, so that no first request waits a second for them."""
    with suppress(psycopg.OperationalError, UnknownExchange):
        with house.pool.connection() as connection:
            exchanges = listings.exchanges(connection)
        for exchange in exchanges:
            house.sessions.reaches(exchange)
