"""What the contract of brokers is tried on: a broker whose orders meet a fate, and tickets for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol
from uuid import uuid4

from application.ports.broker import Broker, BrokerOrder, BrokerReport, Ticket
from domain.order import Fill, Side, client_order_id

DECIDED_AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SIDES: tuple[Side, ...] = ("BUY", "SELL")
PRICE = Decimal("97.00")


class Fate(Enum):
    """What becomes of every order of an account."""

    RESTS = "rests"
    FILLS = "fills"
    PARTS = "is filled in parts"
    REJECTED = "is rejected"
    HALTED = "is halted and expires"


class Bench(Protocol):
    """A broker in the hands of a test."""

    def account(self, fate: Fate = Fate.RESTS) -> Broker:
        """A fresh account whose orders meet this fate."""

    def other(self) -> Broker:
        """The same account, as another process sees it."""

    def happen(self, ticket: Ticket) -> None:
        """Let what the fate has in store for an order that was sent come about."""


def a_ticket(
    side: Side = "BUY", price: str | Decimal = PRICE, *, limit: bool = False, **others: Any
) -> Ticket:
    """An order of ten KO under an id of its own, decided at a price."""
    price = Decimal(price)
    ticket = Ticket(
        client_order_id=client_order_id(uuid4(), DECIDED_AT, side),
        symbol="KO",
        exchange="XNYS",
        side=side,
        type="limit" if limit else "market",
        quantity=Decimal(10),
        limit_price=price if limit else None,
        time_in_force="day",
        after_hours=False,
        lot=Decimal(1),
        decided_price=price,
        decided_at=DECIDED_AT,
        currency="USD",
        unit_scale=Decimal(1),
        commission_bps=Decimal(1),
        affordable=None,
    )
    return replace(ticket, **others)


def told(bench: Bench, broker: Broker, ticket: Ticket) -> BrokerOrder:
    """The order after it was sent, and after whatever becomes of it."""
    broker.submit(ticket)
    bench.happen(ticket)
    found = broker.look_up(ticket.client_order_id)
    assert found is not None
    return found


def fills(found: BrokerOrder) -> list[Fill]:
    """The executions that a broker tells of an order."""
    return [each.fill for each in found.reports if each.fill is not None]


def events(reports: Any) -> list[str]:
    """What reports say happened."""
    return [each.event for each in reports]


def last(found: BrokerOrder) -> BrokerReport:
    """The newest thing that there is to say of an order."""
    return found.reports[-1]


def later() -> datetime:
    """A moment that has not come yet for anybody."""
    return datetime.now(UTC) + timedelta(hours=1)
