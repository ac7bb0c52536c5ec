"""The registry of listings, and the symbols that each has gone by."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.listing import Listing, ListingDescribed, ListingRegistered, ListingRetired, SymbolChanged
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import EVERYBODY

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when a listing has gone by its first symbol, where nobody had that before."""


class ListingRow(NamedTuple):
    """``symbol`` is the last one of a retired listing, and may be another's by now."""

    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    tick: Decimal | None
    isin: str | None
    title: str | None
    instrument_id: UUID | None
    retired_on: date | None


class SymbolRow(NamedTuple):
    """From ``since`` on, until the listing's next row, it goes by this symbol, or by none."""

    listing_id: UUID
    since: datetime
    exchange: str
    symbol: str | None


LISTINGS = Table(
    name="listings",
    columns={
        "listing_id": "uuid",
        "symbol": "text not null",
        "exchange": "text not null",
        "currency": "text not null",
        "quote_unit": "text not null",
        "lot": "numeric not null",
        "tick": "numeric",
        "isin": "text",
        "title": "text",
        "instrument_id": "uuid",
        "retired_on": "date",
    },
    key=("listing_id",),
    mode="replace",
    visible=EVERYBODY,
    unique=("(symbol, exchange) where retired_on is null",),
    indexes=(
        "(instrument_id)",
        '(upper(symbol) collate "C")',
        "(exchange)",
        "(isin)",
        "using gin (to_tsvector('simple', coalesce(title, '')))",
    ),
)

SYMBOLS = Table(
    name="listing_symbols",
    columns={
        "listing_id": "uuid",
        "since": "timestamptz",
        "exchange": "text not null",
        "symbol": "text",
    },
    key=("listing_id", "since"),
    mode="replace",
    visible=EVERYBODY,
    indexes=("(symbol, exchange)",),
)

HEARD = (ListingRegistered, ListingDescribed, SymbolChanged, ListingRetired)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The listing's row after each event that changes it, and what it goes by from when on."""
    event = recorded.event
    if not isinstance(event, HEARD) or not isinstance(state, Listing):
        return
    yield (
        LISTINGS,
        ListingRow(
            listing_id=state.id,
            symbol=state.symbol,
            exchange=state.exchange,
            currency=state.currency,
            quote_unit=state.quote_unit,
            lot=state.lot,
            tick=state.tick,
            isin=state.isin,
            title=state.title,
            instrument_id=state.instrument_id,
            retired_on=state.retired_on,
        ),
    )
    if not isinstance(event, ListingDescribed):
        symbol = None if state.is_retired else state.symbol
        yield SYMBOLS, SymbolRow(state.id, state.symbol_since or ALWAYS, state.exchange, symbol)


READ_MODEL = ReadModel("listings", "inline", (LISTINGS, SYMBOLS), HEARD, rows, needs_state=True)

# A listing's instrument may have got its ISIN after the listing.
WITH_INSTRUMENT: LiteralString = """
    select l.listing_id, l.symbol, l.exchange, l.currency, l.quote_unit, l.lot, l.tick, l.title, l.instrument_id,
        l.retired_on, coalesce(i.isin, l.isin) as isin
    from listings l left join instruments i using (instrument_id)"""


def by_symbol(connection: Connection[dict[str, Any]], symbol: str, exchange: str) -> UUID | None:
    """The listing that goes by this symbol on this exchange now."""
    row = connection.execute(
        "select listing_id from listings where symbol = %s and exchange = %s and retired_on is null",
        (symbol, exchange),
    ).fetchone()
    return row["listing_id"] if row else None


PARTICULARS = (
    "select listing_id, symbol, exchange, currency, quote_unit from listings where retired_on is null"
)


def particulars(
    connection: Connection[dict[str, Any]], listing_ids: Sequence[UUID] | None = None
) -> list[dict[str, Any]]:
    """Listings as providers are asked about them, in the order of their symbols: some, or all that still trade."""
    if listing_ids is None:
        return connection.execute(f"{PARTICULARS} order by symbol, listing_id").fetchall()
    return connection.execute(
        f"{PARTICULARS} and listing_id = any(%s) order by symbol, listing_id", (list(listing_ids),)
    ).fetchall()


