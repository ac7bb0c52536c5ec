"""What routes about a person's own access ask for: the sign-in itself, its person, a turn for a password."""

from http import HTTPStatus
from typing import Annotated, NoReturn

from fastapi import Depends, Request
from pydantic import Field, SecretStr

from api.http.access import ACaller
from api.http.asked import TheHouse
from api.http.callers import Callers
from api.http.problems import Problem
from api.http.site import Site
from api.http.slow_turns import SlowTurns
from application.access.recognise import Caller
from application.ports.access import Account

Code = Annotated[SecretStr, Field(min_length=6, max_length=40)]
"""A one-time code or a recovery code."""

IN_PERSON = "This is for somebody who has signed in, not for a program."


async def in_person(caller: ACaller) -> Caller:
    """A person who has signed in. Raises Problem 403 for a program with a token, and in open mode."""
    if caller is None or caller.sign_in is None:
        raise Problem(HTTPStatus.FORBIDDEN, IN_PERSON, kind="sign-in-required")
    return caller


def proven(house: TheHouse, caller: ACaller) -> None:
    """For what wants the person, and just now. Raises Problem 403. In open mode being at this machine is enough."""
    if caller is None:
        return
    if caller.sign_in is None:
        raise Problem(HTTPStatus.FORBIDDEN, IN_PERSON, kind="sign-in-required")
    # Asked of the database: another process may just have heard the proof.
    sign_in = house.sign_ins.find(caller.secret_hash)
    if sign_in is None or not sign_in.is_proven(house.ledger.clock()):
        sentence = "Prove again who you are by POST /auth/proof; then do this within five minutes."
        raise Problem(HTTPStatus.FORBIDDEN, sentence, kind="proof-required")


def gone() -> NoReturn:
    """The account that somebody came with was deleted meanwhile. Raises Problem 401."""
    raise Problem(HTTPStatus.UNAUTHORIZED, "This account is gone.")


def account_of(house: TheHouse, caller: Annotated[Caller, Depends(in_person)]) -> Account:
    """The account of a person who has signed in."""
    return house.accounts.by_id(caller.user_id) or gone()


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


Proven = Depends(proven)
AnAccount = Annotated[Account, Depends(account_of)]
InPerson = Annotated[Caller, Depends(in_person)]
TheCallers = Annotated[Callers, Depends(the_callers)]
TheSite = Annotated[Site, Depends(the_site)]
Turns = Annotated[SlowTurns, Depends(the_turns)]
