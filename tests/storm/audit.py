"""A second bookkeeper: sums every event up in its own way, and complains at the first that is wrong."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from domain.events import Recorded
from domain.portfolio.events import (
    BrokerConnected,
    PortfolioFrozen,
    PortfolioUnfrozen,
    Reconciled,
    ReconciliationRequired,
)
from domain.position.events import (
    AnchorMoved,
    CashAllocated,
    CashReturned,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    OrderEnded,
    OrderIntended,
    OrderReevaluated,
    OrderSubmitted,
    PositionClosed,
    PositionEvent,
    PositionOpened,
)
from domain.recommendation.events import LinePlaced, LineSettled
from storm.advice_audit import AdviceAudit
from storm.book import ZERO, Revision
from storm.exchange import Exchange
from storm.sums import Broken, Sent, Sum

TWELVE_DIGITS = Decimal("1E-12")


class Audit:
    """Follows the log. ``exchanges`` are the truth that executions are held against, by account."""

    def __init__(self, exchanges: Mapping[str, Exchange], accounts: Mapping[UUID, str]) -> None:
        self._exchanges = exchanges
        self.accounts = accounts
        self.number = 0
        self.sums: dict[UUID, Sum] = {}
        self.orders: dict[UUID, Sent] = {}
        self.by_client: dict[str, UUID] = {}
        self.frozen: dict[UUID, bool] = {}
        self.reconciled: dict[UUID, bool] = {}
        self.executions: dict[tuple[str, str], int] = {}
        self.advice = AdviceAudit()
        self.overdrawn = 0
        """After how many events cash was below zero because something else had not been booked yet."""

    def take(self, recorded: Recorded) -> None:
        """Take the next event in. Raises Broken."""
        if recorded.number != self.number + 1:
            raise Broken(f"after event {self.number} comes {recorded.number}")
        self.number = recorded.number
        event, stream_id = recorded.event, recorded.stream_id
        match event:
            case PortfolioFrozen() | PortfolioUnfrozen():
                self.frozen[stream_id] = isinstance(event, PortfolioFrozen)
            case BrokerConnected() | ReconciliationRequired() | Reconciled():
                self.reconciled[stream_id] = isinstance(event, Reconciled)
            case PositionOpened():
                account = self.accounts[event.portfolio_id]
                anchor = event.anchor
                summed = Sum(event.symbol, account, event.shares, ZERO, anchor, anchor)
                summed.is_of_advice = event.placement is not None
                self.sums[stream_id] = summed
            case CashAllocated() | CashReturned():
                self._set_aside(
                    self.sums[stream_id], event.amount * (1 if isinstance(event, CashAllocated) else -1)
                )
            case PositionClosed():
                self.sums[stream_id].closed = True
            case OrderIntended() | OrderReevaluated() | OrderSubmitted() | OrderEnded():
                self._order(event, stream_id)
            case ExecutionBooked() | ExecutionCorrected() | ExternalFillAdopted():
                self._execution(event, stream_id)
            case AnchorMoved():
                self.sums[stream_id].said_anchor = event.new_anchor
            case LinePlaced() | LineSettled():
                self.advice.take(event)
            case _:
                return
        if isinstance(event, PositionEvent):
            self._require_not_below_zero(recorded)

    def _set_aside(self, summed: Sum, amount: Decimal) -> None:
        """Cash goes to a position, at the broker too, where only its owner knows of that; of advice only here."""
        exchange = self._exchanges[summed.account]
        summed.cash += amount
        if summed.is_of_advice:
            return
        exchange.purses[summed.symbol].cash += amount
        exchange.free_cash -= amount

    def _order(
        self, event: OrderIntended | OrderReevaluated | OrderSubmitted | OrderEnded, position_id: UUID
    ) -> None:
        summed = self.sums[position_id]
        if isinstance(event, OrderIntended):
            if summed.open_order is not None:
                raise Broken(f"{event.client_order_id} is intended while {summed.open_order} is open")
            if event.order_id in self.orders:
                raise Broken(f"order {event.order_id} is intended twice")
            self.orders[event.order_id] = Sent(event.order_id, position_id, [])
            summed.open_order = event.order_id
        order = self.orders[event.order_id]
        if isinstance(event, OrderIntended | OrderReevaluated):
            if self.by_client.setdefault(event.client_order_id, event.order_id) != event.order_id:
                raise Broken(f"two orders go by {event.client_order_id}")
            if order.submitted:
                raise Broken(f"{event.client_order_id} is decided anew after it left")
            order.client_order_ids.append(event.client_order_id)
        elif isinstance(event, OrderSubmitted):
            self._submitted(event, order)
        else:
            self._ended(event, order, summed)

    def _submitted(self, event: OrderSubmitted, order: Sent) -> None:
        order.submitted += 1
        if order.submitted > 1:
            raise Broken(f"order {order.client_order_ids[-1]} is recorded as sent twice")
        if self.frozen.get(event.portfolio_id) or not self.reconciled.get(event.portfolio_id):
            raise Broken(f"order {order.client_order_ids[-1]} leaves while nothing may")

    def _ended(self, event: OrderEnded, order: Sent, summed: Sum) -> None:
        if order.ended is not None:
            raise Broken(f"order {order.client_order_ids[-1]} ends twice")
        order.ended = event.status
        summed.open_order = None
        if order.submitted:
            summed.last_ended, summed.anchor_before = order.order_id, summed.anchor
            self._move_anchor(order, summed)

    def _execution(
        self, event: ExecutionBooked | ExecutionCorrected | ExternalFillAdopted, position_id: UUID
    ) -> None:
        summed = self.sums[position_id]
        key = (summed.account, event.execution_id)
        if event.revision <= self.executions.get(key, 0):
            raise Broken(f"execution {event.execution_id} revision {event.revision} is booked again")
        exchange = self._exchanges[summed.account]
        theirs = exchange.executions[event.execution_id]
        told = theirs.revisions[event.revision - 1]
        said = (event.side, event.quantity, event.commission)
        if said != (theirs.side, told.quantity, told.commission) or (
            told.quantity and event.price != told.price
        ):
            raise Broken(f"execution {event.execution_id} is booked as {said}, the broker has {told}")
        purse, sign = exchange.purses[summed.symbol], 1 if theirs.side == "BUY" else -1
        known = self.executions.get(key)
        before = theirs.revisions[known - 1] if known else Revision(ZERO, told.price, ZERO, told.at)
        self.executions[key] = event.revision
        summed.shares += sign * (told.quantity - before.quantity)
        worth = purse.worth(told.quantity, told.price) - purse.worth(before.quantity, before.price)
        summed.cash -= sign * worth + told.commission - before.commission
        if not isinstance(event, ExternalFillAdopted):
            order = self.orders[event.order_id]
            order.executions[event.execution_id] = told
            if summed.last_ended == order.order_id:
                self._move_anchor(order, summed)

    @staticmethod
    def _move_anchor(order: Sent, summed: Sum) -> None:
        average = order.average()
        summed.anchor = summed.anchor_before if average is None else average

    def _require_not_below_zero(self, recorded: Recorded) -> None:
        """Shares are never below zero. Cash may be for as long as the books lack something that the broker has.

        An execution is a fact: one that has cost money is booked although the one that earned it is still on its way.
        """
        summed = self.sums[recorded.stream_id]
        if summed.closed or (summed.shares >= 0 and summed.cash >= 0):
            return
        if summed.shares < 0 or not self._lacks_something(summed):
            raise Broken(
                f"event {recorded.number} ({recorded.event.name}) leaves {summed.shares} {summed.symbol}"
                f" and {summed.cash} in cash"
            )
        self.overdrawn += 1

    def _lacks_something(self, summed: Sum) -> bool:
        return any(
            self.executions.get((summed.account, each.id), 0) < len(each.revisions)
            for each in self._exchanges[summed.account].executions.values()
            if each.symbol == summed.symbol
        )

    def require_anchors(self) -> None:
        """Every anchor is where the order that ended last has put it. Raises Broken."""
        for position_id, summed in self.sums.items():
            if abs(summed.anchor - summed.said_anchor) > TWELVE_DIGITS and not summed.closed:
                raise Broken(
                    f"the anchor of {position_id} is {summed.said_anchor} instead of {summed.anchor}"
                )
