"""What Alpaca takes, and how an order is put to it (Alpaca, "Placing orders")."""

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from adapters.brokers.alpaca.answer import Answer
from adapters.brokers.alpaca.translate import ACCEPTED, filled, order
from adapters.brokers.alpaca.values import Garbled
from application.ports.broker import BrokerReport, DuplicateOrder, NotSent, OutcomeUnknown, Sent, Ticket
from domain.numbers import exactly, is_multiple, plain, shortest
from domain.order.collar import COLLAR

EXCHANGES = frozenset({"XNYS", "XNAS", "XASE", "ARCX", "BATS", "IEXG"})
SYMBOL = re.compile(r"[A-Z]{1,5}(?:\.[A-Z]{1,3})?", re.ASCII)
QUANTITY_STEP = Decimal("1E-9")
CLIENT_ORDER_ID_CHARACTERS_MAX = 128
CENT, TENTH_OF_A_MILL = Decimal("0.01"), Decimal("0.0001")
ONE = Decimal(1)

KEYS_REFUSED = "Alpaca does not let these keys in"


@exactly
def as_sent(ticket: Ticket) -> Ticket:
    """The order with a limit price in Alpaca's steps: cents, below a dollar hundredths of a cent.

    It is rounded away from the market: a purchase never pays more for it, a sale never takes less.
    """
    limit = ticket.limit_price
    if limit is None:
        return ticket
    step = CENT if limit >= ONE else TENTH_OF_A_MILL
    stepped = limit.quantize(step, ROUND_FLOOR if ticket.side == "BUY" else ROUND_CEILING)
    return replace(ticket, limit_price=stepped)


@exactly
def refusal(ticket: Ticket) -> str | None:
    """Why an order is not even sent, in a sentence; None when it is. Its limit price is in steps already."""
    limit = ticket.limit_price
    if ticket.exchange not in EXCHANGES or ticket.currency != "USD" or ticket.unit_scale != 1:
        return f"Alpaca trades in US dollars at exchanges of the US, not {ticket.symbol} at {ticket.exchange}"
    if not SYMBOL.fullmatch(ticket.symbol):
        return f"Alpaca writes symbols like KO or BRK.B, not {ticket.symbol}"
    if len(ticket.client_order_id) > CLIENT_ORDER_ID_CHARACTERS_MAX:
        return "the client order id is too long for Alpaca"
    if (limit is None) != (ticket.type == "market"):
        return "a limit order needs a limit price, and no other order has one"
    if limit is not None and limit <= 0:
        return "the limit price is below the smallest step that Alpaca takes"
    if limit is not None and abs(limit - ticket.decided_price) > ticket.decided_price * COLLAR:
        return f"its limit of {plain(limit)} is further than {COLLAR:.0%} from the price that was decided on"
    if not is_multiple(ticket.quantity, QUANTITY_STEP):
        return "Alpaca takes quantities of nine decimal places at most"
    is_fractional = not is_multiple(ticket.quantity, ONE)
    if is_fractional and (ticket.type != "market" or ticket.time_in_force != "day"):
        return "Alpaca takes fractions of a share at the market and for the day only"
    return None


def body(ticket: Ticket) -> dict[str, str | bool]:
    """An order as it is posted; numbers are texts, so that none loses a digit on the way."""
    fields: dict[str, str | bool] = {
        "symbol": ticket.symbol,
        "qty": shortest(ticket.quantity),
        "side": ticket.side.lower(),
        "type": ticket.type,
        "time_in_force": ticket.time_in_force,
        "client_order_id": ticket.client_order_id,
    }
    if ticket.limit_price is not None:
        fields["limit_price"] = plain(ticket.limit_price)
        if ticket.after_hours and ticket.time_in_force == "day":
            fields["extended_hours"] = True
    return fields


def rejected(ticket: Ticket, reason: str) -> Sent:
    """The order is refused, with a sentence."""
    return Sent([BrokerReport(ticket.client_order_id, "rejected", reason=reason, at=None)])


def sent(ticket: Ticket, answer: Answer) -> Sent:
    """What an answer to a posted order says. Raises OutcomeUnknown, NotSent and DuplicateOrder.

    429 and refused keys come from what stands before the book of orders, so nothing was accepted.
    """
    if 200 <= answer.status < 300:
        try:
            return _accepted(ticket, answer.body)
        except Garbled as error:
            raise OutcomeUnknown(str(error)) from None
    if answer.status == 429:
        raise NotSent("Alpaca takes no more requests for now", answer.retry_after_ms)
    message = answer.message
    if message is None or not 400 <= answer.status < 500 or answer.status == 408:
        raise OutcomeUnknown(str(answer))
    if answer.refuses_keys:
        raise NotSent(KEYS_REFUSED, None)
    if "client_order_id" in message and "unique" in message:
        raise DuplicateOrder(message)
    return rejected(ticket, message)


def _accepted(ticket: Ticket, theirs: object) -> Sent:
    if not isinstance(theirs, dict) or theirs.get("client_order_id") != ticket.client_order_id:
        raise Garbled("Alpaca answered with something else than the order")
    if filled(theirs):
        nothing_yet = dict(theirs) | {"status": ACCEPTED, "filled_qty": "0"}
        return Sent(order(nothing_yet).reports, ask_again_ms=0)
    return Sent(order(theirs).reports)
