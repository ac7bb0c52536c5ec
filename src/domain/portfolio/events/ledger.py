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


class LedgerEvent(PortfolioEvent):
    """An entry of the books; ``listing_id`` and ``symbol`` are null for what concerns cash alone."""

    entry_id: UUID
    batch_id: UUID
    kind: PostedKind
    listing_id: UUID | None
    symbol: str | None
    effect: Effect


class EntryPosted(LedgerEvent):
    """Somebody posted an entry by hand or by an import. ``price`` is in the quote unit."""

    name: ClassVar[str] = "portfolio.entry_posted.1"

    price: Exact | None
    reference: str | None
    note: str | None
    source: Annotated[str | None, ADDED_LATER] = None

    def sentence(self) -> str:
        return f"Posted: {_told(self)}{f' ({self.note})' if self.note else ''}."


class EntryReversed(LedgerEvent):
    """An entry was taken back by its opposite. ``reverses`` is that entry, ``kind`` what it was."""

    name: ClassVar[str] = "portfolio.entry_reversed.1"

    reverses: UUID
    reason: str

    def sentence(self) -> str:
        return f"Reversed a {self.kind}: {_told(self)}: {self.reason}"


def _told(event: LedgerEvent) -> str:
    effect = event.effect
    cash = f"{effect.cash:+} {event.currency}"
    if event.symbol is None or not effect.quantity:
        return f"{event.kind}{f' of {event.symbol}' if event.symbol else ''}, {cash}"
    units = shortest(abs(effect.quantity))
    moved = f"{units} {event.symbol} {'in' if effect.quantity > 0 else 'out'}"
    return f"{event.kind}, {moved}, {cash if effect.cash else 'no cash'}"
