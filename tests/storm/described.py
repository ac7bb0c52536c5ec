"""The broker's book in the application's words."""

from application.ports.broker import BrokerEvent, BrokerOrder, BrokerReport
from domain.order import Fill
from storm.book import ENDS, ZERO, Execution, Order


def reports(order: Order) -> list[BrokerReport]:
    """Everything there is to say of an order by now, oldest first; executions as they were revised last."""
    client, broker = order.ticket.client_order_id, order.broker_order_id
    said = [BrokerReport(client, "accepted", broker_order_id=broker, at=order.came_at)]
    filled = ZERO
    for execution in order.executions:
        filled += execution.latest.quantity
        event: BrokerEvent = "fill" if filled == order.ticket.quantity else "partial_fill"
        if len(execution.revisions) > 1:
            event = "trade_correct"
        said.append(
            BrokerReport(
                client, event, broker_order_id=broker, fill=fill_of(execution), at=execution.latest.at
            )
        )
    for end in ENDS:
        if order.status == end:
            said.append(BrokerReport(client, end, broker_order_id=broker, reason=order.reason))
    if order.status == "open" and order.overlay is not None:
        said.append(BrokerReport(client, order.overlay, broker_order_id=broker))
    return said


def described(order: Order) -> BrokerOrder:
    """An order in the port's words."""
    ticket = order.ticket
    return BrokerOrder(
        client_order_id=ticket.client_order_id,
        broker_order_id=order.broker_order_id,
        symbol=ticket.symbol,
        side=ticket.side,
        type=ticket.type,
        quantity=ticket.quantity,
        limit_price=ticket.limit_price,
        time_in_force=ticket.time_in_force,
        reports=reports(order),
    )


def fill_of(execution: Execution) -> Fill:
    """An execution as it was revised last."""
    latest = execution.latest
    return Fill(
        execution_id=execution.id,
        revision=len(execution.revisions),
        quantity=latest.quantity,
        price=latest.price,
        commission=latest.commission,
        at=execution.at,
    )
