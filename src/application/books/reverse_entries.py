"""Take entries back by their opposites: single ones, or a whole batch, such as an import (DOMAIN §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.alerts import settle_alert
from application.books.post_entries import OwnUnits
from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.portfolio import posting
from domain.portfolio.advice import require_not_of_advice
from domain.portfolio.events import EntryPosted, EntryReversed
from domain.portfolio.own_actions import payment_of
from domain.portfolio.units import Units
from domain.portfolio.untold import is_of_action
from domain.refusals import NotFound
from domain.streams import PORTFOLIO

BOOKED_TWICE = "trade_booked_twice"
"""The rule of the alert that calls a person to an entry whose trade the broker has told since."""


def booked_twice(entry: EntryPosted) -> str:
    """The rule with the entry that it is about: an alert for each, which ends when that one is taken back."""
    return f"{BOOKED_TWICE}/{entry.entry_id}"


@dataclass(frozen=True, slots=True)
class Reversed:
    """A batch of reversals; what had been reversed before is not in it again."""

    batch_id: UUID
    entries: Sequence[EntryReversed]


@dataclass(frozen=True, slots=True)
class ReverseEntries:
    """The use case with what it needs from outside."""

    ledger: Ledger
    own_units: OwnUnits

    def __call__(
        self, cause: Cause, portfolio_id: UUID, ids: Sequence[UUID], reason: str
    ) -> Outcome[Reversed]:
        """Reverse the entries of these ids, of entries or of batches, the newest first. Raises NotFound, Conflict.

        What advice has booked is taken back with its advice, whose lines and triggers go by it.
        """
        return self.ledger.transact(cause, lambda each: self.within(each, portfolio_id, ids, reason))

    def within(
        self,
        transaction: Transaction,
        portfolio_id: UUID,
        ids: Sequence[UUID],
        reason: str,
        *,
        of_advice: bool = False,
    ) -> Reversed:
        """Reverse entries within a transaction that does more; those that advice has booked only ``of_advice``."""
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        found: dict[UUID, EntryPosted] = {}
        for each in dict.fromkeys(ids):
            named = _named(transaction, portfolio_id, each)
            if not named:
                raise NotFound("posted entry or batch", each)
            found |= {event.entry_id: event for event in named}
        found |= _payments(transaction, portfolio_id, list(found.values()))
        listings = {e.listing_id for e in found.values() if e.listing_id}
        listings |= {e.into.listing_id for e in found.values() if e.into}
        there = dict(self.own_units(portfolio_id, sorted(listings)))
        gone = reversed_before(transaction, portfolio_id)
        batch_id = transaction.new_id()
        done: list[EntryReversed] = []
        for posted in reversed(found.values()):
            if posted.entry_id in gone:
                continue
            if not of_advice:
                require_not_of_advice(posted)
            units = there.get(posted.listing_id, Units()) if posted.listing_id else Units()
            others = there.get(posted.into.listing_id, Units()) if posted.into else Units()
            event = posting.reverse(portfolio, transaction.new_id(), batch_id, posted, units, reason, others)
            if posted.listing_id is not None:
                there[posted.listing_id] = units.after(event.effect)
            if event.into is not None:
                there[event.into.listing_id] = others.with_into(event.into)
            done.append(event)
            if posted.reference is not None and not is_of_action(posted):
                about = (portfolio_id, posted.listing_id, booked_twice(posted))
                settle_alert(transaction, about, "The entry was taken back.")
        for event in done:
            transaction.append(stream, [event])
        return Reversed(batch_id, done)


def _named(transaction: Transaction, portfolio_id: UUID, named: UUID) -> list[EntryPosted]:
    stream = transaction.load(PORTFOLIO, portfolio_id)
    events = (each.event for each in transaction.events_of(stream, [EntryPosted.name], str(named)))
    return [e for e in events if isinstance(e, EntryPosted) and named in (e.entry_id, e.batch_id)]


def _payments(
    transaction: Transaction, portfolio_id: UUID, entries: Sequence[EntryPosted]
) -> dict[UUID, EntryPosted]:
    """The payments of the dividends that entries owe: nothing is paid of what is not owed."""
    stream = transaction.load(PORTFOLIO, portfolio_id)
    found = {}
    for source in filter(None, map(payment_of, entries)):
        for each in transaction.events_of(stream, [EntryPosted.name], source):
            if isinstance(each.event, EntryPosted) and each.event.source == source:
                found[each.event.entry_id] = each.event
    return found


def reversed_before(transaction: Transaction, portfolio_id: UUID) -> set[UUID]:
    """The entries of a portfolio that were taken back."""
    stream = transaction.load(PORTFOLIO, portfolio_id)
    events = (each.event for each in transaction.events_of(stream, [EntryReversed.name]))
    return {event.reverses for event in events if isinstance(event, EntryReversed)}
