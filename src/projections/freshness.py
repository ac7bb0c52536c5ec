"""The newest good price of each listing that a person's live portfolios watch, out of several read models."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.price_point import PricePoint
from domain.quality import Thresholds
from projections.constituents import WATCHED
from projections.gate_rules import in_force
from projections.members import OF_MEMBER

NEWEST = f"""
    select distinct on (l.symbol, l.listing_id) l.listing_id, l.symbol, l.exchange, l.quote_unit, p.as_of, p.source,
        p.is_close, p.last, p.bid, p.ask, t.thresholds::text
    from ({WATCHED}) as w join portfolios f using (portfolio_id) join listings l using (listing_id)
    left join latest_prices p on p.feed = 'live' and p.listing_id = l.listing_id
    left join gate_thresholds t on t.subject = l.listing_id
    where f.clock = 'live' and f.{OF_MEMBER}
        and (%(portfolio)s::uuid is null or f.portfolio_id = %(portfolio)s)
    order by l.symbol, l.listing_id"""


class Newest(NamedTuple):
    """A listing with its newest good price; all of that is None while there is none."""

    listing_id: UUID
    symbol: str
    exchange: str
    quote_unit: str
    point: PricePoint | None
    thresholds: Thresholds

    @property
    def as_of(self) -> datetime | None:
        """The moment of the price."""
        return self.point.as_of if self.point else None


def newest(connection: Connection[dict[str, Any]], member: str, portfolio_id: UUID | None) -> list[Newest]:
    """The listings that a person's live portfolios watch, or one of these, by their symbols."""
    found = connection.execute(NEWEST, {"member": member, "portfolio": portfolio_id}).fetchall()
    return [
        Newest(
            row["listing_id"],
            row["symbol"],
            row["exchange"],
            row["quote_unit"],
            _point(row),
            in_force(row["thresholds"], None),
        )
        for row in found
    ]


def _point(row: dict[str, Any]) -> PricePoint | None:
    if row["as_of"] is None:
        return None
    names = ("listing_id", "as_of", "source", "is_close", "last", "bid", "ask")
    return PricePoint(**{name: row[name] for name in names})
