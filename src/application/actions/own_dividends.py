"""What dividends of units outside of positions come to: owed once, paid once, or left to a person (DOMAIN §5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.books.dividend_calls import call_to, end_call
from application.ledger import Transaction
from application.ports import Sessions
from domain.actions import Announced, DividendAnnounced, in_order
from domain.listing import Listing
from domain.portfolio import own_dividends as rules
from domain.portfolio.events import EntryPosted
from domain.portfolio.own_actions import Past
from domain.portfolio.own_dividends import Owed
from domain.portfolio.state import Portfolio
from domain.settings import resolve


@dataclass(frozen=True, slots=True)
class OwnDividends:
    """``sessions`` say when the close before an ex-date was."""

    sessions: Sessions

    def owed(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        listing: Listing,
        dividend: DividendAnnounced,
        past: Past,
    ) -> EntryPosted | None:
        """What is owed from a dividend's ex-date on; None where it is told, over, nothing, or a person's to say."""
        if dividend.currency != portfolio.currency or past.booked_of(dividend.action_id) is not None:
            return None
        if rules.is_over(dividend, transaction.now):
            return None
        owed = self._comes_to(portfolio, listing, dividend, past)
        if not owed.gross:
            return None
        if rules.told_in_days_of(dividend, past):
            every = self._not_booked(transaction, portfolio, listing, past)
            known = rules.told_by(every, past)
            if dividend.action_id in known:
                end_call(transaction, portfolio.id, dividend, "It was posted.")
                return None
            doubtful = rules.unknown_in_days_of(dividend, known, past)
            if doubtful is not None:
                call_to(transaction, portfolio.id, dividend, rules.doubt(owed, doubtful))
                return None
        end_call(transaction, portfolio.id, dividend, "It is booked.")
        return rules.accrue(portfolio, owed, ids_of(transaction))

    def paid(
        self, transaction: Transaction, portfolio: Portfolio, action: Announced, past: Past
    ) -> EntryPosted | None:
        """The payment of what is owed of a dividend; None where nothing is, or not any more."""
        accrued = past.booked_of(action.action_id)
        if not isinstance(action, DividendAnnounced) or accrued is None or not past.stands(accrued):
            return None
        if past.booked_of(action.action_id, paid=True) is not None:
            return None
        return rules.pay(portfolio, action, accrued, ids_of(transaction))

    def _not_booked(
        self, transaction: Transaction, portfolio: Portfolio, listing: Listing, past: Past
    ) -> list[Owed]:
        """What each dividend of the listing comes to that is due and has no entry of its own, in their order."""
        return [
            self._comes_to(portfolio, listing, each, past)
            for each in sorted(listing.announced, key=in_order)
            if isinstance(each, DividendAnnounced)
            and each.effective_at <= transaction.now
            and past.booked_of(each.action_id) is None
        ]

    def _comes_to(
        self, portfolio: Portfolio, listing: Listing, dividend: DividendAnnounced, past: Past
    ) -> Owed:
        close = self.sessions.previous_close(listing.exchange, dividend.effective_at)
        held = past.units_before(close + datetime.resolution)
        return Owed.of(dividend, held, resolve(portfolio.settings), portfolio.currency)


def ids_of(transaction: Transaction) -> tuple[UUID, UUID]:
    """Ids for an entry and its batch."""
    return transaction.new_id(), transaction.new_id()
