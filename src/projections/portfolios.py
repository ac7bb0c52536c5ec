"""Portfolios as they stand: settings, free cash, and whether they are frozen."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Raw
from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import PORTFOLIO_EVENTS, BrokerChoice, PolicyRef
from domain.portfolio.state import Portfolio
from domain.settings import SettingsChange
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table


class PortfolioRow(NamedTuple):
    portfolio_id: UUID
    version: int
    event_number: int
    owner: str
    title: str
    currency: str
    mode: str
    clock: str
    broker: Raw
    settings: Raw
    cash: Decimal
    frozen_because: str | None
    reconciled: bool
    also_frozen_because: Raw
    recalls_orders: bool
    policy: Raw | None
    draft: Raw | None


PORTFOLIOS = Table(
    name="portfolios",
    columns={
        "portfolio_id": "uuid",
        "version": "bigint not null",
        "event_number": "bigint not null",
        "owner": "text not null",
        "title": "text not null",
        "currency": "text not null",
        "mode": "text not null",
        "clock": "text not null",
        "broker": "jsonb not null",
        "settings": "jsonb not null",
        "cash": "numeric not null",
        "frozen_because": "text",
        "reconciled": "boolean not null",
        "also_frozen_because": "jsonb not null",
        "recalls_orders": "boolean not null",
        "policy": "jsonb",
        "draft": "jsonb",
    },
    key=("portfolio_id",),
    mode="replace",
    indexes=("(event_number)",),
)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The portfolio's row after each of its events."""
    if not isinstance(state, Portfolio):
        return
    yield (
        PORTFOLIOS,
        PortfolioRow(
            portfolio_id=state.id,
            version=recorded.version,
            event_number=recorded.number,
            owner=state.owner,
            title=state.title,
            currency=state.currency,
            mode=state.mode,
            clock=state.clock,
            broker=Raw(state.broker.model_dump_json().encode()),
            settings=Raw(state.settings.model_dump_json(exclude_unset=True).encode()),
            cash=state.cash,
            frozen_because=state.frozen_because,
            reconciled=state.reconciled,
            also_frozen_because=Raw(msgspec.json.encode(state.also_frozen_because)),
            recalls_orders=state.recalls_orders,
            policy=_ref_row(state.policy),
            draft=_ref_row(state.draft),
        ),
    )


READ_MODEL = ReadModel(
    "portfolios", "inline", (PORTFOLIOS,), PORTFOLIO_EVENTS, rows, needs_state=True, one_row_a_stream=True
)


def one(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> Portfolio | None:
    """One portfolio."""
    row = connection.execute("select * from portfolios where portfolio_id = %s", (portfolio_id,)).fetchone()
    return _portfolio(row) if row else None


def frozen_of(connection: Connection[dict[str, Any]], member: str) -> dict[UUID, str]:
    """A person's frozen portfolios, and why each is."""
    found = connection.execute(
        "select portfolio_id, frozen_because from portfolios"
        f" where {OF_MEMBER} and frozen_because is not null order by portfolio_id",
        {"member": member},
    ).fetchall()
    return {row["portfolio_id"]: row["frozen_because"] for row in found}


def live(connection: Connection[dict[str, Any]], member: str | None = None) -> list[UUID]:
    """The portfolios that are no replays: a person's, or everybody's."""
    found = connection.execute(
        f"select portfolio_id from portfolios where clock = 'live' and (%(member)s::text is null or {OF_MEMBER})"
        " order by portfolio_id",
        {"member": member},
    ).fetchall()
    return [row["portfolio_id"] for row in found]


def owned(connection: Connection[dict[str, Any]], owner: str) -> list[UUID]:
    """The portfolios that somebody has opened and that are no replays; those shared with them are not among them."""
    found = connection.execute(
        "select portfolio_id from portfolios where clock = 'live' and owner = %s order by portfolio_id",
        (owner,),
    ).fetchall()
    return [row["portfolio_id"] for row in found]


def by_title(connection: Connection[dict[str, Any]], title: str) -> list[UUID]:
    """The portfolios of a name, whoever's they are."""
    found = connection.execute(
        "select portfolio_id from portfolios where title = %s order by portfolio_id", (title,)
    ).fetchall()
    return [row["portfolio_id"] for row in found]


def unreconciled_of(connection: Connection[dict[str, Any]], member: str) -> list[UUID]:
    """A person's portfolios that nothing leaves from before the broker's books were compared."""
    found = connection.execute(
        f"select portfolio_id from portfolios where {OF_MEMBER} and not reconciled order by portfolio_id",
        {"member": member},
    ).fetchall()
    return [row["portfolio_id"] for row in found]


def page(
    connection: Connection[dict[str, Any]], member: str, after: UUID | None, limit: int
) -> list[Portfolio]:
    """A person's portfolios in the order of their ids, which is the order of their opening."""
    found = connection.execute(
        f"select * from portfolios where {OF_MEMBER} and (%(after)s::uuid is null or portfolio_id > %(after)s)"
        " order by portfolio_id limit %(limit)s",
        {"member": member, "after": after, "limit": limit},
    ).fetchall()
    return [_portfolio(row) for row in found]


def _portfolio(row: dict[str, Any]) -> Portfolio:
    """A portfolio without its constituents, which are a read model of their own."""
    return Portfolio(
        id=row["portfolio_id"],
        owner=row["owner"],
        title=row["title"],
        currency=row["currency"],
        mode=row["mode"],
        clock=row["clock"],
        broker=BrokerChoice.model_validate(row["broker"]),
        settings=SettingsChange.model_validate(row["settings"]),
        cash=row["cash"],
        frozen_because=row["frozen_because"],
        reconciled=row["reconciled"],
        also_frozen_because=tuple(row["also_frozen_because"]),
        recalls_orders=row["recalls_orders"],
        policy=_ref(row["policy"]),
        draft=_ref(row["draft"]),
    )


def _ref_row(ref: PolicyRef | None) -> Raw | None:
    return None if ref is None else Raw(ref.model_dump_json().encode())


def _ref(row: dict[str, Any] | None) -> PolicyRef | None:
    return None if row is None else PolicyRef.model_validate(row)
