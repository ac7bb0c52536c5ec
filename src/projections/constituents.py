"""What portfolios are made of, and which of them watch a listing."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import ConstituentsSet
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class ConstituentRow(NamedTuple):
    """A listing's place in a portfolio; ``place`` is where it stands in the list, null once it has gone."""

    portfolio_id: UUID
    listing_id: UUID
    place: int | None
    sleeve: str | None
    role: str | None
    priority: int | None
    monitored: bool


CONSTITUENTS = Table(
    name="constituents",
    columns={
        "portfolio_id": "uuid",
        "listing_id": "uuid",
        "place": "integer",
        "sleeve": "text",
        "role": "text",
        "priority": "integer",
        "monitored": "boolean not null",
    },
    key=("portfolio_id", "listing_id"),
    mode="replace",
    indexes=("(listing_id)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each listing of the new list, and for each that has gone from it."""
    event = recorded.event
    if not isinstance(event, ConstituentsSet):
        return
    for place, each in enumerate(event.constituents, start=1):
        yield (
            CONSTITUENTS,
            ConstituentRow(
                event.portfolio_id,
                each.listing_id,
                place,
                each.sleeve,
                each.role,
                each.priority,
                each.monitored,
            ),
        )
    for gone in event.went:
        row = ConstituentRow(event.portfolio_id, gone.listing_id, None, None, None, None, monitored=False)
        yield CONSTITUENTS, row


READ_MODEL = ReadModel("constituents", "inline", (CONSTITUENTS,), (ConstituentsSet,), rows)

# A position's listing is decided on, so it is always watched; so is what is held, unless its owner says otherwise.
# Of what is retired no price comes any more, and its symbol may be another's.
WATCHED = """
    select portfolio_id, listing_id from (
        select portfolio_id, listing_id from constituents where monitored
        union
        select portfolio_id, listing_id from positions where status <> 'closed'
        union
        select h.portfolio_id, h.listing_id from holdings h
        where h.quantity <> 0 and not exists (
            select from constituents c where c.portfolio_id = h.portfolio_id and c.listing_id = h.listing_id
                and c.place is not null and not c.monitored)) as wanted
    where listing_id not in (select listing_id from listings where retired_on is not null)"""


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[dict[str, Any]]:
    """A portfolio's constituents in the order of priority, with the particulars of their listings."""
    return connection.execute(
        "select l.*, c.sleeve, c.role, c.priority, c.monitored from constituents c join listings l using (listing_id)"
        " where c.portfolio_id = %s and c.place is not null order by c.place",
        (portfolio_id,),
    ).fetchall()


def watched_by(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[UUID]:
    """The listings that a portfolio watches: monitored constituents, what it trades, and what it holds."""
    found = connection.execute(
        f"select listing_id from ({WATCHED}) as watched where portfolio_id = %s order by listing_id",
        (portfolio_id,),
    ).fetchall()
    return [row["listing_id"] for row in found]


class Watcher(NamedTuple):
    """A portfolio that watches a listing, and whether it holds it: has a position in it, or units of it."""

    portfolio_id: UUID
    holds: bool


def watchers_of(connection: Connection[dict[str, Any]], feed: str, listing_id: UUID) -> list[Watcher]:
    """The portfolios on a feed that watch a listing or hold it; those that hold it freeze (DOMAIN §4)."""
    found = connection.execute(
        "select f.portfolio_id, bool_or(concerned.holds) as holds from portfolios f join ("
        f"   select portfolio_id, false as holds from ({WATCHED}) as watched where listing_id = %(listing)s"
        "   union all"
        "   select portfolio_id, true from positions where listing_id = %(listing)s and status <> 'closed'"
        "   union all"
        "   select portfolio_id, true from holdings where listing_id = %(listing)s and quantity <> 0"
        ") as concerned using (portfolio_id)"
        " where feed_of(f.clock, f.portfolio_id) = %(feed)s group by f.portfolio_id order by f.portfolio_id",
        {"feed": feed, "listing": listing_id},
    ).fetchall()
    return [Watcher(**row) for row in found]
