"""Membership: who sees a portfolio. Its owner alone says who; beyond that there are no roles."""

from domain.portfolio.events import AnyPortfolioEvent, MemberAdded, MemberRemoved
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, NotAllowed

MEMBERS_MAX = 50


def add(state: Portfolio, member: str, by: str) -> list[AnyPortfolioEvent]:
    """Let a person see the portfolio and act on it. Raises NotAllowed, and Conflict when there are too many."""
    _require_owner(state, by)
    if member == state.owner or member in state.members:
        return []
    if len(state.members) >= MEMBERS_MAX:
        raise Conflict(f"A portfolio has at most {MEMBERS_MAX} members.")
    return [MemberAdded(portfolio_id=state.id, currency=state.currency, member=member)]


def remove(state: Portfolio, member: str, by: str) -> list[AnyPortfolioEvent]:
    """Take that back. Raises NotAllowed, and Conflict for the owner, without whom nobody could let anybody in."""
    _require_owner(state, by)
    if member == state.owner:
        raise Conflict("A portfolio's owner cannot be removed from it.")
    if member not in state.members:
        return []
    return [MemberRemoved(portfolio_id=state.id, currency=state.currency, member=member)]


def _require_owner(state: Portfolio, by: str) -> None:
    if by != state.owner:
        raise NotAllowed("Only the owner of a portfolio says who its members are.")
