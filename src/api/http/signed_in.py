"""What routes about a person's own access ask for: the sign-in itself, and a turn for what is slow on purpose."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, TypeVar

import anyio.to_thread
from fastapi import Depends, Request

from api.http.access import ACaller
from api.http.callers import Callers
from api.http.problems import Problem
from api.http.site import Site
from application.access.recognise import Caller

T = TypeVar("T")

PASSWORDS_AT_ONCE = 4
"""Each takes 64 MiB and a processor: who sends a thousand passwords shall wait for themselves, and nobody else."""


class SlowTurns:
    """Threads for passwords alone, so that nothing else waits for one."""

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(PASSWORDS_AT_ONCE)

    async def run(self, do: Callable[[], T]) -> T:
        """Do it when it is its turn."""
        return await anyio.to_thread.run_sync(do, limiter=self._limiter)


async def in_person(caller: ACaller) -> Caller:
    """A person who has signed in. Raises Problem 403 for a program with a token, and in open mode."""
    if caller is None or caller.sign_in is None:
        sentence = "This is for somebody who has signed in, not for a program."
        raise Problem(HTTPStatus.FORBIDDEN, sentence, kind="sign-in-required")
    return caller


async def the_callers(request: Request) -> Callers:
    """What recognises people in this process."""
    callers: Callers = request.app.state.callers
    return callers


async def the_site(request: Request) -> Site:
    """How this Ballast is reached."""
    site: Site = request.app.state.site
    return site


async def the_turns(request: Request) -> SlowTurns:
    """Where passwords wait."""
    turns: SlowTurns = request.app.state.turns
    return turns


InPerson = Annotated[Caller, Depends(in_person)]
TheCallers = Annotated[Callers, Depends(the_callers)]
TheSite = Annotated[Site, Depends(the_site)]
Turns = Annotated[SlowTurns, Depends(the_turns)]
