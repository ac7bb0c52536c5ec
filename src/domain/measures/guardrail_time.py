"""For how much of the session time positions stand inside their guardrails (DOMAIN §10)."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from domain.measures.book import Book, Guardrails
from domain.money import ZERO

OpenSeconds = Callable[[str, datetime, datetime], Decimal]
"""For how long an exchange was open between two moments."""

HUNDRED = Decimal(100)


class GuardrailTime:
    """Watches books and adds up their session seconds; it asks for hours only when one crosses a bound."""

    def __init__(self, open_seconds: OpenSeconds) -> None:
        self._open_seconds = open_seconds
        self._inside = ZERO
        self._all = ZERO

    def watch(self, book: Book, of_portfolio: Guardrails, now: datetime) -> None:
        """Look where a book stands after something changed."""
        inside = book.stands_inside(of_portfolio)
        if inside is not book.inside:
            self.count(book, now)
            book.inside = inside

    def count(self, book: Book, now: datetime) -> None:
        """Add the time since a book was last counted, as it stood during it."""
        if book.inside is not None and now > book.since:
            seconds = self._open_seconds(book.exchange, book.since, now)
            self._all += seconds
            if book.inside:
                self._inside += seconds
        book.since = now

    def percent(self) -> Decimal | None:
        """The time inside as a percentage; None when no session was watched."""
        return HUNDRED * self._inside / self._all if self._all else None
