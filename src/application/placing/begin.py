"""Begin to place what is left of a recommendation as orders, where its portfolio sends orders at all (DOMAIN §8)."""

from application.ledger import Stream, Transaction
from application.placing.settle import settle_not_placed
from domain.portfolio.advice import require_not_frozen
from domain.recommendation import carry_out as rules
from domain.recommendation.state import Recommendation
from domain.refusals import NotFound
from domain.streams import PORTFOLIO


def begin_placing(
    transaction: Transaction, stream: Stream[Recommendation], *, at_once: bool
) -> Recommendation:
    """Begin, in an automatic portfolio that lives by the present; elsewhere a person places. Under way it is so.

    Raises Conflict while the portfolio is frozen.
    """
    state = stream.state
    if state is None:
        raise NotFound("recommendation", stream.id)
    _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
    if portfolio.mode != "automatic" or portfolio.clock != "live":
        return state
    events = rules.begin(state, transaction.now, at_once=at_once)
    if not events:
        return state
    require_not_frozen(portfolio)
    settle_not_placed(transaction, portfolio.id)
    return transaction.append(stream, events)
