"""A portfolio's own side of a comparison with its broker, out of several read models."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from domain.journal import PORTFOLIO_CASH
from domain.money import ZERO
from domain.portfolio.events import BrokerChoice
from projections.connections import Connections


class OurOrder(NamedTuple):
    """One of our orders that has left and not ended."""

    position_id: UUID
    client_order_id: str
    status: str


class OurHolding(NamedTuple):
    """What the books hold of a listing; see application.reconciliation.books.OurHolding.

    ``names`` are the symbols it has gone by, with the moment since when, latest first; None is none.
    """

    listing_id: UUID
    symbol: str | None
    quantity: Decimal
    position_id: UUID | None
    names: Sequence[tuple[datetime, str | None]]

    def went_by(self, symbol: str, at: datetime) -> bool:
        """Whether this was its symbol at a moment."""
        return next((name for since, name in self.names if since <= at), None) == symbol


# A symbol that a retired listing had last says nothing of it once another has it.
HOLDINGS = """
    select l.listing_id, coalesce(h.quantity, 0) as quantity, p.position_id,
        case when l.retired_on is not null and exists (
            select from listings o where o.symbol = l.symbol and o.exchange = l.exchange and o.retired_on is null
        ) then null else l.symbol end as symbol
    from listings l
    left join holdings h on h.listing_id = l.listing_id and h.portfolio_id = %(portfolio)s
    left join lateral (
        select position_id from positions p
        where p.portfolio_id = %(portfolio)s and p.listing_id = l.listing_id and p.status not in ('closed', 'placing')
        order by position_id limit 1) as p on true
    where coalesce(h.quantity, 0) <> 0 or p.position_id is not null
    order by l.symbol, l.listing_id"""

NAMES = """
    select listing_id, since, symbol from listing_symbols where listing_id = any(%(listings)s)
    order by listing_id, since desc"""


class BrokerBooks:
    """The application's Books. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def open_orders(self, portfolio_id: UUID) -> Sequence[OurOrder]:
        """See application.reconciliation.books.Books."""
        found = self._rows(
            "select position_id, client_order_id, status from orders"
            " where portfolio_id = %(portfolio)s and is_open and not by_hand and status <> 'intended'"
            " order by order_id",
            portfolio=portfolio_id,
        )
        return [OurOrder(**row) for row in found]

    def booked(self, broker: str, account: str, execution_ids: Sequence[str]) -> Mapping[str, int]:
        """See application.reconciliation.books.Books."""
        found = self._rows(
            "select execution_id, max(revision) as revision from executions where broker = %(broker)s"
            " and account = %(account)s and execution_id = any(%(ids)s) group by execution_id",
            broker=broker,
            account=account,
            ids=list(execution_ids),
        )
        return {row["execution_id"]: row["revision"] for row in found}

    def holdings(self, portfolio_id: UUID) -> Sequence[OurHolding]:
        """See application.reconciliation.books.Books."""
        held = self._rows(HOLDINGS, portfolio=portfolio_id)
        names: dict[UUID, list[tuple[datetime, str | None]]] = {row["listing_id"]: [] for row in held}
        for row in self._rows(NAMES, listings=[*names]):
            names[row["listing_id"]].append((row["since"], row["symbol"]))
        return [OurHolding(**row, names=names[row["listing_id"]]) for row in held]

    def cash(self, portfolio_id: UUID) -> Decimal:
        """See application.reconciliation.books.Books."""
        found = self._rows(
            "select coalesce(sum(amount), 0) as amount from cash where portfolio_id = %(portfolio)s"
            " and (account = %(free)s or account like 'cash:position:%%')",
            portfolio=portfolio_id,
            free=PORTFOLIO_CASH,
        )
        return found[0]["amount"] if found else ZERO

    def open_alerts(self, portfolio_id: UUID, rules: Sequence[str]) -> Sequence[tuple[UUID | None, str]]:
        """See application.reconciliation.books.Books."""
        found = self._rows(
            "select listing_id, rule from alerts left join alerts_resolved using (alert_id)"
            " where portfolio_id = %(portfolio)s and rule = any(%(rules)s) and resolved_at is null"
            " order by alert_id",
            portfolio=portfolio_id,
            rules=list(rules),
        )
        return [(row["listing_id"], row["rule"]) for row in found]

    def accounts(self) -> list[tuple[UUID, BrokerChoice]]:
        """The portfolios that trade with a real broker, and which account of it they have."""
        found = self._rows(
            "select portfolio_id, broker from portfolios where broker ->> 'kind' <> 'paper' order by portfolio_id"
        )
        return [(row["portfolio_id"], BrokerChoice.model_validate(row["broker"])) for row in found]

    def connected(self) -> Mapping[UUID, bool]:
        """Every portfolio that trades with a real broker, and whether its books are known to agree."""
        found = self._rows(
            "select portfolio_id, reconciled from portfolios where broker ->> 'kind' <> 'paper'"
        )
        return {row["portfolio_id"]: row["reconciled"] for row in found}

    def _rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        with self._pool.connection() as connection:
            return connection.execute(query, parameters).fetchall()
