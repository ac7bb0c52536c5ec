"""One pass over facts and prices in the order of time: the positions, their worth, and how they stand."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.measures.actions import act
from domain.measures.book import Book, Guardrails, Held
from domain.measures.facts import (
    Action,
    CashMoved,
    Closed,
    Decision,
    Dividend,
    Fact,
    GuardrailsSet,
    Merger,
    Opened,
    Ordered,
    Skipped,
    Split,
    Traded,
)
from domain.measures.guardrail_time import GuardrailTime, OpenSeconds
from domain.measures.sums import Sums
from domain.measures.worth import Worth
from domain.money import ZERO


class Mark(NamedTuple):
    """A stored price of a listing."""

    at: datetime
    listing_id: UUID
    price: Decimal


class Fold:
    """All positions up to a moment. Until ``begin`` their state is only brought about, then it is measured."""

    def __init__(self, start: datetime, open_seconds: OpenSeconds) -> None:
        self.worth = Worth(start)
        self.sums = Sums()
        self.guardrail_time = GuardrailTime(open_seconds)
        self.books: dict[UUID, Book] = {}
        self._guardrails = Guardrails()
        self._prices: dict[UUID, Decimal] = {}
        self._of_listing: dict[UUID, list[Book]] = {}

    def begin(self) -> None:
        """Forget how the state came about: the window begins with what is there."""
        self.sums = Sums()
        self.worth.begin()
        for book in self.books.values():
            book.has_moved = False
            book.hold()

    def mark(self, mark: Mark) -> None:
        """A price came: every position in the listing is worth something else."""
        self._prices[mark.listing_id] = mark.price
        for book in self._of_listing.get(mark.listing_id, ()):
            self._price(book, mark.price, is_stored=True)

    def take(self, fact: Fact) -> None:
        """Something happened."""
        match fact:
            case GuardrailsSet():
                self._guard(fact)
            case Opened():
                self._open(fact)
            case _:
                book = self.books[fact.position_id]
                self.sums.take(fact, book.unit_scale)
                self._change(book, fact)

    def finish(self) -> None:
        """Count what has not been counted up to now."""
        for book in self.books.values():
            self.guardrail_time.count(book, self.worth.now)

    def _guard(self, fact: GuardrailsSet) -> None:
        guardrails = Guardrails(fact.g_low, fact.g_high)
        if fact.position_id is None:
            self._guardrails = guardrails
        else:
            self.books[fact.position_id].guardrails = guardrails
        for book in self.books.values():
            self._watch(book)

    def _open(self, fact: Opened) -> None:
        guardrails = Guardrails(fact.g_low, fact.g_high)
        book = Book(fact.listing_id, fact.exchange, fact.unit_scale, guardrails, self.worth.now)
        self.books[fact.position_id] = book
        self._of_listing.setdefault(fact.listing_id, []).append(book)
        if fact.listing_id in self._prices:
            self._price(book, self._prices[fact.listing_id], is_stored=True)
        before = book.value
        book.shares += fact.shares
        self._changed(book, before, is_flow=True)

    def _change(self, book: Book, fact: CashMoved | Closed | Decision | Traded | Action) -> None:
        if isinstance(fact, Traded) and fact.price is not None and not book.is_stored:
            self._price(book, fact.price, is_stored=False)
        before = book.value
        match fact:
            case Ordered() | Skipped():
                return
            case Traded():
                book.shares += fact.shares
                book.cash += fact.cash
            case CashMoved():
                book.cash += fact.cash
            case Closed():
                self._close(book, fact)
            case Dividend():
                act(book, fact, None)
            case Split():
                act(book, fact, None)
                if book.is_stored and book.price is not None:
                    self._prices[book.listing_id] = book.price
            case Merger():
                self._merge(book, fact)
            case _:
                assert_never(fact)
        self._changed(book, before, is_flow=isinstance(fact, CashMoved | Closed))

    def _close(self, book: Book, fact: Closed) -> None:
        """What it leaves behind is the portfolio's; buying and holding it ends here too."""
        if book.held is not None:
            book.held = Held(ZERO, book.held_value(), book.held.began)
        book.shares += fact.shares
        book.is_closed = True
        self.worth.priced -= book.price is not None

    def _merge(self, book: Book, fact: Merger) -> None:
        self.guardrail_time.count(book, self.worth.now)
        self._of_listing[book.listing_id].remove(book)
        act(book, fact, self._prices.get(fact.listing_id))
        self._of_listing.setdefault(book.listing_id, []).append(book)

    def _price(self, book: Book, price: Decimal, *, is_stored: bool) -> None:
        before, is_first = book.value, book.price is None
        book.price, book.is_stored = price, is_stored
        if is_first and not book.is_closed:
            self.worth.priced += 1
        self._changed(book, before, is_flow=is_first)

    def _changed(self, book: Book, before: Decimal, *, is_flow: bool) -> None:
        self.worth.change(book.value - before, is_flow=is_flow)
        if not is_flow:
            book.has_moved = True
        elif not book.has_moved and not book.is_closed:
            book.hold()
        self._watch(book)

    def _watch(self, book: Book) -> None:
        self.guardrail_time.watch(book, self._guardrails, self.worth.now)
