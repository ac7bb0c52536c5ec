"""Positions as they stand. With portfolio and latest price they make the position card (position_sources.py)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Raw
from psycopg import Connection

from domain.events import Recorded, Value
from domain.position.events import POSITION_EVENTS
from domain.position.state import HandedOver, Position
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table

KNOWN_MAX = 10_000
EMPTY = Raw(b"[]")


class PositionRow(NamedTuple):
    position_id: UUID
    portfolio_id: UUID
    listing_id: UUID
    version: int
    event_number: int
    status: str
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    shares: Decimal
    cash: Decimal
    receivable: Decimal
    book_cost: Decimal
    anchor: Decimal
    settings: Raw
    latest_order: Raw | None
    order_days: Raw
    last_skip: Raw | None
    last_ended: Raw | None
    accruals: Raw
    settled: Raw
    handed_over: Raw
    anchored_at: datetime | None
    placement: Raw | None


POSITIONS = Table(
    name="positions",
    columns={
        "position_id": "uuid",
        "portfolio_id": "uuid not null",
        "listing_id": "uuid not null",
        "version": "bigint not null",
        "event_number": "bigint not null",
        "status": "text not null",
        "symbol": "text not null",
        "exchange": "text not null",
        "currency": "text not null",
        "quote_unit": "text not null",
        "lot": "numeric not null",
        "shares": "numeric not null check (shares >= 0)",
        "cash": "numeric not null",
        "receivable": "numeric not null",
        "book_cost": "numeric not null",
        "anchor": "numeric not null",
        "settings": "jsonb not null",
        "latest_order": "jsonb",
        "order_days": "jsonb not null",
        "last_skip": "jsonb",
        "last_ended": "jsonb",
        "accruals": "jsonb not null",
        "settled": "jsonb not null",
        "handed_over": "jsonb not null",
        "anchored_at": "timestamptz",
        "placement": "jsonb",
    },
    key=("position_id",),
    mode="replace",
    indexes=("(portfolio_id, position_id)", "(listing_id)", "(event_number)"),
)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The position's row after each of its events."""
    if not isinstance(state, Position):
        return
    skip, ended = state.last_skip, state.last_ended
    yield (
        POSITIONS,
        PositionRow(
            position_id=state.id,
            portfolio_id=state.portfolio_id,
            listing_id=state.listing_id,
            version=recorded.version,
            event_number=recorded.number,
            status=state.status,
            symbol=state.symbol,
            exchange=state.exchange,
            currency=state.currency,
            quote_unit=state.quote_unit,
            lot=state.lot,
            shares=state.shares,
            cash=state.cash,
            receivable=state.receivable,
            book_cost=state.book_cost,
            anchor=state.anchor,
            settings=_json(state.settings.model_dump_json(exclude_unset=True)),
            latest_order=_json(state.order.model_dump_json()) if state.order else None,
            order_days=_list(state.order_days),
            last_skip=_json(skip.model_dump_json()) if skip else None,
            last_ended=_json(ended.model_dump_json()) if ended else None,
            accruals=_list(state.accruals),
            settled=_list(state.settled),
            handed_over=_handed_over_json(state.handed_over),
            anchored_at=state.anchored_at,
            placement=_json(state.placement.model_dump_json()) if state.placement else None,
        ),
    )


READ_MODEL = ReadModel(
    "positions", "inline", (POSITIONS,), POSITION_EVENTS, rows, needs_state=True, one_row_a_stream=True
)


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[UUID]:
    """The positions of a portfolio that are not closed."""
    found = connection.execute(
        "select position_id from positions where portfolio_id = %s and status <> 'closed' order by position_id",
        (portfolio_id,),
    ).fetchall()
    return [row["position_id"] for row in found]


def live_in(connection: Connection[dict[str, Any]], listing_id: UUID) -> list[UUID]:
    """The positions in a listing that are not closed and live by the present."""
    found = connection.execute(
        "select position_id from positions join portfolios using (portfolio_id)"
        " where listing_id = %s and status <> 'closed' and clock = 'live' order by position_id",
        (listing_id,),
    ).fetchall()
    return [row["position_id"] for row in found]


def portfolios_with(connection: Connection[dict[str, Any]], feed: str, listing_id: UUID) -> list[UUID]:
    """Portfolios on a feed that hold a listing or have a position in it that is not closed."""
    found = connection.execute(
        "select portfolio_id from portfolios f where feed_of(f.clock, f.portfolio_id) = %(feed)s and ("
        "   exists (select from positions p where p.portfolio_id = f.portfolio_id"
        "       and p.listing_id = %(listing)s and p.status <> 'closed')"
        "   or exists (select from holdings h where h.portfolio_id = f.portfolio_id"
        "       and h.listing_id = %(listing)s and h.quantity <> 0)) order by portfolio_id",
        {"feed": feed, "listing": listing_id},
    ).fetchall()
    return [row["portfolio_id"] for row in found]


def _json(text: str) -> Raw:
    return Raw(text.encode())


@lru_cache(maxsize=KNOWN_MAX)
def _handed_over_json(handed_over: HandedOver) -> Raw:
    """Most positions have handed nothing over."""
    return _json(handed_over.model_dump_json())


def _list(values: Sequence[Value]) -> Raw:
    if not values:
        return EMPTY
    return Raw(b"[" + b",".join(each.model_dump_json().encode() for each in values) + b"]")
