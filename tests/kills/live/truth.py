"""What brokers know that they traded, each from its own book."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import dict_row

from adapters.brokers.paper_story import story
from alpaca_server.server import AlpacaServer
from domain.numbers import exactly
from kills.live.opening import Account

CENT = Decimal("0.01")


class Trade(NamedTuple):
    """An execution as its broker has it; ``side`` is BUY or SELL."""

    execution_id: str
    client_order_id: str
    side: str
    quantity: Decimal
    price: Decimal
    commission: Decimal

    @property
    def units(self) -> Decimal:
        """What it adds to the shares."""
        return self.quantity if self.side == "BUY" else -self.quantity

    @property
    def cash(self) -> Decimal:
        """What it adds to the cash, as it is booked: to the cent."""
        worth = (self.quantity * self.price).quantize(CENT, ROUND_HALF_EVEN)
        return (-worth if self.side == "BUY" else worth) - self.commission


def on_paper(connection: psycopg.Connection[Any], account: Account) -> list[Trade]:
    """What the paper book tells of an account's orders."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            "select * from paper_orders where account = %s", (str(account.portfolio_id),)
        ).fetchall()
    return [trade for row in rows for trade in _told(row)]


def at_alpaca(server: AlpacaServer) -> list[Trade]:
    """The executions that stand in Alpaca's book, which asks for no commission."""
    with server.lock:
        return [
            Trade(
                each.execution_id,
                each.order.client_order_id,
                each.order.side.upper(),
                each.quantity,
                each.price,
                Decimal(0),
            )
            for each in server.book.executions
            if each.stands
        ]


def units(trades: Sequence[Trade]) -> Decimal:
    """What trades add to the shares."""
    return sum((each.units for each in trades), Decimal(0))


def cash(trades: Sequence[Trade]) -> Decimal:
    """What trades add to the cash."""
    return sum((each.cash for each in trades), Decimal(0))


@exactly
def _told(row: dict[str, Any]) -> list[Trade]:
    return [
        Trade(
            report.fill.execution_id,
            row["client_order_id"],
            row["side"],
            report.fill.quantity,
            report.fill.price,
            report.fill.commission.quantize(CENT, ROUND_HALF_EVEN),
        )
        for report in story(row)
        if report.fill is not None
    ]
