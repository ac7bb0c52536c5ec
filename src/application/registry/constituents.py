"""Say what a portfolio is made of."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.listing import Listing
from domain.portfolio.constituents import set_constituents
from domain.portfolio.events import Constituent
from domain.streams import LISTING, PORTFOLIO


class Placed(NamedTuple):
    """A listing and its place in a portfolio."""

    constituent: Constituent
    listing: Listing


def put(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, wanted: Sequence[Constituent]
) -> Outcome[list[Placed]]:
    """Make a portfolio's list what is wanted, whole. Raises InvalidFields with every entry that cannot be."""

    def decide(transaction: Transaction) -> list[Placed]:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        named = [each.listing_id for each in (*wanted, *state.constituents)]
        listings = {
            each.id: each.state for each in transaction.prefetch(LISTING, named) if each.state is not None
        }
        state = transaction.append(stream, set_constituents(state, wanted, listings))
        return [Placed(each, listings[each.listing_id]) for each in state.constituents]

    return ledger.transact(cause, decide)
