"""An account at one moment, from several answers between which nothing has happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from adapters.brokers.alpaca.reading import Reading
from adapters.brokers.alpaca.translate import Execution, execution, filled, order
from adapters.brokers.alpaca.values import Garbled, Json, moment, number, text
from application.ports.broker import BrokerSilent, Statement
from domain.money import ZERO
from domain.numbers import exactly

TRIES = 3


@dataclass(frozen=True, slots=True)
class _Answers:
    open_orders: Sequence[Json]
    orders: Sequence[Json]
    fills: Sequence[Json]
    positions: Sequence[Json]
    account: Json


def read(reading: Reading, since: datetime) -> Statement:
    """Open orders, executions since a moment, holdings and cash. Raises BrokerSilent and Garbled."""
    for _ in range(TRIES):
        answers = _read(reading, since)
        if answers is not None:
            _require_executions(answers)
            _require_holdings(answers)
            return _statement(answers, _clients(reading, answers), since)
    raise BrokerSilent("the account does not stand still")


def _read(reading: Reading, since: datetime) -> _Answers | None:
    """The answers; None when the account has changed between the first and the last of them."""
    open_orders = reading.orders("open")
    oldest = min([since, *(moment(each, "submitted_at") for each in open_orders if filled(each))])
    fills, positions, account = reading.fills(oldest), reading.positions(), reading.account()
    orders = reading.orders("all", since)
    if _marks(open_orders) != _marks(reading.orders("open")) or _ids(fills) != _ids(reading.fills(oldest)):
        return None
    return _Answers(open_orders, orders, fills, positions, account)


@exactly
def _require_executions(answers: _Answers) -> None:
    """Raise BrokerSilent when an order since the moment is filled by more or less than the executions named."""
    executed: dict[str, Decimal] = {}
    for fill in answers.fills:
        order_id = text(fill, "order_id")
        executed[order_id] = executed.get(order_id, ZERO) + number(fill, "qty")
    for each in answers.orders:
        if filled(each) != executed.get(text(each, "id"), ZERO):
            raise BrokerSilent("Alpaca does not name every execution of its orders")


@exactly
def _require_holdings(answers: _Answers) -> None:
    """Raise BrokerSilent when no position is named although the account is worth more or less than its cash."""
    account, positions = answers.account, answers.positions
    if not positions and number(account, "equity") != number(account, "cash"):
        raise BrokerSilent("Alpaca names no position, but its equity is not all cash")
    if any(not number(each, "qty") for each in positions):
        raise Garbled("Alpaca names a position of nothing")
    if len({text(each, "symbol") for each in positions}) != len(positions):
        raise Garbled("Alpaca names a position twice")


def _statement(answers: _Answers, clients: Mapping[str, str], since: datetime) -> Statement:
    executions: Sequence[Execution] = [execution(each, clients) for each in answers.fills]
    return Statement(
        open_orders=[order(each, executions) for each in answers.open_orders],
        executions=[each.at_broker for each in executions if each.at_broker.fill.at >= since],
        holdings={text(each, "symbol"): number(each, "qty") for each in answers.positions},
        cash=number(answers.account, "cash"),
    )


def _clients(reading: Reading, answers: _Answers) -> Mapping[str, str]:
    """The client order ids of the orders that were executed, by the broker's ids."""
    executed = {text(each, "order_id") for each in answers.fills}
    orders = [*answers.open_orders, *answers.orders]
    known = {text(each, "id"): text(each, "client_order_id") for each in orders}
    for order_id in sorted(executed - known.keys()):
        theirs = reading.order_by_id(order_id)
        if theirs is not None:
            known[order_id] = text(theirs, "client_order_id")
    return known


def _marks(orders: Sequence[Json]) -> list[tuple[object, ...]]:
    return [tuple(each.get(name) for name in ("id", "status", "filled_qty")) for each in orders]


def _ids(fills: Sequence[Json]) -> list[object]:
    return [each.get("id") for each in fills]
