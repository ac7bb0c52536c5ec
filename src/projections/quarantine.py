"""Live prices that were stopped, as lists show them, beside what portfolios are made of."""

from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.portfolio.state import LIVE_FEED
from projections.members import OF_MEMBER

CONCERNED: LiteralString = f"""select listing_id from (
    select portfolio_id, listing_id from constituents where place is not null
    union select portfolio_id, listing_id from positions where status <> 'closed'
    union select portfolio_id, listing_id from holdings where quantity <> 0) as concerned where {OF_MEMBER}"""


class Wanted(NamedTuple):
    """Which prices are listed: those that wait or those that are settled, of a listing or of a portfolio's.

    With neither they are those of whatever the person's portfolios are made of.
    """

    is_open: bool
    listing_id: UUID | None = None
    portfolio_id: UUID | None = None


def page(
    connection: Connection[dict[str, Any]], member: str, wanted: Wanted, after: int, limit: int
) -> list[dict[str, Any]]:
    """Stopped prices in the order in which they came, after the number of one of them."""
    filters: list[LiteralString] = ["(outcome is null) = %(open)s"]
    if wanted.listing_id is not None:
        filters.append("q.listing_id = %(listing)s")
    if wanted.portfolio_id is not None:
        filters.append(f"q.listing_id in ({CONCERNED} and portfolio_id = %(portfolio)s)")
    elif wanted.listing_id is None:
        filters.append(f"q.listing_id in ({CONCERNED})")
    return connection.execute(
        "select entry as number, q.listing_id, l.symbol, l.quote_unit, as_of, source, is_close, price, rule, observed,"
        " expected, last_good, last_good_at, stored_at, outcome, reason, settled_at"
        " from quarantine q join listings l using (listing_id)"
        f" where feed = %(feed)s and entry > %(after)s and {' and '.join(filters)}"
        " order by entry limit %(limit)s",
        {
            "member": member,
            "feed": LIVE_FEED,
            "open": wanted.is_open,
            "listing": wanted.listing_id,
            "portfolio": wanted.portfolio_id,
            "after": after,
            "limit": limit,
        },
    ).fetchall()
