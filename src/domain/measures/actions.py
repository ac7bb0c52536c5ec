"""What corporate actions do to a position under measure and to the start that it is compared with (DOMAIN §5).

The start gets what each of the position's shares got, so that a position which nobody traded returns what buying
and holding does.
"""

from decimal import Decimal

from domain.measures.book import Book
from domain.measures.facts import Action, Dividend, Merger, Split
from domain.money import ZERO


def act(book: Book, action: Action, price_of_new: Decimal | None) -> None:
    """Apply an action; ``price_of_new`` is the stored price of the listing that a merger leads to, if any."""
    match action:
        case Dividend():
            _pay(book, action)
        case Split():
            _split(book, action)
        case Merger():
            _merge(book, action, price_of_new)


def _pay(book: Book, dividend: Dividend) -> None:
    """What is owed counts from the ex-date. To a start without shares left, a share's part is before tax."""
    each = dividend.net / dividend.entitled if dividend.entitled else dividend.per_share
    book.cash += dividend.net
    if book.held is not None:
        book.held.cash += book.held.shares * each


def _split(book: Book, split: Split) -> None:
    """More shares at as much a lower price: until the next price comes the value stays what it was."""
    _exchange(book, split, ZERO)
    if book.price is not None:
        book.price /= split.ratio


def _merge(book: Book, merger: Merger, price_of_new: Decimal | None) -> None:
    """The new listing's price counts; where none is stored, the one that the terms imply."""
    _exchange(book, merger, merger.less * book.unit_scale)
    if price_of_new is not None:
        book.price = price_of_new
    elif book.price is not None:
        book.price = max(ZERO, (book.price - merger.less) / merger.divided_by)
    book.is_stored = price_of_new is not None
    book.listing_id, book.exchange, book.unit_scale = (
        merger.listing_id,
        merger.exchange,
        merger.unit_scale,
    )


def _exchange(book: Book, action: Split | Merger, cash_per_share: Decimal) -> None:
    """New shares for old ones, and cash. A start gets of it what each share got, or what the terms say.

    Shares bought since the action took effect are new ones already: those before it are the ones in the book.
    """
    before, each, paid = book.shares, action.ratio, cash_per_share
    book.shares += action.shares
    book.cash += action.cash
    if before:
        each, paid = book.shares / before, action.cash / before
    if book.held is not None:
        book.held.cash += book.held.shares * paid
        book.held.shares *= each
