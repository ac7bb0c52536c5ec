"""The paper broker: accepts orders and fills them from its own book.

Its book is a table, so that it outlives a crash like any broker would. It lives in the time of the decisions
that it is sent, which makes a replay's fills those of its own day. What comes of an order is told in
`adapters.brokers.paper_story`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import msgspec

from adapters.brokers.paper_story import is_open, story
from adapters.postgres.pool import Pool
from application.ports.broker import BrokerOrder, ExecutionAtBroker, Sent, Statement, Ticket
from domain.numbers import exactly
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio

COLUMNS = """client_order_id, broker_order_id, account, symbol, side, type, quantity, limit_price, time_in_force, lot,
    price, affordable, unit_scale, commission_bps, auto_fill, slippage_bps, latency_ms, partial_fills, seed,
    reject_bps, halt_bps, decided_at, canceled, done"""

ENTER = f"""
    insert into paper_orders ({COLUMNS})
    select {COLUMNS} from jsonb_populate_recordset(null::paper_orders, %(rows)s::jsonb)"""

ENTER_NEW = f"{ENTER} on conflict do nothing returning *"

ENTERED = "select * from paper_orders where client_order_id = any(%s)"

CANCEL = f"""{ENTER}
    on conflict (client_order_id) do update set canceled = true, done = false
    where not (paper_orders.auto_fill and paper_orders.done)"""


@dataclass(frozen=True, slots=True)
class Account:
    """A paper account: how its broker behaves, and after how many milliseconds it has something to say."""

    id: str
    manners: BrokerChoice
    delay_ms: int

    @classmethod
    def of(cls, portfolio: Portfolio) -> Self:
        """A portfolio's own; a replay waits for nothing."""
        delay_ms = portfolio.broker.latency_ms if portfolio.clock == "live" else 0
        return cls(str(portfolio.id), portfolio.broker, delay_ms)


class PaperBook:
    """The book of all paper accounts.

    An order is done when all there is to say of it has been said. One that is entered is told of at once, unless
    its account is slow; whoever then dies before booking it asks again, because the order still counts as sent.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def account(self, portfolio: Portfolio) -> "PaperAccount":
        """A portfolio's own account."""
        return PaperAccount(self._pool, self, Account.of(portfolio))

    def submit_all(self, orders: Sequence[tuple[Portfolio, Ticket]]) -> list[Sent]:
        """Enter orders, each in its portfolio's account; see ``enter``."""
        return self.enter([(Account.of(portfolio), ticket) for portfolio, ticket in orders])

    def enter(self, orders: Sequence[tuple[Account, Ticket]]) -> list[Sent]:
        """Enter orders; the same client order id again changes nothing. Answers what there is to say of each."""
        rows = [_row(account, ticket) for account, ticket in orders]
        with self._pool.connection() as connection:
            new = connection.execute(ENTER_NEW, {"rows": _json(rows)}).fetchall()
            entered = {row["client_order_id"]: row for row in new}
            known = [row["client_order_id"] for row in rows if row["client_order_id"] not in entered]
            earlier = connection.execute(ENTERED, (known,)).fetchall() if known else []
        entered |= {row["client_order_id"]: row for row in earlier}
        return [
            Sent([], ask_again_ms=account.delay_ms)
            if account.delay_ms
            else Sent(_story(entered[ticket.client_order_id]))
            for account, ticket in orders
        ]

    def cancel(self, account: Account, ticket: Ticket) -> None:
        """Cancel an order, also one that has not arrived yet; one that was filled stays filled."""
        row = _row(account, ticket) | {"canceled": True, "done": False}
        with self._pool.connection() as connection:
            connection.execute(CANCEL, {"rows": _json([row])})

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

    def __init__(self, pool: Pool, book: PaperBook, account: Account) -> None:
        self._pool = pool
        self._book = book
        self._account = account
        self.account = account.id

    def as_sent(self, ticket: Ticket) -> Ticket:
        """The order as it is: paper takes any price."""
        return ticket

    def submit(self, ticket: Ticket) -> Sent:
        """Enter an order in the book; the same client order id again changes nothing."""
        return self._book.enter([(self._account, ticket)])[0]

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
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
                "update paper_orders set done = true where client_order_id = %s and not done",
                (client_order_id,),
            )

    def cancel(self, ticket: Ticket) -> None:
        """See PaperBook.cancel."""
        self._book.cancel(self._account, ticket)

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


def _row(account: Account, ticket: Ticket) -> dict[str, Any]:
    manners = account.manners
    return {
        "client_order_id": ticket.client_order_id,
        "broker_order_id": f"paper-{ticket.client_order_id}",
        "account": account.id,
        "symbol": ticket.symbol,
        "side": ticket.side,
        "type": ticket.type,
        "quantity": ticket.quantity,
        "limit_price": ticket.limit_price,
        "time_in_force": ticket.time_in_force,
        "lot": ticket.lot,
        "price": ticket.decided_price,
        "affordable": ticket.affordable,
        "unit_scale": ticket.unit_scale,
        "commission_bps": ticket.commission_bps,
        "auto_fill": manners.auto_fill,
        "slippage_bps": manners.slippage_bps,
        "latency_ms": manners.latency_ms,
        "partial_fills": manners.partial_fills,
        "seed": manners.seed,
        "reject_bps": manners.reject_bps or 0,
        "halt_bps": manners.halt_bps or 0,
        "decided_at": ticket.decided_at,
        "canceled": False,
        "done": not account.delay_ms,
    }


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


@exactly
def _story(row: dict[str, Any]) -> list[Any]:
    return list(story(row))


def _order(row: dict[str, Any]) -> BrokerOrder:
    return BrokerOrder(
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
