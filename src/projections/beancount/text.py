"""Write a portfolio's books as beancount reads them, and let it check them: each balance of ours is asserted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.journal import HOLDING
from domain.money import minor_unit, round_to_minor_unit
from domain.numbers import exactly, plain, shortest
from projections.beancount.account_book import AccountBook, Posted
from projections.beancount.holdings import Holding
from projections.beancount.names import Names

HALF = Decimal("0.5")


@exactly
def beancount_text(book: AccountBook) -> str:
    """A ledger: options, commodities, accounts, entries, prices, and what every balance has to come to."""
    names = Names(book)
    parts = (
        _options(book),
        _commodities(book, names),
        _openings(book, names),
        _entries(book, names),
        _prices(book, names),
        _balances(book, names),
    )
    return "\n".join(line for part in parts for line in (*part, ""))


def _options(book: AccountBook) -> Iterator[str]:
    yield f";; {_one_line(book.title)}, portfolio {book.portfolio_id}: written by Ballast out of its journal."
    yield f'option "title" {_text(book.title)}'
    yield f'option "operating_currency" "{book.currency}"'
    # Units are held at their average cost. A lot sold is none that was bought, and need not be matched to one.
    yield 'option "booking_method" "NONE"'
    yield f'option "inferred_tolerance_default" "{book.currency}:{plain(minor_unit(book.currency) * HALF)}"'


def _commodities(book: AccountBook, names: Names) -> Iterator[str]:
    day = _first_day(book)
    for listed in book.listings.values():
        yield f"{day} commodity {names.commodity(listed.id)}"
        yield f"  name: {_text(listed.title or listed.symbol)}"
        yield f"  symbol: {_text(listed.symbol)}"
        yield f"  exchange: {_text(listed.exchange)}"


def _openings(book: AccountBook, names: Names) -> Iterator[str]:
    day = _first_day(book)
    opened = dict[str, str]()
    for line in (line for entry in book.entries for line in entry.lines):
        listing_id = line.listing_id if line.account == HOLDING else None
        commodity = names.commodity(listing_id) if listing_id else book.currency
        opened[names.account(line.account, listing_id)] = commodity
    for account, commodity in sorted(opened.items()):
        yield f"{day} open {account} {commodity}"


def _entries(book: AccountBook, names: Names) -> Iterator[str]:
    holdings = {listing_id: Holding() for listing_id in book.listings}
    for entry in book.entries:
        yield f"{_day(entry.at)} * {_text(_told(entry, names))}"
        yield f'  entry: "{entry.id}"'
        if entry.reference is not None:
            yield f"  reference: {_text(entry.reference)}"
        for line in entry.lines:
            listing_id = line.listing_id if line.account == HOLDING else None
            account = names.account(line.account, listing_id)
            if listing_id is None:
                yield f"  {account}  {_money(line.amount, book.currency)}"
                continue
            for lot in holdings[listing_id].move(line):
                units = f"{plain(lot.quantity)} {names.commodity(listing_id)}"
                yield f"  {account}  {units} {{{{{_money(lot.cost, book.currency)}}}}}"


def _prices(book: AccountBook, names: Names) -> Iterator[str]:
    for listed in book.listings.values():
        if listed.price is not None and listed.price_at is not None:
            price = f"{shortest(listed.price)} {listed.currency}"
            yield f"{_day(listed.price_at)} price {names.commodity(listed.id)} {price}"
    used = {book.currency, *(each.currency for each in book.listings.values())}
    for rate in book.rates:
        if used.issuperset(rate.pair):
            yield f"{_day(rate.as_of)} price {rate.pair.base} {shortest(rate.rate)} {rate.pair.quote}"


def _balances(book: AccountBook, names: Names) -> Iterator[str]:
    """Assertions hold at the beginning of a day: that after the last entry."""
    days = [entry.at.date() for entry in book.entries]
    if not days:
        return
    day = (max(days) + timedelta(days=1)).isoformat()
    for account, amount in book.cash.items():
        yield f"{day} balance {names.account(account)} {_money(amount, book.currency)}"
    for listing_id, units in book.units.items():
        yield f"{day} balance {names.account(HOLDING, listing_id)} {plain(units)} {names.commodity(listing_id)}"


def _told(entry: Posted, names: Names) -> str:
    about = dict.fromkeys(names.commodity(line.listing_id) for line in entry.lines if line.listing_id)
    return " ".join((entry.kind, *about))


def _first_day(book: AccountBook) -> str:
    days = [entry.at.date() for entry in book.entries]
    return min(days, default=date(1970, 1, 1)).isoformat()


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _money(amount: Decimal, currency: str) -> str:
    """With the currency's minor units, and with every digit beyond them, should there be any."""
    rounded = round_to_minor_unit(amount, currency)
    return f"{plain(rounded if rounded == amount else amount)} {currency}"


def _text(text: str) -> str:
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())
