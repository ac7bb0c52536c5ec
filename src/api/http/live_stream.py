"""Who listens for news, and what they are told: how far the log is for them, and that prices moved.

A listener is told numbers and moments only; what happened is asked for where it is guarded already.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import datetime
from http import HTTPStatus

import anyio.to_thread

from api.http.answers import encode, moment
from api.http.problems import Problem
from api.http.read_models_reached import ReadModelsReached
from api.wiring import House
from projections import timeline, watched

OF_ONE_MAX = 12
OF_ALL_MAX = 200
LOOK_SECONDS = 5.0
"""How often prices are looked at, and how long the log is waited for."""

APART_SECONDS = 0.5
"""At least this lies between two words about the log: a storm of events is one piece of news."""

RETRY = b"retry: 3000\n\n"


class LiveStream:
    """The listeners of this process, few enough for it to serve others too."""

    def __init__(self, house: House, reached: ReadModelsReached) -> None:
        self._house = house
        self._reached = reached
        self._listening = Counter[str]()
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closing.set()

    def welcome(self, principal: str) -> None:
        """Raises Problem 429 or 503 when there are listeners enough."""
        if self._listening[principal] >= OF_ONE_MAX:
            raise _full(HTTPStatus.TOO_MANY_REQUESTS)
        if self._listening.total() >= OF_ALL_MAX:
            raise _full(HTTPStatus.SERVICE_UNAVAILABLE)

    async def news(self, principal: str) -> AsyncGenerator[bytes]:
        """Server-sent events until the client goes or the server stops: ``log`` and ``prices``."""
        self._listening[principal] += 1
        try:
            async for each in self._told(principal):
                yield each
        finally:
            self._listening[principal] -= 1

    async def _told(self, principal: str) -> AsyncGenerator[bytes]:
        number, priced = 0, None
        yield RETRY
        while not self._closing.is_set():
            newest = await anyio.to_thread.run_sync(self._newest_event, principal, number)
            if newest is not None:
                number = newest
                yield _event("log", {"number": number})
            latest = await anyio.to_thread.run_sync(self._newest_price, principal)
            if latest != priced:
                priced = latest
                yield _event("prices", {"newest": moment(priced)})
            elif newest is None:
                yield b": still here\n\n"
            await self._pause(number)

    async def _pause(self, number: int) -> None:
        """Until the log has gone on, prices are due or the server stops."""
        closing = asyncio.create_task(self._closing.wait())
        further = asyncio.create_task(self._reached.wait(timeline.READ_MODEL.name, number + 1, LOOK_SECONDS))
        try:
            await asyncio.wait({closing, further}, return_when=asyncio.FIRST_COMPLETED)
            if not closing.done():
                await asyncio.wait({closing}, timeout=APART_SECONDS)
        finally:
            closing.cancel()
            further.cancel()

    def _newest_event(self, principal: str, after: int) -> int | None:
        with self._house.pool.connection() as connection:
            return timeline.newest_seen(connection, principal, after)

    def _newest_price(self, principal: str) -> datetime | None:
        with self._house.pool.connection() as connection:
            return watched.newest_price_of(connection, principal)


def _event(name: str, data: object) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + encode(data) + b"\n\n"


def _full(status: HTTPStatus) -> Problem:
    sentence = "Too many pages are listening already; ask again from time to time instead."
    return Problem(status, sentence, kind="too-many-listeners", headers={"Retry-After": "30"})
