"""Who is let into a portfolio, and by whom."""

from typing import Any

from domain.portfolio import members as rules
from domain.portfolio.events import MemberAdded, MemberRemoved
from domain.refusals import Conflict, NotAllowed
from stories import PORTFOLIO_ID, PORTFOLIO_OPENED, portfolio

ITS: dict[str, Any] = {"portfolio_id": PORTFOLIO_ID, "currency": "USD"}
OWNER, FRIEND = PORTFOLIO_OPENED.owner, "a-friend"
LET_IN = MemberAdded(**ITS, member=FRIEND)


def test_the_owner_lets_somebody_in_and_takes_that_back() -> None:
    """Said twice, each is so already."""
    (
        portfolio.given(PORTFOLIO_OPENED)
        .when(lambda s: rules.add(s, FRIEND, OWNER))
        .then(LET_IN)
        .when(lambda s: rules.add(s, FRIEND, OWNER))
        .then()
        .when(lambda s: rules.remove(s, FRIEND, OWNER))
        .then(MemberRemoved(**ITS, member=FRIEND))
        .when(lambda s: rules.remove(s, FRIEND, OWNER))
        .then()
    )


def test_nobody_else_says_who_is_a_member() -> None:
    """Not even a member, and not about themselves."""
    let_in = portfolio.given(PORTFOLIO_OPENED, LET_IN)
    let_in.when(lambda s: rules.add(s, "another", FRIEND)).then_refused(NotAllowed, "Only the owner")
    let_in.when(lambda s: rules.remove(s, FRIEND, FRIEND)).then_refused(NotAllowed, "Only the owner")


def test_the_owner_is_in_for_good() -> None:
    """They are no member twice over, and are never removed."""
    opened = portfolio.given(PORTFOLIO_OPENED)
    opened.when(lambda s: rules.add(s, OWNER, OWNER)).then()
    opened.when(lambda s: rules.remove(s, OWNER, OWNER)).then_refused(Conflict, "cannot be removed")


def test_members_have_a_limit() -> None:
    """One more than fifty is refused, until one has gone."""
    full = portfolio.given(
        PORTFOLIO_OPENED, *(MemberAdded(**ITS, member=f"m{number}") for number in range(rules.MEMBERS_MAX))
    )
    full.when(lambda s: rules.add(s, FRIEND, OWNER)).then_refused(Conflict, "at most 50")
    (
        full.when(lambda s: rules.remove(s, "m7", OWNER))
        .then(MemberRemoved(**ITS, member="m7"))
        .when(lambda s: rules.add(s, FRIEND, OWNER))
        .then(LET_IN)
    )
