"""The paper broker: accepts every order and fills it from its own book (API.md, paper defaults).

Its book is a table, so that it outlives a crash like any broker would. It lives in the time of the decisions
that it is sent, which makes a replay's fills those of its own day. What it reports depends on its seed and
the order alone: the same order is always filled in the same parts at the same prices.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from typing import Any

from adapters.postgres.pool import Pool
from application.ports import BrokerEvent, BrokerReport, Ticket
from domain.numbers import exactly
from domain.order import Fill
from domain.portfolio.events import BrokerChoice

BASIS_POINT = Decimal("0.0001")
PARTS_MAX = 3
PRICE_FRACTION = Decimal("1E-12")


class PaperBroker:
    """The application's Broker on paper."""

    name = "paper"

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def submit(self, ticket: Ticket, choice: BrokerChoice) -> None:
        """Enter an order in the book; the same client order id again changes nothing."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into paper_orders (client_order_id, broker_order_id, account, side, quantity, lot,"
                " price, unit_scale, commission_bps, auto_fill, slippage_bps, latency_ms, partial_fills, seed,"
                " decided_at) values (%(client)s, %(broker)s, %(account)s, %(side)s, %(quantity)s, %(lot)s,"
                " %(price)s, %(unit)s, %(commission)s, %(auto)s, %(slippage)s, %(latency)s, %(partial)s,"
                " %(seed)s, %(at)s) on conflict do nothing",
                {
                    "client": ticket.client_order_id,
                    "broker": f"paper-{ticket.client_order_id}",
                    "account": ticket.account,
                    "side": ticket.side,
                    "quantity": ticket.quantity,
                    "lot": ticket.lot,
                    "price": ticket.decided_price,
                    "unit": ticket.unit_scale,
                    "commission": ticket.commission_bps,
                    "auto": choice.auto_fill,
                    "slippage": choice.slippage_bps,
                    "latency": choice.latency_ms,
                    "partial": choice.partial_fills,
                    "seed": choice.seed,
                    "at": ticket.decided_at,
                },
            )

    @exactly
    def reports(self, client_order_id: str) -> Sequence[BrokerReport]:
        """Everything there is to say of an order: its acceptance and, when the broker fills, its fills."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from paper_orders where client_order_id = %s", (client_order_id,)
            ).fetchone()
        return list(_story(row)) if row else []

    def reported(self, client_order_id: str) -> None:
        """Remember that the reports have been booked."""
        with self._pool.connection() as connection:
            connection.execute(
                "update paper_orders set done = true where client_order_id = %s", (client_order_id,)
            )

    def unreported(self) -> list[str]:
        """Orders that should have been reported upon a second ago and were not."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select client_order_id from paper_orders where not done"
                " and submitted_at + latency_ms * interval '1 ms' < now() - interval '1 s'"
                " order by submitted_at limit 1000"
            ).fetchall()
        return [row["client_order_id"] for row in rows]

    def cancel(self, client_order_id: str) -> None:
        """Cancel an order that is still in the book; one that was filled stays filled."""
        with self._pool.connection() as connection:
            connection.execute(
                "update paper_orders set canceled = true, done = false"
                " where client_order_id = %s and not (auto_fill and done)",
                (client_order_id,),
            )


def _story(row: dict[str, Any]) -> Iterator[BrokerReport]:
    client_order_id: str = row["client_order_id"]
    at: datetime = row["decided_at"] + timedelta(milliseconds=row["latency_ms"])
    yield BrokerReport(
        client_order_id, "accepted", broker_order_id=row["broker_order_id"], at=row["decided_at"]
    )
    if row["canceled"]:
        yield BrokerReport(client_order_id, "canceled", reason="cancelled on request", at=at)
        return
    if not row["auto_fill"]:
        return
    parts = _parts(row)
    for number, quantity in enumerate(parts, start=1):
        fill = Fill(
            execution_id=f"{client_order_id}#{number}",
            revision=1,
            quantity=quantity,
            price=_slipped(row),
            commission=quantity * _slipped(row) * row["unit_scale"] * row["commission_bps"] * BASIS_POINT,
            at=at,
        )
        kind: BrokerEvent = "fill" if number == len(parts) else "partial_fill"
        yield BrokerReport(client_order_id, kind, fill=fill, at=at)


def _slipped(row: dict[str, Any]) -> Decimal:
    """The decided price, worse by the slippage; exactly the decided price when there is none."""
    sign = 1 if row["side"] == "BUY" else -1
    if not row["slippage_bps"]:
        return Decimal(row["price"])
    slipped: Decimal = row["price"] * (1 + sign * row["slippage_bps"] * BASIS_POINT)
    return slipped.quantize(PRICE_FRACTION).normalize()


def _parts(row: dict[str, Any]) -> list[Decimal]:
    """The quantities an order is filled in: one, or up to three whole lots where partial fills are on."""
    quantity, lot = Decimal(row["quantity"]), Decimal(row["lot"])
    lots = int((quantity / lot).to_integral_value(ROUND_DOWN))
    if not row["partial_fills"] or lots < 2:  # one lot cannot be parted
        return [quantity]
    # The ids of an order differ from one data folder to the next, its decision does not.
    chance = random.Random(f"{row['seed']}|{row['decided_at'].isoformat()}|{row['side']}|{quantity}")  # noqa: S311
    cuts = sorted({chance.randint(1, lots - 1) for _ in range(chance.randint(1, PARTS_MAX - 1))})
    edges = [0, *cuts, lots]
    parts = [lot * (high - low) for low, high in pairwise(edges)]
    parts[-1] += quantity - lot * lots
    return parts
