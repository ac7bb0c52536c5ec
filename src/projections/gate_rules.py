"""What the gate judges by, beside other prices: what prices of a listing are in, and thresholds that were set."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Raw
from psycopg import Connection

from domain.events import Recorded
from domain.listing import ListingRegistered
from domain.portfolio.events import PortfolioThresholdsSet
from domain.quality import ListingRules, ListingThresholdsSet, Terms, Thresholds, ThresholdsChange
from domain.quality.thresholds import of_listing, tightened
from domain.streams import State
from projections.connections import Connections
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import EVERYBODY, of_portfolio

NOTHING = "{}"


class ListingRow(NamedTuple):
    listing_id: UUID
    exchange: str
    currency: str
    quote_unit: str
    event_number: int


class ThresholdsRow(NamedTuple):
    """``subject`` is the listing or the portfolio that they were set for."""

    subject: UUID
    kind: str
    thresholds: Raw
    event_number: int


LISTINGS = Table(
    name="gate_listings",
    columns={
        "listing_id": "uuid",
        "exchange": "text not null",
        "currency": "text not null",
        "quote_unit": "text not null",
        "event_number": "bigint not null",
    },
    key=("listing_id",),
    mode="append",
    indexes=("(event_number)",),
    visible=EVERYBODY,
)

THRESHOLDS = Table(
    name="gate_thresholds",
    columns={
        "subject": "uuid",
        "kind": "text not null",
        "thresholds": "jsonb not null",
        "event_number": "bigint not null",
    },
    key=("subject",),
    mode="replace",
    indexes=("(event_number)",),
    visible=f"kind = 'listing' or {of_portfolio('subject')}",
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each listing, and one for each listing or portfolio that thresholds were set for."""
    number = recorded.number
    match recorded.event:
        case ListingRegistered() as event:
            row = ListingRow(event.listing_id, event.exchange, event.currency, event.quote_unit, number)
            yield LISTINGS, row
        case ListingThresholdsSet() as event:
            yield THRESHOLDS, ThresholdsRow(event.listing_id, "listing", _raw(event.thresholds), number)
        case PortfolioThresholdsSet() as event:
            yield THRESHOLDS, ThresholdsRow(event.portfolio_id, "portfolio", _raw(event.thresholds), number)
        case _:
            pass


def _raw(thresholds: ThresholdsChange) -> Raw:
    return Raw(thresholds.model_dump_json().encode())


HEARD = (ListingRegistered, ListingThresholdsSet, PortfolioThresholdsSet)
READ_MODEL = ReadModel("gate_rules", "inline", (LISTINGS, THRESHOLDS), HEARD, rows)

LISTINGS_SINCE = """
    select l.*, t.thresholds::text, greatest(l.event_number, t.event_number) as newest
    from gate_listings l left join gate_thresholds t on t.subject = l.listing_id
    where l.listing_id in (
        select listing_id from gate_listings where event_number > %(number)s
        union all select subject from gate_thresholds where event_number > %(number)s)"""

PORTFOLIOS_SINCE = """
    select subject, thresholds::text, event_number as newest from gate_thresholds
    where event_number > %(number)s and kind = 'portfolio'"""

HELD = """
    select portfolio_id, listing_id from positions where portfolio_id = any(%(portfolios)s) and status <> 'closed'
    union select portfolio_id, listing_id from holdings where portfolio_id = any(%(portfolios)s) and quantity <> 0"""


class GateRules:
    """The application's GateRules. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def since(self, number: int) -> tuple[int, dict[UUID, ListingRules], dict[UUID, ThresholdsChange]]:
        """See application.ports.GateRules."""
        with self._pool.connection() as connection:
            listings = connection.execute(LISTINGS_SINCE, {"number": number}).fetchall()
            portfolios = connection.execute(PORTFOLIOS_SINCE, {"number": number}).fetchall()
        return (
            max((row["newest"] for row in (*listings, *portfolios)), default=number),
            {row["listing_id"]: _rules(row) for row in listings},
            {row["subject"]: _change(row["thresholds"]) for row in portfolios},
        )

    def held_by(self, feed: str, portfolio_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
        """See application.ports.GateRules."""
        with self._pool.connection() as connection:
            found = connection.execute(
                f"select held.* from ({HELD}) as held join portfolios f using (portfolio_id)"
                " where feed_of(f.clock, f.portfolio_id) = %(feed)s order by portfolio_id",
                {"feed": feed, "portfolios": list(portfolio_ids)},
            ).fetchall()
        return [(row["portfolio_id"], row["listing_id"]) for row in found]


def of(connection: Connection[dict[str, Any]], subject: UUID) -> ThresholdsChange:
    """What was set for a listing or a portfolio."""
    row = connection.execute(
        "select thresholds::text from gate_thresholds where subject = %s", (subject,)
    ).fetchone()
    return _change(row["thresholds"] if row else NOTHING)


def in_force(listing: str | None, portfolio: str | None) -> Thresholds:
    """A listing's thresholds as they are for a portfolio, from the JSON of what was set for each."""
    return tightened(of_listing(_change(listing or NOTHING)), _change(portfolio or NOTHING))


def _rules(row: dict[str, Any]) -> ListingRules:
    terms = Terms(row["currency"], row["quote_unit"])
    return ListingRules(row["exchange"], terms, of_listing(_change(row["thresholds"] or NOTHING)))


@lru_cache(maxsize=10_000)
def _change(content: str) -> ThresholdsChange:
    return ThresholdsChange.model_validate_json(content)
