"""Set from when on prices of a listing are stopped, and from when on a portfolio wants to be called."""

from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.portfolio import decide as portfolio_rules
from domain.quality import ThresholdsChange, standing
from domain.streams import LISTING, PORTFOLIO


def set_for_listing(
    ledger: Ledger, cause: Cause, listing_id: UUID, wanted: ThresholdsChange
) -> Outcome[ThresholdsChange]:
    """Judge prices of a listing by these; what is left out has the default. Raises Invalid."""

    def decide(transaction: Transaction) -> ThresholdsChange:
        stream, state = transaction.require(LISTING, listing_id)
        events = standing.set_thresholds(state.id, state.symbol, state.quality, wanted)
        return transaction.append(stream, events).quality.thresholds

    return ledger.transact(cause, decide)


def set_for_portfolio(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, wanted: ThresholdsChange
) -> Outcome[ThresholdsChange]:
    """Call this portfolio by tighter ones; what is left out is as the listing has it. Raises Invalid."""

    def decide(transaction: Transaction) -> ThresholdsChange:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        return transaction.append(stream, portfolio_rules.set_thresholds(state, wanted)).thresholds

    return ledger.transact(cause, decide)
