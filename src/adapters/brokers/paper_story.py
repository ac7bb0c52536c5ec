"""What comes of an order on paper: a story that depends on its row in the book alone, told the same every time.

Chance is drawn from the account's seed and the decision, not from ids, which differ from one data folder to the
next. A market order slips against its customer, by five per cent and by what the customer can pay at most; a
limit order never trades worse than its limit.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import pairwise
from typing import Any

from application.ports.broker import BrokerEvent, BrokerReport
from domain.order import Fill
from domain.order.collar import COLLAR

BASIS_POINT = Decimal("0.0001")
BASIS_POINTS = 10_000
PARTS_MAX = 3
PRICE_FRACTION = Decimal("1E-12")


def story(row: dict[str, Any]) -> Iterator[BrokerReport]:
    """Everything there is to say of an order in its book, oldest first."""
    client_order_id: str = row["client_order_id"]
    sent: datetime = row["decided_at"]
    at = sent + timedelta(milliseconds=row["latency_ms"])
    chance = _chance(row)
    if chance.randrange(BASIS_POINTS) < row["reject_bps"]:
        yield BrokerReport(
            client_order_id, "rejected", reason="the paper broker was told to reject some", at=at
        )
        return
    yield BrokerReport(client_order_id, "accepted", broker_order_id=row["broker_order_id"], at=sent)
    if row["canceled"]:
        yield BrokerReport(client_order_id, "canceled", reason="cancelled on request", at=at)
    elif row["auto_fill"] and _is_halted(row, chance):
        yield BrokerReport(client_order_id, "suspended", at=at)
        yield BrokerReport(client_order_id, "expired", reason="trading was halted", at=at)
    elif row["auto_fill"]:
        yield from _fills(row, at)


def is_open(row: dict[str, Any]) -> bool:
    """Whether an order is still in the book, waiting to be filled."""
    return not row["auto_fill"] and not row["canceled"] and len(list(story(row))) == 1


def _fills(row: dict[str, Any], at: datetime) -> Iterator[BrokerReport]:
    price = _price(row)
    parts = _parts(row)
    for number, quantity in enumerate(parts, start=1):
        fill = Fill(
            execution_id=f"{row['client_order_id']}#{number}",
            revision=1,
            quantity=quantity,
            price=price,
            commission=quantity * price * row["unit_scale"] * row["commission_bps"] * BASIS_POINT,
            at=at,
        )
        kind: BrokerEvent = "fill" if number == len(parts) else "partial_fill"
        yield BrokerReport(row["client_order_id"], kind, fill=fill, at=at)


def _price(row: dict[str, Any]) -> Decimal:
    """The decided price, worse by the slippage; exactly the decided price when there is none."""
    price: Decimal = row["price"]
    if not row["slippage_bps"]:
        return price
    sign = 1 if row["side"] == "BUY" else -1
    worst = [price * (1 + sign * COLLAR)]
    worst += [bound for bound in (row["limit_price"], row["affordable"]) if bound is not None]
    slipped = price * (1 + sign * row["slippage_bps"] * BASIS_POINT)
    bounded: Decimal = min(slipped, *worst) if sign > 0 else max(slipped, *worst)
    return bounded.quantize(PRICE_FRACTION, ROUND_DOWN if sign > 0 else ROUND_UP).normalize()


def _parts(row: dict[str, Any]) -> list[Decimal]:
    """The quantities an order is filled in: one, or up to three whole lots where partial fills are on."""
    quantity, lot = Decimal(row["quantity"]), Decimal(row["lot"])
    lots = int((quantity / lot).to_integral_value(ROUND_DOWN))
    if not row["partial_fills"] or lots < 2:  # one lot cannot be parted
        return [quantity]
    chance = random.Random(_seed(row))  # noqa: S311
    cuts = sorted({chance.randint(1, lots - 1) for _ in range(chance.randint(1, PARTS_MAX - 1))})
    edges = [0, *cuts, lots]
    parts = [lot * (high - low) for low, high in pairwise(edges)]
    parts[-1] += quantity - lot * lots
    return parts


def _is_halted(row: dict[str, Any], chance: random.Random) -> bool:
    halts: int = row["halt_bps"]
    return chance.randrange(BASIS_POINTS) < halts


def _chance(row: dict[str, Any]) -> random.Random:
    """The dice for rejections and halts; those for partial fills are others, so that neither moves the other."""
    return random.Random(f"fate|{_seed(row)}")  # noqa: S311


def _seed(row: dict[str, Any]) -> str:
    return f"{row['seed']}|{row['decided_at'].isoformat()}|{row['side']}|{row['quantity']}"
