"""The paper broker: accepts orders and fills them from its own book (API.md, paper defaults).

Its book is a table, so that it outlives a crash like any broker would. It lives in the time of the decisions
that it is sent, which makes a replay's fills those of its own day. What comes of an order is told in
`adapters.brokers.paper_story`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from adapters.brokers.paper_story import is_open, story
from adapters.postgres.pool import Pool
from application.broker import ExecutionAtBroker, OrderAtBroker, Sent, Statement, Ticket
from domain.numbers import exactly
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio

ENTER = """
    insert into paper_orders (client_order_id, broker_order_id, account, symbol, side, type, quantity, limit_price,
        time_in_force, lot, price, affordable, unit_scale, commission_bps, auto_fill, slippage_bps, latency_ms,
        partial_fills, seed, reject_bps, halt_bps, decided_at, canceled)
    values (%(client)s, %(broker)s, %(account)s, %(symbol)s, %(side)s, %(type)s, %(quantity)s, %(limit)s,
        %(tif)s, %(lot)s, %(price)s, %(affordable)s, %(unit)s, %(commission)s, %(auto)s, %(slippage)s,
        %(latency)s, %(partial)s, %(seed)s, %(reject)s, %(halt)s, %(at)s, %(canceled)s)"""

CANCEL = """
    on conflict (client_order_id) do update set canceled = true, done = false
    where not (paper_orders.auto_fill and paper_orders.done)"""


class PaperBook:
    """The book of all paper accounts."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def account(self, portfolio: Portfolio) -> "PaperAccount":
        """A portfolio's own account."""
        delay = portfolio.broker.latency_ms if portfolio.clock == "live" else 0
        return PaperAccount(self._pool, str(portfolio.id), portfolio.broker, delay)

    def unreported(self) -> list[str]:
        """Client order ids of which there has been something to say for a second that was not booked."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select client_order_id from paper_orders where not done"
                " and submitted_at + latency_ms * interval '1 ms' < now() - interval '1 s'"
                " order by submitted_at limit 1000"
            ).fetchall()
        return [row["client_order_id"] for row in rows]


class PaperAccount:
    """The application's Broker on paper. It keeps orders and fills, but neither holdings nor cash."""

    kind = "paper"

    def __init__(self, pool: Pool, account: str, manners: BrokerChoice, delay_ms: int) -> None:
        self._pool = pool
        self.account = account
        self._manners = manners
        self._delay_ms = delay_ms

    def as_sent(self, ticket: Ticket) -> Ticket:
        """The order as it is: paper takes any price."""
        return ticket

    def submit(self, ticket: Ticket) -> Sent:
        """Enter an order in the book; the same client order id again changes nothing."""
        with self._pool.connection() as connection:
            row = connection.execute(
                ENTER + " on conflict do nothing returning *", self._row(ticket, canceled=False)
            ).fetchone()
        if row is None or self._delay_ms:
            return Sent([], ask_again_ms=self._delay_ms)
        return Sent(_story(row))

    def look_up(self, client_order_id: str) -> OrderAtBroker | None:
        """The order as it stands in the book."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from paper_orders where client_order_id = %s and account = %s",
                (client_order_id, self.account),
            ).fetchone()
        return _order(row) if row else None

    def reported(self, client_order_id: str) -> None:
        """Remember that what there was to say has been booked."""
        with self._pool.connection() as connection:
            connection.execute(
                "update paper_orders set done = true where client_order_id = %s", (client_order_id,)
            )

    def cancel(self, ticket: Ticket) -> None:
        """Cancel an order, also one that has not arrived yet; one that was filled stays filled."""
        with self._pool.connection() as connection:
            connection.execute(ENTER + CANCEL, self._row(ticket, canceled=True))

    def statement(self, since: datetime) -> Statement:
        """Its open orders, and what was filled of those that came in since a moment."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from paper_orders where account = %s and (submitted_at >= %s or not done or not auto_fill)"
                " order by submitted_at",
                (self.account, since),
            ).fetchall()
        return Statement(
            open_orders=[_order(row) for row in rows if is_open(row)],
            executions=[each for row in rows for each in _executions(row)],
            holdings=None,
            cash=None,
        )

    def _row(self, ticket: Ticket, *, canceled: bool) -> dict[str, Any]:
        manners = self._manners
        return {
            "client": ticket.client_order_id,
            "broker": f"paper-{ticket.client_order_id}",
            "account": self.account,
            "symbol": ticket.symbol,
            "side": ticket.side,
            "type": ticket.type,
            "quantity": ticket.quantity,
            "limit": ticket.limit_price,
            "tif": ticket.time_in_force,
            "lot": ticket.lot,
            "price": ticket.decided_price,
            "affordable": ticket.affordable,
            "unit": ticket.unit_scale,
            "commission": ticket.commission_bps,
            "auto": manners.auto_fill,
            "slippage": manners.slippage_bps,
            "latency": manners.latency_ms,
            "partial": manners.partial_fills,
            "seed": manners.seed,
            "reject": manners.reject_bps or 0,
            "halt": manners.halt_bps or 0,
            "at": ticket.decided_at,
            "canceled": canceled,
        }


@exactly
def _story(row: dict[str, Any]) -> list[Any]:
    return list(story(row))


def _order(row: dict[str, Any]) -> OrderAtBroker:
    return OrderAtBroker(
        client_order_id=row["client_order_id"],
        broker_order_id=row["broker_order_id"],
        symbol=row["symbol"],
        side=row["side"],
        type=row["type"],
        quantity=row["quantity"],
        limit_price=row["limit_price"],
        time_in_force=row["time_in_force"],
        reports=_story(row),
    )


def _executions(row: dict[str, Any]) -> Sequence[ExecutionAtBroker]:
    return [
        ExecutionAtBroker(
            row["symbol"], row["side"], report.fill, row["broker_order_id"], row["client_order_id"]
        )
        for report in _story(row)
        if report.fill is not None
    ]
