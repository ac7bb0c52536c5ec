"""Post a batch of entries to a portfolio's books: all of it or nothing, in one append (DOMAIN §6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.books.booked_actions import require_not_booked
from application.books.dividend_calls import end_calls
from application.books.told_before import TradesUnder, require_not_told_before
from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.money import ZERO
from domain.portfolio import posting
from domain.portfolio.events import EntryPosted
from domain.portfolio.state import Portfolio
from domain.portfolio.traded import Told
from domain.portfolio.units import Units
from domain.portfolio.wanted import Wanted
from domain.refusals import Conflict, Invalid, InvalidFields
from domain.streams import LISTING, PORTFOLIO

AHEAD_MAX = timedelta(seconds=5)
NOT_YET = "It has not happened yet."
TRADES = frozenset({"buy", "sell"})
"""What the outside world gives a reference of its own; other references are people's words, such as a payer's."""

OwnUnits = Callable[[UUID, Sequence[UUID]], Mapping[UUID, Units]]
"""What a portfolio holds of some listings outside of its positions; what it does not hold is left out."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as a person gives it; ``at`` is when it took effect, None for now."""

    at: datetime | None
    listing_id: UUID | None
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Posted:
    """A batch that was posted."""

    batch_id: UUID
    entries: Sequence[tuple[EntryPosted, datetime]]


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that cannot be posted: which one, which of its fields says so, and why."""

    number: int
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PostEntries:
    """The use case with what it needs from outside."""

    ledger: Ledger
    own_units: OwnUnits
    trades_under: TradesUnder

    def __call__(self, cause: Cause, portfolio_id: UUID, entries: Sequence[NewEntry]) -> Outcome[Posted]:
        """Post entries in their order. Raises InvalidFields with every one that cannot be, Conflict for a trade that
        is in the books already under its reference; entries of one batch may be parts of one.
        """

        def decide(transaction: Transaction) -> Posted:
            trades = [_told(transaction, each) for each in entries if each.wanted.kind in TRADES]
            require_not_told_before(transaction, self.trades_under, portfolio_id, trades)
            self._require_not_booked(transaction, portfolio_id, entries)
            return self.within(transaction, portfolio_id, entries)

        return self.ledger.transact(cause, decide)

    def _require_not_booked(
        self, transaction: Transaction, portfolio_id: UUID, entries: Sequence[NewEntry]
    ) -> None:
        _, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        for each in entries:
            listing = transaction.load(LISTING, each.listing_id).state if each.listing_id else None
            if listing is not None:
                require_not_booked(transaction, portfolio, listing, each.wanted, each.at or transaction.now)

    def within(
        self,
        transaction: Transaction,
        portfolio_id: UUID,
        entries: Sequence[NewEntry],
    ) -> Posted:
        """Post entries within a transaction that does more; each entry sees what those before it have moved."""
        stream, _ = transaction.require(PORTFOLIO, portfolio_id)
        batch_id = transaction.new_id()
        posted, refused = self.worked_out(transaction, portfolio_id, batch_id, entries)
        if refused:
            raise InvalidFields([(f"entries[{each.number}].{each.field}", each.sentence) for each in refused])
        for event, at in posted.values():
            transaction.append(stream, [event], at=at)
        end_calls(transaction, posted.values())
        return Posted(batch_id, list(posted.values()))

    def worked_out(
        self, transaction: Transaction, portfolio_id: UUID, batch_id: UUID, entries: Sequence[NewEntry]
    ) -> tuple[Mapping[int, tuple[EntryPosted, datetime]], Sequence[RefusedEntry]]:
        """What posting entries would come to, by their place among them, and which of them cannot be posted."""
        _, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        units = dict(self.own_units(portfolio_id, sorted({e.listing_id for e in entries if e.listing_id})))
        posted: dict[int, tuple[EntryPosted, datetime]] = {}
        refused: list[RefusedEntry] = []
        for number, entry in enumerate(entries):
            try:
                at = _effective(entry, transaction.now)
                posted[number] = self._post(transaction, portfolio, batch_id, entry, units), at
            except Invalid as error:
                refused.append(RefusedEntry(number, error.field, str(error)))
            except Conflict as conflict:
                refused.append(RefusedEntry(number, "quantity", str(conflict)))
        return posted, refused

    def _post(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        batch_id: UUID,
        entry: NewEntry,
        units: dict[UUID, Units],
    ) -> EntryPosted:
        listing = None
        if entry.listing_id is not None:
            listing = transaction.load(LISTING, entry.listing_id).state
            if listing is None:
                raise Invalid("listing_id", f"There is no listing {entry.listing_id}.")
        there = units.get(entry.listing_id, Units()) if entry.listing_id else Units()
        event = posting.post(
            portfolio, transaction.new_id(), batch_id, replace(entry.wanted, listing=listing), there
        )
        if entry.listing_id is not None:
            units[entry.listing_id] = there.after(event.effect)
        return event


def _told(transaction: Transaction, entry: NewEntry) -> Told:
    wanted = entry.wanted
    listing = transaction.load(LISTING, entry.listing_id).state if entry.listing_id else None
    moved = wanted.quantity or ZERO
    return Told(
        reference=wanted.reference,
        listing_id=entry.listing_id,
        quantity=moved if wanted.kind == "buy" else -moved,
        symbol=listing.symbol if listing else "",
    )


def _effective(entry: NewEntry, now: datetime) -> datetime:
    if entry.at is not None and entry.at > now + AHEAD_MAX:
        raise Invalid("at", NOT_YET)
    return entry.at or now
