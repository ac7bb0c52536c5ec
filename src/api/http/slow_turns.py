"""Turns for passwords: each takes 64 MiB and every processor, so few are judged at once, and nobody waits for many.

Who sends a thousand passwords waits for themselves. One address, one browser or one sign-in has four places and no
more, and what finds none is answered 429 before its try is counted and its password is hashed. People whose browser or
sign-in is known have threads of their own, and do not stand behind strangers, however many those are.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter

from api.http.problems import Problem

T = TypeVar("T")

AT_ONCE = 2
"""Passwords judged at once, of known people and of strangers each."""

PLACES_OF_ONE = 4
PLACES_OF_STRANGERS = 32
COUNTED_AT_ONCE = 4
"""Threads in which tries are counted: while Redis is away each may wait for two seconds."""

WAIT_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A place that somebody has, with the threads that it leads to."""

    counting: CapacityLimiter
    judging: CapacityLimiter

    async def count(self, do: Callable[[], T]) -> T:
        """Do what must not wait for passwords."""
        return await anyio.to_thread.run_sync(do, limiter=self.counting)

    async def judge(self, do: Callable[[], T]) -> T:
        """Do what is slow on purpose, when its turn has come."""
        return await anyio.to_thread.run_sync(do, limiter=self.judging)


class SlowTurns:
    """Gives out places, to known people and to strangers."""

    def __init__(self) -> None:
        self._known, self._strangers = CapacityLimiter(AT_ONCE), CapacityLimiter(AT_ONCE)
        self._counting = CapacityLimiter(COUNTED_AT_ONCE)
        self._places: Counter[tuple[str, str]] = Counter()
        self._strange = 0

    @asynccontextmanager
    async def of_known(self, whose: str) -> AsyncIterator[Turn]:
        """A place for a browser or a sign-in that is known. Raises Problem 429."""
        place = ("known", whose)
        self._take(place)
        try:
            yield Turn(self._counting, self._known)
        finally:
            self._leave(place)

    @asynccontextmanager
    async def of_stranger(self, address: str) -> AsyncIterator[Turn]:
        """A place for anybody else, by where they are. Raises Problem 429, or 503 when all places are taken."""
        place = ("stranger", address)
        if self._strange >= PLACES_OF_STRANGERS:
            sentence = "Too many people sign in at this moment; try again in a moment."
            raise _wait(HTTPStatus.SERVICE_UNAVAILABLE, sentence)
        self._take(place)
        self._strange += 1
        try:
            yield Turn(self._counting, self._strangers)
        finally:
            self._strange -= 1
            self._leave(place)

    def _take(self, place: tuple[str, str]) -> None:
        if self._places[place] >= PLACES_OF_ONE:
            raise _wait(
                HTTPStatus.TOO_MANY_REQUESTS, "Too many tries at one moment; wait for the others first."
            )
        self._places[place] += 1

    def _leave(self, place: tuple[str, str]) -> None:
        self._places[place] -= 1
        if not self._places[place]:
            del self._places[place]


def _wait(status: HTTPStatus, sentence: str) -> Problem:
    return Problem(status, sentence, headers={"Retry-After": str(WAIT_SECONDS)})
