"""Entries that a person posts to the books, and their reversals: nothing posted is ever edited (DOMAIN §6)."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from domain.events import ADDED_LATER, Value
from domain.numbers import Exact, shortest
from domain.portfolio.events.place import PortfolioEvent

PostedKind = Literal[
    "contribution", "withdrawal", "buy", "sell", "dividend", "fee", "interest", "transfer", "adjustment"
]


class Effect(Value):
    """What an entry changes, in the base currency; units by ``quantity``, all else money.

    ``cash + book_cost + fee + tax = gain + income + capital``: what comes in on the left comes from the right.
    """

    quantity: Exact
    cash: Exact
    book_cost: Exact
    fee: Exact
    tax: Exact
    gain: Exact
    income: Exact
    capital: Exact


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


class EntryPosted(LedgerEvent):
    """Somebody posted an entry by hand or by an import. ``price`` is in the quote unit.

    ``row`` is the row that it was imported from; null for what was posted by hand, or makes up for a difference.
    """

    name: ClassVar[str] = "portfolio.entry_posted.1"

    price: Exact | None
    reference: str | None
    note: str | None
    source: Annotated[str | None, ADDED_LATER] = None
    row: Annotated[ImportedRow | None, ADDED_LATER] = None

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
    if event.symbol is None or not effect.quantity:
        return f"{event.kind}{f' of {event.symbol}' if event.symbol else ''}, {cash}"
    units = shortest(abs(effect.quantity))
    moved = f"{units} {event.symbol} {'in' if effect.quantity > 0 else 'out'}"
    return f"{event.kind}, {moved}, {cash if effect.cash else 'no cash'}"
