"""One switch for everything that somebody owns (DOMAIN §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.portfolios import stop
from domain.portfolio.state import Portfolio
from domain.streams import PORTFOLIO


@dataclass(frozen=True, slots=True)
class Stopped:
    """A portfolio that stands still now, and whether it did before."""

    portfolio: Portfolio
    already: bool


def freeze_all(
    ledger: Ledger,
    cause: Cause,
    portfolios: Callable[[], Sequence[UUID]],
    reason: str,
    *,
    recall_orders: bool = False,
) -> Outcome[list[Stopped]]:
    """Freeze every one of these portfolios, or none: what was appended for one of them was for all.

    ``portfolios`` is asked anew whenever somebody else was faster, so one that was opened meanwhile is among them.
    """

    def decide(transaction: Transaction) -> list[Stopped]:
        before = transaction.prefetch(PORTFOLIO, portfolios())
        frozen = {each.id for each in before if each.state is not None and each.state.frozen}
        return [
            Stopped(stop(transaction, each.id, reason, recall_orders=recall_orders), each.id in frozen)
            for each in before
        ]

    return ledger.transact(cause, decide)
