"""Corporate actions that were booked for units held outside of positions, and portfolios that wait for one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.actions import Due
from domain.events import Recorded
from domain.portfolio.events import EntryPosted
from domain.portfolio.own_actions import booked_action
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class OwnActionRow(NamedTuple):
    portfolio_id: UUID
    action_id: UUID
    paid: bool


OWN_ACTIONS = Table(
    name="own_actions",
    columns={"portfolio_id": "uuid", "action_id": "uuid", "paid": "boolean"},
    key=("portfolio_id", "action_id", "paid"),
    mode="append",
    indexes=("(action_id)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each action, or payment, that an entry books. The table refuses a second."""
    event = recorded.event
    booked = booked_action(event) if isinstance(event, EntryPosted) else None
    if booked is not None and isinstance(event, EntryPosted):
        yield OWN_ACTIONS, OwnActionRow(event.portfolio_id, *booked)


READ_MODEL = ReadModel("own_actions", "inline", (OWN_ACTIONS,), (EntryPosted,), rows)

# Who may have held units beside their positions when it took effect: there were books before, and there are such units
# now, or units have moved since the days before: a dividend counts those at the close.
WAIT_FOR_EFFECT = """
    select h.portfolio_id from holdings h join portfolios f using (portfolio_id)
        left join lateral (select sum(shares) as shares from positions p
            where p.portfolio_id = h.portfolio_id and p.listing_id = h.listing_id and p.status <> 'placing') p on true
    where h.listing_id = %(listing)s and f.clock = 'live'
        and not exists (select from own_actions o
            where o.portfolio_id = h.portfolio_id and o.action_id = %(action)s and not o.paid)
        and exists (select from journal j where j.portfolio_id = h.portfolio_id and j.at < %(at)s)
        and (h.quantity <> coalesce(p.shares, 0) or exists (select from journal j
            where j.portfolio_id = h.portfolio_id and j.at >= %(at)s::timestamptz - interval '7 days'
                and j.lines @> jsonb_build_array(jsonb_build_object('listing_id', %(listing)s::text))))
    order by h.portfolio_id"""

WAIT_FOR_PAYMENT = """
    select portfolio_id from own_actions a where action_id = %(action)s and not paid
        and not exists (select from own_actions p
            where p.portfolio_id = a.portfolio_id and p.action_id = a.action_id and p.paid)
    order by portfolio_id"""

DUE_IN = """
    select distinct a.listing_id from actions a join holdings h on h.listing_id = a.listing_id
        left join own_actions o on o.portfolio_id = h.portfolio_id and o.action_id = a.action_id and not o.paid
        left join own_actions p on p.portfolio_id = h.portfolio_id and p.action_id = a.action_id and p.paid
    where h.portfolio_id = %(portfolio)s and a.effective_at <= %(now)s and (o.action_id is null or (
        p.action_id is null and (a.content ->> 'payable_at')::timestamptz <= %(now)s))
    order by a.listing_id"""


def waiting(connection: Connection[dict[str, Any]], due: Due) -> Sequence[UUID]:
    """The live portfolios for whose own units an action may have to be booked yet."""
    query = WAIT_FOR_EFFECT if due.phase == "effective" else WAIT_FOR_PAYMENT
    action = due.action
    about = {"listing": action.listing_id, "action": action.action_id, "at": action.effective_at}
    return [row["portfolio_id"] for row in connection.execute(query, about).fetchall()]


def due_in(connection: Connection[dict[str, Any]], portfolio_id: UUID, now: datetime) -> Sequence[UUID]:
    """The listings of which a portfolio has units, or had, and an action or a payment is due and not booked."""
    found = connection.execute(DUE_IN, {"portfolio": portfolio_id, "now": now}).fetchall()
    return [row["listing_id"] for row in found]


def merged_into(connection: Connection[dict[str, Any]], listing_id: UUID) -> Sequence[UUID]:
    """The listings of which a merger into a listing was announced, in that order."""
    found = connection.execute(
        "select listing_id from actions where kind = 'merger' and content ->> 'into_listing_id' = %s"
        " order by event_number",
        (str(listing_id),),
    ).fetchall()
    return [row["listing_id"] for row in found]


def positions_in(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, listing_id: UUID
) -> Sequence[tuple[UUID, bool]]:
    """A portfolio's closed positions in a listing, and those that carry out advice: these are at work."""
    found = connection.execute(
        "select position_id, status = 'placing' as at_work from positions where portfolio_id = %s and listing_id = %s"
        " and (status = 'placing' or (status = 'closed' and placement is null)) order by position_id",
        (portfolio_id, listing_id),
    ).fetchall()
    return [(row["position_id"], row["at_work"]) for row in found]