def of_exchange(connection: Connection[dict[str, Any]], exchange: str) -> list[dict[str, Any]]:
    """The listings that trade on an exchange, as providers are asked about them."""
    return connection.execute(f"{PARTICULARS} and exchange = %s order by listing_id", (exchange,)).fetchall()


def given_up_at(connection: Connection[dict[str, Any]], symbol: str, exchange: str) -> datetime | None:
    """Since when a symbol has been free that a listing had; None when none ever had it."""
    row = connection.execute(
        "select max(next) as since from ("
        "   select symbol, lead(since) over (partition by listing_id order by since) as next"
        "   from listing_symbols where listing_id in ("
        "       select listing_id from listing_symbols where symbol = %(symbol)s and exchange = %(exchange)s)"
        ") as had where symbol = %(symbol)s",
        {"symbol": symbol, "exchange": exchange},
    ).fetchone()
    return row["since"] if row else None


class Filters(NamedTuple):
    """What listings are asked for; None is any. One that is retired goes by no symbol."""

    symbol: str | None = None
    exchange: str | None = None
    isin: str | None = None


def page(
    connection: Connection[dict[str, Any]], wanted: Filters, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Listings in the order of their ids, which is that of their registration."""
    filters: list[tuple[LiteralString, object]] = [
        ("l.symbol = %(symbol)s and l.retired_on is null", wanted.symbol),
        ("l.exchange = %(exchange)s", wanted.exchange),
        ("coalesce(i.isin, l.isin) = %(isin)s", wanted.isin),
        ("l.listing_id > %(after)s", after),
    ]
    where = " and ".join(["true", *(condition for condition, value in filters if value is not None)])
    return connection.execute(
        f"{WITH_INSTRUMENT} where {where} order by l.listing_id limit %(limit)s",
        {**wanted._asdict(), "after": after, "limit": limit},
    ).fetchall()


# Each kind of match has an index of its own. Symbols have no character that comes after a tilde.
FOUND: LiteralString = f"""
    with matched as (
        select listing_id
        from unnest(%(words)s::text[], %(prefixes)s::text[]) as wanted (word, prefix) cross join lateral (
            select listing_id from listings
            where upper(symbol) collate "C" >= word and upper(symbol) collate "C" < word || '~'
            union select listing_id from listings where exchange = word
            union select listing_id from listings where isin = word
            union select listing_id from listings join instruments known using (instrument_id) where known.isin = word
            union select listing_id from listings
            where to_tsvector('simple', coalesce(title, '')) @@ to_tsquery('simple', prefix)
        ) as fitting
        group by listing_id having count(*) = cardinality(%(words)s::text[]))
    {WITH_INSTRUMENT} join matched using (listing_id)
    order by l.retired_on is not null, upper(l.symbol) <> %(first)s, not starts_with(upper(l.symbol), %(first)s),
        l.symbol, l.listing_id
    limit %(limit)s"""

WORDS_MAX = 8


def found(connection: Connection[dict[str, Any]], text: str, limit: int) -> list[dict[str, Any]]:
    """Listings that each word fits, the best first: a symbol or a name by how it begins, an exchange, an ISIN."""
    every = (word for word in text.upper().split() if any(map(str.isalnum, word)))
    words = list(dict.fromkeys(every))[:WORDS_MAX]
    if not words:
        return []
    parameters = {
        "words": words,
        "prefixes": [_beginning(word) for word in words],
        "first": words[0],
        "limit": limit,
    }
    return connection.execute(FOUND, parameters).fetchall()


def _beginning(word: str) -> str:
    """A question for words that begin so, whatever characters it has."""
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"


def one(connection: Connection[dict[str, Any]], listing_id: UUID) -> dict[str, Any] | None:
    """One listing."""
    return connection.execute(f"{WITH_INSTRUMENT} where l.listing_id = %s", (listing_id,)).fetchone()


def by_ids(connection: Connection[dict[str, Any]], listing_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Those of some listings that are known."""
    found = connection.execute(
        "select * from listings where listing_id = any(%s)", (list(listing_ids),)
    ).fetchall()
    return {row["listing_id"]: row for row in found}


def exchanges(connection: Connection[dict[str, Any]]) -> list[str]:
    """Where listings trade."""
    found = connection.execute("select distinct exchange from listings order by exchange").fetchall()
    return [row["exchange"] for row in found]
