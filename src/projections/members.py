"""Who sees which portfolio: its owner, and whom the owner has let in."""

from collections.abc import Iterable
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import MemberAdded, MemberRemoved, PortfolioOpened
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class MemberRow(NamedTuple):
    """``present`` is false once somebody has been removed."""

    portfolio_id: UUID
    member: str
    event_number: int
    is_owner: bool
    present: bool


MEMBERS = Table(
    name="portfolio_members",
    columns={
        "portfolio_id": "uuid",
        "member": "text",
        "event_number": "bigint not null",
        "is_owner": "boolean not null",
        "present": "boolean not null",
    },
    key=("portfolio_id", "member"),
    mode="replace",
    indexes=("(member, portfolio_id) where present",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each person, as the last event about them has it."""
    event, number = recorded.event, recorded.number
    match event:
        case PortfolioOpened():
            yield MEMBERS, MemberRow(event.portfolio_id, event.owner, number, is_owner=True, present=True)
        case MemberAdded():
            yield MEMBERS, MemberRow(event.portfolio_id, event.member, number, is_owner=False, present=True)
        case MemberRemoved():
            yield MEMBERS, MemberRow(event.portfolio_id, event.member, number, is_owner=False, present=False)
        case _:
            pass


READ_MODEL = ReadModel("members", "inline", (MEMBERS,), (PortfolioOpened, MemberAdded, MemberRemoved), rows)

OF_MEMBER: LiteralString = (
    "portfolio_id in (select portfolio_id from portfolio_members where member = %(member)s and present)"
)
"""For the queries of other read models: rows of the portfolios that one person sees."""


def sees(connection: Connection[dict[str, Any]], member: str, portfolio_id: UUID) -> bool:
    """Whether a person is the portfolio's owner or one of its members."""
    found = connection.execute(
        "select from portfolio_members where portfolio_id = %s and member = %s and present",
        (portfolio_id, member),
    ).fetchone()
    return found is not None


def sees_position(connection: Connection[dict[str, Any]], member: str, position_id: UUID) -> bool:
    """Whether a position is in a portfolio that a person sees."""
    found = connection.execute(
        f"select from positions where position_id = %(position)s and {OF_MEMBER}",
        {"position": position_id, "member": member},
    ).fetchone()
    return found is not None


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[dict[str, Any]]:
    """Everybody who sees a portfolio, its owner first."""
    return connection.execute(
        "select member, is_owner from portfolio_members where portfolio_id = %s and present"
        " order by is_owner desc, event_number",
        (portfolio_id,),
    ).fetchall()
