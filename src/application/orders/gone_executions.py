"""Executions that a broker names no longer: it has busted or corrected them, and nobody heard of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from application.ports.broker import BrokerOrder, BrokerReport
from domain.money import ZERO
from domain.order import Execution, Fill, Order

CERTAIN_AFTER = timedelta(minutes=1)
"""How old an execution must be before it counts as gone: a stream may be ahead of a broker's books."""


def gone(before: Order, found: BrokerOrder) -> Sequence[Execution]:
    """What was booked before the broker was asked and is not among all that it names now."""
    if not found.names_every_execution:
        return []
    named = {report.fill.execution_id for report in found.reports if report.fill is not None}
    return [each for each in before.executions if each.quantity and each.execution_id not in named]


def is_certain(executions: Iterable[Execution], now: datetime) -> bool:
    """Whether all of them have been gone for too long to be on their way."""
    return all(now - each.at >= CERTAIN_AFTER for each in executions)


def taken_back(client_order_id: str, executions: Iterable[Execution], now: datetime) -> list[BrokerReport]:
    """Reports as if the broker had said that they did not happen."""
    return [
        BrokerReport(
            client_order_id,
            "trade_bust",
            fill=Fill(each.execution_id, each.revision + 1, ZERO, each.price, ZERO, now),
            reason="the broker names it no longer",
            at=now,
        )
        for each in executions
    ]
