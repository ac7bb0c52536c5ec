"""The registry of listings."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.listing import ListingRegistered
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class ListingRow(NamedTuple):
    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    isin: str | None
    title: str | None
    event_number: int


LISTINGS = Table(
    name="listings",
    columns={
        "listing_id": "uuid",
        "symbol": "text not null",
        "exchange": "text not null",
        "currency": "text not null",
        "quote_unit": "text not null",
        "lot": "numeric not null",
        "isin": "text",
        "title": "text",
        "event_number": "bigint not null",
    },
    key=("listing_id",),
    mode="replace",
    unique=("(symbol, exchange)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """One row when a listing is registered."""
    event = recorded.event
    if isinstance(event, ListingRegistered):
        yield (
            LISTINGS,
            ListingRow(
                event.listing_id,
                event.symbol,
                event.exchange,
                event.currency,
                event.quote_unit,
                event.lot,
                event.isin,
                event.title,
                recorded.number,
            ),
        )


READ_MODEL = ReadModel("listings", "inline", (LISTINGS,), (ListingRegistered,), rows)


def by_symbol(connection: Connection[dict[str, Any]], symbol: str, exchange: str) -> UUID | None:
    """The listing that goes by this symbol on this exchange."""
    row = connection.execute(
        "select listing_id from listings where symbol = %s and exchange = %s", (symbol, exchange)
    ).fetchone()
    return row["listing_id"] if row else None


def of_exchange(connection: Connection[dict[str, Any]], exchange: str) -> list[dict[str, Any]]:
    """The listings on an exchange, as providers are asked about them."""
    return connection.execute(
        "select listing_id, symbol, exchange, currency, quote_unit from listings where exchange = %s"
        " order by listing_id",
        (exchange,),
    ).fetchall()


def page(connection: Connection[dict[str, Any]], after: int, limit: int) -> list[dict[str, Any]]:
    """Listings in the order of their registration, after an event number."""
    return connection.execute(
        "select * from listings where event_number > %s order by event_number limit %s", (after, limit)
    ).fetchall()


def one(connection: Connection[dict[str, Any]], listing_id: UUID) -> dict[str, Any] | None:
    """One listing."""
    return connection.execute("select * from listings where listing_id = %s", (listing_id,)).fetchone()


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
