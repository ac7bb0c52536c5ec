"""What a listing is called, since when, and that it is called nothing any more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Sessions
from application.registry.directory import Directory
from application.registry.listings import Listed, listed
from domain import listing as rules
from domain.listing import Effect, Listing
from domain.position.decide import follow_symbol
from domain.refusals import Invalid
from domain.sessions import BeyondCalendar
from domain.streams import LISTING, POSITION


@dataclass(frozen=True, slots=True)
class ChangeSymbols:
    """The use cases with what they need from outside. Each raises Conflict, Invalid and NotFound.

    ``effective`` is the day at the venue from which it is so, None for today.
    """

    ledger: Ledger
    directory: Directory
    sessions: Sessions

    def change(
        self, cause: Cause, listing_id: UUID, symbol: str, effective: date | None, reason: str
    ) -> Outcome[Listed]:
        """Let a listing go by another symbol, and the live positions in it with it.

        One that is opened in this very moment follows when its next order leaves.
        """

        def decide(transaction: Transaction) -> Listed:
            stream, state = transaction.require(LISTING, listing_id)
            holder_id = self.directory.listing_called(symbol, state.exchange)
            holder = None if holder_id is None else transaction.load(LISTING, holder_id).state
            effect = self._effect(state, effective)
            listing = transaction.append(stream, rules.change_symbol(state, holder, symbol, effect, reason))
            for position in transaction.prefetch(POSITION, self.directory.positions_in(listing_id)):
                if position.state is not None:
                    transaction.append(position, follow_symbol(position.state, listing))
            return listed(transaction, listing)

        return self.ledger.transact(cause, decide)

    def retire(self, cause: Cause, listing_id: UUID, effective: date | None, reason: str) -> Outcome[Listed]:
        """Let a listing trade no more, which frees its symbol; not while a live position is open in it."""

        def decide(transaction: Transaction) -> Listed:
            stream, state = transaction.require(LISTING, listing_id)
            positions = len(self.directory.positions_in(listing_id))
            events = rules.retire(state, positions, self._effect(state, effective), reason)
            return listed(transaction, transaction.append(stream, events))

        return self.ledger.transact(cause, decide)

    def _effect(self, listing: Listing, effective: date | None) -> Effect:
        today = self.sessions.session_at(listing.exchange, self.ledger.clock()).day
        day = effective or today
        try:
            at, _ = self.sessions.day_bounds(listing.exchange, day)
        except BeyondCalendar as beyond:
            raise Invalid("effective", str(beyond)) from beyond
        return Effect(day, at, today)
