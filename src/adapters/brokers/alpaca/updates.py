"""What the stream of trade updates says, in the port's words (Alpaca, "Websocket streaming")."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from adapters.brokers.alpaca.answer import read_json
from adapters.brokers.alpaca.translate import standing_report
from adapters.brokers.alpaca.values import (
    Garbled,
    Json,
    execution_root,
    maybe_moment,
    maybe_number,
    moment,
    number,
    text,
)
from application.ports.broker import BrokerEvent, BrokerReport
from domain.money import ZERO
from domain.order import Fill
from domain.policy import hash_of

TRADE_UPDATES = "trade_updates"

EVENTS: Mapping[str, BrokerEvent] = {
    "new": "accepted",
    "accepted": "accepted",
    "pending_new": "accepted",
    "held": "accepted",
    "calculated": "accepted",
    "accepted_for_bidding": "accepted",
    "pending_review": "accepted",
    "restated": "accepted",
    "order_cancel_rejected": "accepted",  # it works on, and is not pending any more
    "order_replace_rejected": "accepted",
    "pending_cancel": "pending_cancel",
    "pending_replace": "pending_replace",
    "suspended": "suspended",
    "stopped": "suspended",
    "done_for_day": "done_for_day",
    "canceled": "canceled",
    "expired": "expired",
    "rejected": "rejected",
    "replaced": "canceled",
}
"""The events that are no execution. Any other is passed on, and understood by nobody."""


def message_id(raw: str) -> str:
    """What a frame goes by in the inbox: no two that say something else are the same."""
    return hash_of(raw)


def reports(raw: str | bytes) -> Sequence[BrokerReport]:
    """What a frame of the stream says of an order; nothing when it is not about one.

    What cannot be understood is ``unrecognised``. Raises Garbled only for what does not even name an order.
    """
    try:
        frame = read_json(raw)
    except ValueError as error:
        raise Garbled(f"a frame of the stream is no JSON: {error}") from None
    if not isinstance(frame, dict):
        raise Garbled("a frame of the stream is no object")
    if frame.get("stream") != TRADE_UPDATES:
        return []
    update = frame.get("data")
    theirs = update.get("order") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(theirs, dict):
        raise Garbled("an update names no order")
    client_order_id, event = text(theirs, "client_order_id"), str(update.get("event"))
    try:
        return _reports(client_order_id, event, update, theirs)
    except Garbled as error:
        return [BrokerReport(client_order_id, "unrecognised", raw=f"{event}: {error}")]


def _reports(client: str, event: str, update: Json, theirs: Json) -> Sequence[BrokerReport]:
    at = maybe_moment(update, "timestamp")
    match event:
        case "fill" | "partial_fill":
            return [BrokerReport(client, event, text(theirs, "id"), _fill(update), at=at)]
        case "trade_bust":
            return [_taken_back(client, update, theirs)]
        case "trade_correct":
            all_of_it = maybe_number(theirs, "filled_qty") == maybe_number(theirs, "qty")
            again: BrokerEvent = "fill" if all_of_it else "partial_fill"
            new = BrokerReport(client, again, text(theirs, "id"), _fill(update), at=at)
            return [_taken_back(client, update, theirs), new]
        case _:
            known = EVENTS.get(event)
            if known is None:
                return [BrokerReport(client, "unrecognised", text(theirs, "id"), raw=event, at=at)]
            said = standing_report(theirs)
            reason = update.get("reason") or said.reason
            return [replace(said, event=known, at=at or said.at, raw=None, reason=_text_or_none(reason))]


def _fill(update: Json) -> Fill:
    fill = Fill(
        execution_id=execution_root(text(update, "execution_id")),
        revision=1,
        quantity=number(update, "qty"),
        price=number(update, "price"),
        commission=ZERO,
        at=moment(update, "timestamp"),
    )
    if fill.quantity <= 0 or fill.price <= 0:
        raise Garbled("an execution of nothing")
    return fill


def _taken_back(client: str, update: Json, theirs: Json) -> BrokerReport:
    """The execution before is as if it had not happened, also when it is only heard of later."""
    at = moment(update, "timestamp")
    before = execution_root(text(update, "previous_execution_id"))
    nothing = Fill(before, revision=2, quantity=ZERO, price=Decimal(0), commission=ZERO, at=at)
    return BrokerReport(client, "trade_bust", text(theirs, "id"), nothing, at=at)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
