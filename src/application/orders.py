"""An order's way from the intention to its end: submitted, reported upon, cancelled (DOMAIN §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Broker, BrokerReport, Origin, Ticket
from domain.order import End, Order, OrderStatus
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.state import Portfolio
from domain.position import decide as rules
from domain.position.events import OrderIntended
from domain.position.state import Position
from domain.refusals import Conflict, NotFound
from domain.settings import resolve
from domain.streams import PORTFOLIO, POSITION

ACTOR = "ballast:orders"
WHOLE = Decimal(1)
FROZEN = "the portfolio is frozen"
OVERFILLED = "the broker filled more than was ordered."

ENDS: Mapping[str, End] = {
    "canceled": OrderStatus.CANCELED,
    "expired": OrderStatus.EXPIRED,
    "rejected": OrderStatus.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """An order that has left, and how long its broker takes before it has something to say."""

    client_order_id: str
    delay_ms: int


@dataclass(frozen=True, slots=True)
class Orders:
    """The use cases of an order with what they need from outside."""

    ledger: Ledger
    brokers: Mapping[str, Broker]

    def submit(self, position_id: UUID, order_id: UUID, origin: Origin | None = None) -> Sent | None:
        """Send an intended order: its submission is stored before anything leaves.

        Running it again is harmless: an order that is already out goes out once more under the same client
        order id, an order that has got further is left alone. Answers None when nothing was sent.
        """
        sent = self.ledger.transact(
            self._cause(position_id, origin), lambda transaction: _submit(transaction, position_id, order_id)
        )
        if sent.answer is None:
            return None
        position, portfolio, order = sent.answer
        self.brokers[portfolio.broker.kind].submit(_ticket(position, portfolio, order), portfolio.broker)
        return Sent(order.client_order_id, portfolio.broker.latency_ms if portfolio.clock == "live" else 0)

    def collect(self, client_order_id: str, origin: Origin | None = None) -> None:
        """Book what the broker has to say of an order by now."""
        position_id = position_of(client_order_id)
        position = self.ledger.load(POSITION, position_id).state
        if position is None or position.order is None:
            return
        broker = self.brokers[position.order.broker or self._portfolio_of(position).broker.kind]
        reports = broker.reports(client_order_id)
        if not reports:
            return
        # Once a later order has come this one has ended: its reports are booked and just not ticked off.
        if position.order.client_order_id == client_order_id:
            self.report(position_id, reports, origin)
        broker.reported(client_order_id)

    def report(
        self, position_id: UUID, reports: Sequence[BrokerReport], origin: Origin | None = None
    ) -> Outcome[Order]:
        """Book reports of one order; what is not new changes nothing. Raises NotFound and Conflict."""

        def decide(transaction: Transaction) -> Order:
            stream, state = transaction.require(POSITION, position_id)
            for report in reports:
                state = transaction.append(stream, _events(state, report), at=report.at)
            if rules.overfilled(state):
                portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
                transaction.append(portfolio_stream, portfolio_rules.freeze(portfolio, OVERFILLED))
            if state.order is None:
                raise NotFound("order", reports[0].client_order_id)
            return state.order

        return self.ledger.transact(self._cause(position_id, origin), decide)

    def cancel(self, cause: Cause, position_id: UUID, order_id: UUID) -> Outcome[Order]:
        """Cancel an order: at once when it has not left yet, else by asking its broker.

        Cancelling again is harmless, so what was answered is kept last, when it is known.
        """

        def decide(transaction: Transaction) -> Order:
            stream, state = transaction.require(POSITION, position_id)
            order = _require_order(state, order_id)
            if order.status is OrderStatus.INTENDED:
                canceled = rules.end(state, order_id, OrderStatus.CANCELED, "cancelled before it was sent")
                state = transaction.append(stream, canceled)
            elif not order.is_open and order.status is not OrderStatus.CANCELED:
                raise Conflict(f"The order has ended already: {order.status.value}.")
            return _require_order(state, order_id)

        order = self.ledger.transact(replace(cause, request=None), decide).answer
        if order.is_open and order.broker is not None:
            self.brokers[order.broker].cancel(order.client_order_id)
            self.collect(order.client_order_id)

        def look(transaction: Transaction) -> Order:
            _, state = transaction.require(POSITION, position_id)
            return _require_order(state, order_id)

        return self.ledger.transact(cause, look)

    def _portfolio_of(self, position: Position) -> Portfolio:
        portfolio = self.ledger.load(PORTFOLIO, position.portfolio_id).state
        if portfolio is None:
            raise NotFound("portfolio", position.portfolio_id)
        return portfolio

    def _cause(self, position_id: UUID, origin: Origin | None) -> Cause:
        """What follows from a decision says so, whether its job still knew or a sweep had to begin anew."""
        run_id = self.ledger.new_id()
        origin = origin or self._intention(position_id)
        if origin is None:
            return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
        return Cause(ACTOR, origin.correlation_id, causation_id=origin.event_id, run_id=run_id)

    def _intention(self, position_id: UUID) -> Origin | None:
        """Where the latest order comes from; no other order of a position gets events."""
        intended = self.ledger.log.newest(position_id, OrderIntended.name)
        return Origin(intended.metadata.correlation_id, intended.metadata.id) if intended else None


def position_of(client_order_id: str) -> UUID:
    """The position whose order this is. Raises NotFound for an id that is none of ours."""
    try:
        return UUID(client_order_id.partition("|")[0])
    except ValueError:
        raise NotFound("order", client_order_id) from None


def _submit(
    transaction: Transaction, position_id: UUID, order_id: UUID
) -> tuple[Position, Portfolio, Order] | None:
    """The order to send, once its submission is recorded; None when there is nothing to send."""
    stream, state = transaction.require(POSITION, position_id)
    _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
    order = state.order
    if order is None or order.id != order_id:
        return None
    if portfolio.frozen and order.status is OrderStatus.INTENDED:
        transaction.append(
            stream, rules.end(state, order_id, OrderStatus.SKIPPED, FROZEN), at=order.decided_at
        )
        return None
    broker = portfolio.broker.kind
    events = rules.submit(state, order_id, broker, str(portfolio.id))
    state = transaction.append(stream, events, at=order.decided_at)
    order = _require_order(state, order_id)
    return (state, portfolio, order) if order.status is OrderStatus.SUBMITTING else None


def _ticket(position: Position, portfolio: Portfolio, order: Order) -> Ticket:
    settings = resolve(portfolio.settings, position.settings)
    return Ticket(
        client_order_id=order.client_order_id,
        account=order.account or "",
        symbol=position.symbol,
        side=order.side,
        type=order.type,
        quantity=order.quantity,
        lot=position.lot if settings.fractional else max(position.lot, WHOLE),
        decided_price=order.decided_price,
        decided_at=order.decided_at,
        currency=position.currency,
        unit_scale=position.unit_scale,
        commission_bps=settings.commission_bps,
    )


def _events(state: Position, report: BrokerReport) -> rules.Events:
    order = state.order
    if order is None or order.client_order_id != report.client_order_id:
        raise NotFound("order", report.client_order_id)
    if report.event == "accepted":
        return rules.accept(state, order.id, report.broker_order_id or "")
    if report.event in ENDS:
        return rules.end(state, order.id, ENDS[report.event], report.reason)
    if report.fill is None:
        raise Conflict("A fill needs its quantity and price.")
    return rules.book(state, order.id, report.fill)


def _require_order(state: Position, order_id: UUID) -> Order:
    if state.order is None or state.order.id != order_id:
        raise NotFound("order", order_id)
    return state.order
