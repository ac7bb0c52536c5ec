"""Entries that a person posts to the books, and their reversals: nothing posted is ever edited (DOMAIN §6)."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from domain.events import ADDED_LATER, Value
from domain.money import ZERO
from domain.numbers import Exact, shortest
from domain.portfolio.events.place import PortfolioEvent

PostedKind = Literal[
    "contribution", "withdrawal", "buy", "sell", "dividend", "fee", "interest", "transfer", "adjustment"
]


class Effect(Value):
    """What an entry changes, in the base currency; units by ``quantity``, all else money.

    ``cash + receivable + book_cost + fee + tax = gain + income + capital``: what comes in on the left comes from the
    right. Of a merger the cost of what came ``into`` stands on the left as well. ``receivable`` is null for none.
    """

    quantity: Exact
    cash: Exact
    book_cost: Exact
    fee: Exact
    tax: Exact
    gain: Exact
    income: Exact
    capital: Exact
    receivable: Annotated[Exact | None, ADDED_LATER] = None


class Into(Value):
    """What units of an entry became in a merger: units of another listing, and the cost that went with them."""

    listing_id: UUID
    symbol: str
    quantity: Exact
    book_cost: Exact


class ImportedRow(Value):
    """How a row of a broker's file is known again, in that file and in others, and a hash of what it said.

    ``security`` is what the file called the security that it is about.
    """

    key: str
    content: str
    security: str | None


class LedgerEvent(PortfolioEvent):
    """An entry of the books; ``listing_id`` and ``symbol`` are null for what concerns cash alone."""

    entry_id: UUID
    batch_id: UUID
    kind: PostedKind
    listing_id: UUID | None
    symbol: str | None
    effect: Effect

    @property
    def moved_into(self) -> Into | None:
        """What a merger made of its units, where it books one."""
        return None

    def units_of(self, listing_id: UUID) -> Decimal:
        """The units of a listing that it moves."""
        other = self.moved_into
        into = other.quantity if other is not None and other.listing_id == listing_id else ZERO
        return into + (self.effect.quantity if self.listing_id == listing_id else ZERO)


class EntryPosted(LedgerEvent):
    """An entry was posted by hand, by an import, or for a corporate action. ``price`` is in the quote unit.

    ``row`` is the row that it was imported from; null for what was posted by hand, or makes up for a difference.
    ``into`` is what a merger made of its units.
    """

    name: ClassVar[str] = "portfolio.entry_posted.1"

    price: Exact | None
    reference: str | None
    note: str | None
    source: Annotated[str | None, ADDED_LATER] = None
    row: Annotated[ImportedRow | None, ADDED_LATER] = None
    into: Annotated[Into | None, ADDED_LATER] = None

    @property
    def moved_into(self) -> Into | None:
        return self.into

    def sentence(self) -> str:
        return f"Posted: {self.told()}"

    def told(self) -> str:
        """What it moves, with its note, in words."""
        return f"{_told(self)}{f' ({self.note})' if self.note else ''}."


class EntryReversed(LedgerEvent):
    """An entry was taken back by its opposite. ``reverses`` is that entry, ``kind`` what it was."""

    name: ClassVar[str] = "portfolio.entry_reversed.1"

    reverses: UUID
    reason: str
    into: Annotated[Into | None, ADDED_LATER] = None

    @property
    def moved_into(self) -> Into | None:
        return self.into

    def sentence(self) -> str:
        return f"Reversed a {self.kind}: {_told(self)}: {self.reason}"


class StatementImported(PortfolioEvent):
    """A broker's file was imported: ``import_id`` is the batch that its entries are, by which they are reversed."""

    name: ClassVar[str] = "portfolio.statement_imported.1"

    import_id: UUID
    profile: str
    title: str
    form: Literal["positions", "transactions"]
    file_name: str
    sha256: str
    rows: int
    entries: int

    def sentence(self) -> str:
        return f"Imported {self.file_name} ({self.title}): {self.entries} of {self.rows} rows became entries."


def _told(event: LedgerEvent) -> str:
    effect = event.effect
    cash = f"{effect.cash:+} {event.currency}"
    if effect.receivable:
        cash = (
            f"{cash}, {effect.receivable:+} {event.currency} receivable"
            if effect.cash
            else (f"{effect.receivable:+} {event.currency} receivable")
        )
    if event.symbol is None or not effect.quantity:
        return f"{event.kind}{f' of {event.symbol}' if event.symbol else ''}, {cash}"
    units = shortest(abs(effect.quantity))
    moved = f"{units} {event.symbol} {'in' if effect.quantity > 0 else 'out'}"
    into = event.moved_into
    if into is not None:
        moved = (
            f"{moved}, {shortest(abs(into.quantity))} {into.symbol} {'in' if into.quantity > 0 else 'out'}"
        )
    return f"{event.kind}, {moved}, {cash if effect.cash else 'no cash'}"
