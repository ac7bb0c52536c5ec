"""Say who sees a portfolio."""

from collections.abc import Callable
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.portfolio import members as rules
from domain.portfolio.events import AnyPortfolioEvent
from domain.portfolio.state import Portfolio
from domain.refusals import Invalid
from domain.streams import PORTFOLIO


def add_member(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, member: str, is_known: Callable[[str], bool]
) -> Outcome[Portfolio]:
    """Let a person see a portfolio and act on it; whoever is a member already stays one.

    ``is_known`` says whether an id is anybody's; only the owner of the portfolio gets to hear it. Raises NotAllowed,
    and Invalid for an id that is nobody's.
    """

    def add(state: Portfolio) -> list[AnyPortfolioEvent]:
        events = rules.add(state, member, cause.actor)
        if events and not is_known(member):
            raise Invalid("user_id", "Nobody here has this id; GET /auth/me tells people theirs.")
        return events

    return _change(ledger, cause, portfolio_id, add)


def remove_member(ledger: Ledger, cause: Cause, portfolio_id: UUID, member: str) -> Outcome[Portfolio]:
    """Take that back. Raises NotAllowed, and Conflict for the owner."""
    return _change(ledger, cause, portfolio_id, lambda state: rules.remove(state, member, cause.actor))


def _change(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, events: Callable[[Portfolio], list[AnyPortfolioEvent]]
) -> Outcome[Portfolio]:
    def decide(transaction: Transaction) -> Portfolio:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        return transaction.append(stream, events(state))

    return ledger.transact(cause, decide)
