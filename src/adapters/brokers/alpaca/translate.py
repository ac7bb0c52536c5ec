"""Alpaca's orders and activities in the port's words (Alpaca, "Orders", "Account activities").

An execution goes by its own id for good. Alpaca puts another execution, with an id of its own, in the place of one
that is corrected, so a correction is read as what it does: the former is taken back, and the new one is booked.
Whichever of the two ways an execution is seen on, in whatever order, and whether or not what it replaced was ever
seen, it comes out the same; a chain of corrections needs no memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from adapters.brokers.alpaca.values import (
    Garbled,
    Json,
    execution_root,
    maybe_moment,
    maybe_number,
    moment,
    number,
    side,
    text,
)
from application.ports.broker import BrokerEvent, BrokerOrder, BrokerReport, ExecutionAtBroker
from domain.money import ZERO
from domain.numbers import exactly
from domain.order import Fill

ACCEPTED: Final = "accepted"

STATUSES: Mapping[str, BrokerEvent] = {
    "pending_new": "accepted",
    "accepted": "accepted",
    "new": "accepted",
    "held": "accepted",
    "calculated": "accepted",
    "accepted_for_bidding": "accepted",
    "pending_review": "accepted",
    "pending_cancel": "pending_cancel",
    "pending_replace": "pending_replace",
    "suspended": "suspended",
    "stopped": "suspended",
    "done_for_day": "done_for_day",
    "partially_filled": "accepted",
    "filled": "accepted",
    "canceled": "canceled",
    "expired": "expired",
    "rejected": "rejected",
    "replaced": "canceled",
}
"""What each status of an order says besides its executions, which speak for themselves."""

ENDS: Mapping[str, str] = {
    "canceled": "canceled_at",
    "expired": "expired_at",
    "rejected": "failed_at",
    "replaced": "replaced_at",
}
"""The statuses of an order that is over without being filled, and the moment that belongs to each."""


class Incomplete(Garbled):
    """An order's executions are not all, or more than all."""


@dataclass(frozen=True, slots=True)
class Execution:
    """An activity: a trade in the account, and whose order it was of."""

    broker_order_id: str
    at_broker: ExecutionAtBroker


def execution(activity: Json, clients: Mapping[str, str] | None = None) -> Execution:
    """A fill among the account's activities; ``clients`` are client order ids by the broker's. Raises Garbled."""
    order_id = text(activity, "order_id")
    fill = Fill(
        execution_id=execution_root(text(activity, "id")),
        revision=1,
        quantity=number(activity, "qty"),
        price=number(activity, "price"),
        commission=ZERO,
        at=moment(activity, "transaction_time"),
    )
    if fill.quantity <= 0 or fill.price <= 0:
        raise Garbled("Alpaca sent an execution of nothing")
    client = (clients or {}).get(order_id)
    return Execution(
        order_id, ExecutionAtBroker(text(activity, "symbol"), side(activity), fill, order_id, client)
    )


def order(theirs: Json, executions: Iterable[Execution] = ()) -> BrokerOrder:
    """An order with its executions. Raises Incomplete when they are not all, Garbled when it is no order."""
    fills = [each.at_broker.fill for each in executions if each.broker_order_id == theirs.get("id")]
    return BrokerOrder(
        client_order_id=text(theirs, "client_order_id"),
        broker_order_id=text(theirs, "id"),
        symbol=text(theirs, "symbol"),
        side=side(theirs),
        type=text(theirs, "type"),
        quantity=maybe_number(theirs, "qty") or ZERO,
        limit_price=maybe_number(theirs, "limit_price"),
        time_in_force=text(theirs, "time_in_force"),
        reports=_story(theirs, fills),
        names_every_execution=True,
    )


def filled(theirs: Json) -> Decimal:
    """How much of an order has been executed."""
    return number(theirs, "filled_qty")


@exactly
def _story(theirs: Json, fills: Sequence[Fill]) -> list[BrokerReport]:
    """Everything there is to say of an order, oldest first: that it is there, its executions, how it stands."""
    client, status = text(theirs, "client_order_id"), text(theirs, "status")
    total, ordered = sum((fill.quantity for fill in fills), ZERO), maybe_number(theirs, "qty")
    if total != filled(theirs) or (status == "filled" and ordered not in {None, total}):
        raise Incomplete(
            f"Alpaca names executions of {total} where {theirs['filled_qty']} of {ordered} is filled"
        )
    standing = standing_report(theirs)
    reports = [] if standing.event != ACCEPTED and status not in ENDS else [_acknowledged(theirs)]
    done = ZERO
    for fill in sorted(fills, key=lambda each: each.at):
        done += fill.quantity
        event: BrokerEvent = "fill" if done == ordered else "partial_fill"
        reports.append(BrokerReport(client, event, fill=fill, at=fill.at))
    if standing.event != ACCEPTED:
        reports.append(standing)
    return reports


def standing_report(theirs: Json) -> BrokerReport:
    """What an order's status says: a word that is not known is passed on, and understood by nobody."""
    client, status = text(theirs, "client_order_id"), text(theirs, "status")
    event = STATUSES.get(status)
    at = maybe_moment(theirs, ENDS.get(status, "updated_at")) or maybe_moment(theirs, "updated_at")
    if event is None:
        return BrokerReport(client, "unrecognised", broker_order_id=text(theirs, "id"), raw=status, at=at)
    return BrokerReport(client, event, text(theirs, "id"), reason=_reason(theirs, status), at=at)


def _acknowledged(theirs: Json) -> BrokerReport:
    return BrokerReport(
        text(theirs, "client_order_id"),
        ACCEPTED,
        broker_order_id=text(theirs, "id"),
        at=_submitted(theirs),
    )


def _submitted(theirs: Json) -> datetime | None:
    return maybe_moment(theirs, "submitted_at") or maybe_moment(theirs, "created_at")


def _reason(theirs: Json, status: str) -> str | None:
    match status:
        case "replaced":
            return f"it was replaced at the broker by {theirs.get('replaced_by') or 'another order'}"
        case "rejected":
            return "the broker or the exchange rejected it"
        case _:
            return None
