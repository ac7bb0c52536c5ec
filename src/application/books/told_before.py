"""Is a trade in the books already, told in another way under its broker's reference?"""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from application.ledger import Transaction
from domain.portfolio.traded import Told, Traded, require_new
from domain.streams import PORTFOLIO

TradesUnder = Callable[[UUID, Sequence[str]], Sequence[Traded]]
"""What moves units in a portfolio's books under some references; never behind."""


def require_not_told_before(
    transaction: Transaction,
    trades_under: TradesUnder,
    portfolio_id: UUID,
    told: Sequence[Told],
    besides: Collection[UUID] = (),
) -> None:
    """Raises Conflict for a trade that the books have, but for those entries that are ``besides``."""
    _, portfolio = transaction.require(PORTFOLIO, portfolio_id)  # read before the books, it guards them
    references = sorted({each.reference for each in told if each.reference is not None})
    if references:
        require_new(told, trades_under(portfolio_id, references), portfolio.currency, besides)
