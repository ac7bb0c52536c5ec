"""Send orders, and find out what became of them; what is ambiguous stays unknown until a look-up settles it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, localcontext

from application.alerts import raise_alert
from application.ledger import Ledger, Transaction
from application.orders.find_order import locate, reading
from application.orders.gone_executions import CERTAIN_AFTER, gone, is_certain, taken_back
from application.orders.order_reports import OrderReports, order_lost, record_unknown
from application.ports import Jobs, Origin
from application.ports.broker import (
    BROKER_SECONDS_MAX,
    Broker,
    BrokerReport,
    Brokers,
    BrokerSilent,
    DuplicateOrder,
    NotSent,
    OutcomeUnknown,
    SendingClaims,
    Ticket,
)
from application.ports.broker import BrokerOrder as Found
from domain.listing import Listing
from domain.numbers import EXACT
from domain.order import Order, OrderStatus
from domain.portfolio.state import Portfolio
from domain.position.ordering import PROBES_MAX
from domain.position.state import Position
from domain.settings import resolve
from domain.streams import PORTFOLIO

WHOLE = Decimal(1)
BASIS_POINT = Decimal("0.0001")
FIRST_PROBE_MS = 1_000
NOT_THERE = "the broker does not know it"

FRESH = timedelta(seconds=60)
"""How old a decision may be when it is sent to a real broker, and the quote that it is checked against (DOMAIN §4)."""

LAST_TRY = FRESH - timedelta(seconds=BROKER_SECONDS_MAX + 5)
"""How old a decision may be when what could not be sent is tried again: that attempt, too, ends while it is fresh."""

LANDED = FRESH + timedelta(seconds=BROKER_SECONDS_MAX + 2)
"""How old a decision is when whatever was sent for it has arrived or never will: nothing leaves after ``FRESH``."""

UNSETTLED = frozenset({OrderStatus.SUBMITTING, OrderStatus.UNKNOWN})
"""Where an order stands while nobody has said what became of sending it; only then it may be sent again."""

ONE_SENDER = timedelta(seconds=BROKER_SECONDS_MAX + 2)
"""For how long nobody else sends an order: then the call has ended, and what it sent has arrived or never will."""

TOO_LATE = "the decision was too old to be sent"
MARKET_CLOSED = "the market closed before it was sent"


@dataclass(frozen=True, slots=True)
class Submission:
    """Whether an order was sent, and after how long its broker should be asked for more (None: it will call)."""

    sent: bool
    client_order_id: str | None = None
    ask_again_ms: int | None = None


NOT_SENT = Submission(sent=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An order whose submission is recorded; it goes under the symbol of its listing.

    It must not leave any more when it is ``kept_back`` for a reason.
    """

    position: Position
    portfolio: Portfolio
    listing: Listing
    order: Order
    kept_back: str | None = None

    def ticket(self) -> Ticket:
        """The order in the broker's terms."""
        position, order = self.position, self.order
        settings = resolve(self.portfolio.settings, position.settings)
        return Ticket(
            client_order_id=order.client_order_id,
            symbol=self.listing.symbol,
            exchange=position.exchange,
            side=order.side,
            type=order.type,
            quantity=order.quantity,
            limit_price=order.limit_price,
            time_in_force=order.time_in_force,
            after_hours=settings.after_hours,
            lot=position.lot if settings.fractional else max(position.lot, WHOLE),
            decided_price=order.decided_price,
            decided_at=order.decided_at,
            currency=position.currency,
            unit_scale=position.unit_scale,
            commission_bps=settings.commission_bps,
            affordable=_affordable(position, order, settings.commission_bps),
            former_symbols=self.listing.former_symbols,
        )


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The use cases with what they need from outside."""

    ledger: Ledger
    brokers: Brokers
    report: OrderReports
    jobs: Jobs
    claims: SendingClaims

    def send(
        self,
        outgoing: Outgoing,
        origin: Origin | None = None,
        *,
        again: bool = False,
        by_hand: bool = False,
    ) -> Submission:
        """Send an order under its client order id, which nothing else is ever sent under.

        ``again`` says that it may have left before: then the broker is asked first, and what it has is adopted.
        What has certainly not left is tried again while its decision is fresh, and then ends; a person may send
        it later. To a real broker an order is sent by one process at a time: two at once may be told different
        things, and a refusal of the second is not the end of the first. What a person places is never sent.
        """
        if outgoing.order.by_hand:
            return NOT_SENT
        ticket, broker = outgoing.ticket(), self.brokers.of(outgoing.portfolio)
        age = self.ledger.clock() - ticket.decided_at
        is_fresh = by_hand or not outgoing.portfolio.broker.is_real or age <= FRESH
        try:
            if again and self._adopted(broker, ticket, origin):
                return Submission(sent=True, client_order_id=ticket.client_order_id)
            is_timely = is_fresh and outgoing.kept_back is None
            if again and not is_timely and age <= LANDED:
                return NOT_SENT  # what was sent before may still be on its way; the sweep asks again
            if not is_timely:
                return self._give_up(broker, ticket, outgoing.kept_back or TOO_LATE, origin)
            if not self._is_ours(outgoing):
                return NOT_SENT  # whoever sends it says what becomes of it, or the sweep asks again
            sent = broker.submit(ticket)
        except NotSent as kept:
            self.claims.give_up(outgoing.order.id)
            wait = None if kept.retry_after_ms is None else timedelta(milliseconds=kept.retry_after_ms)
            if wait is None or age + wait > LAST_TRY:
                return self._give_up(broker, ticket, str(kept), origin)
            self.jobs.submit_order(
                outgoing.position.id, outgoing.order.id, origin, delay_ms=kept.retry_after_ms or 0
            )
            return NOT_SENT
        except DuplicateOrder:
            self._settle_duplicate(broker, ticket, origin)
            return Submission(sent=True, client_order_id=ticket.client_order_id)
        except (OutcomeUnknown, BrokerSilent) as error:
            if again and is_fresh and isinstance(error, BrokerSilent):
                return NOT_SENT  # it was only asked after; the sweep asks again
            self._record_unknown(ticket.client_order_id, str(error), origin)
            return Submission(sent=True, client_order_id=ticket.client_order_id)
        self._book(broker, ticket.client_order_id, sent.reports, origin)
        return Submission(True, ticket.client_order_id, sent.ask_again_ms)

    def look_up(self, client_order_id: str, origin: Origin | None = None) -> bool:
        """Ask the broker what it has to say of an order by now, and book it. Answers whether the broker answered.

        While the order's fate is unknown each vain question is recorded and the next one asked later; after five a
        person is called. One that is on its way is not given up here: whoever sends it says what became of that, or
        the sweep sends it again.
        """
        looking = reading(self.ledger)
        located = locate(looking, client_order_id)
        if located.order.broker is None or located.order.by_hand:
            return False
        _, portfolio = looking.require(PORTFOLIO, located.position.portfolio_id)
        broker = self.brokers.of(portfolio)
        try:
            found = broker.look_up(client_order_id)
        except BrokerSilent as silent:
            if located.order.status is OrderStatus.UNKNOWN:
                self._record_unknown(client_order_id, str(silent), origin)
            return False
        if found is not None:
            self._book_found(broker, located.order, found, origin)
        elif located.order.is_open and located.order.status is not OrderStatus.SUBMITTING:
            self._record_unknown(client_order_id, NOT_THERE, origin)
        return True

    def _book_found(self, broker: Broker, before: Order, found: Found, origin: Origin | None) -> None:
        """Book what the broker has; what it had before and names no longer is taken back, once that is certain."""
        client_order_id, now = found.client_order_id, self.ledger.clock()
        missing = gone(before, found)
        if is_certain(missing, now):
            reports = [*taken_back(client_order_id, missing, now), *found.reports]
            self._book(broker, client_order_id, reports, origin)
        else:
            self.jobs.look_up_order(client_order_id, int(CERTAIN_AFTER.total_seconds() * 1000), origin)

    def _is_ours(self, outgoing: Outgoing) -> bool:
        """Whether this process may send an order now: nobody else does, and nobody has settled it meanwhile."""
        if not outgoing.portfolio.broker.is_real:
            return True  # the same order again changes nothing in the paper broker's book
        order, now = outgoing.order, self.ledger.clock()
        if not self.claims.claim(order.id, now, now + ONE_SENDER):
            return False
        return locate(reading(self.ledger), order.client_order_id).order.status in UNSETTLED

    def _give_up(self, broker: Broker, ticket: Ticket, reason: str, origin: Origin | None) -> Submission:
        """End an order that has certainly not reached its broker."""
        report = BrokerReport(
            ticket.client_order_id, "rejected", reason=f"It was not sent: {reason}.", at=self.ledger.clock()
        )
        self._book(broker, ticket.client_order_id, [report], origin)
        return NOT_SENT

    def _adopted(self, broker: Broker, ticket: Ticket, origin: Origin | None) -> bool:
        """Whether the broker has the order already; then what it says of it is booked."""
        found = broker.look_up(ticket.client_order_id)
        if found is None:
            return False
        difference = _difference(found, broker.as_sent(ticket))
        if difference is None:
            self._book(broker, ticket.client_order_id, found.reports, origin)
        else:
            self._record_unknown(ticket.client_order_id, f"the broker has it with {difference}", origin)
        return True

    def _settle_duplicate(self, broker: Broker, ticket: Ticket, origin: Origin | None) -> None:
        try:
            if self._adopted(broker, ticket, origin):
                return
            reason = "the broker calls its id taken and does not find it"
        except BrokerSilent as silent:
            reason = str(silent)
        self._record_unknown(ticket.client_order_id, reason, origin)

    def _book(
        self, broker: Broker, client_order_id: str, reports: Sequence[BrokerReport], origin: Origin | None
    ) -> None:
        if reports:
            self.report(reports, origin)
            broker.reported(client_order_id)

    def _record_unknown(self, client_order_id: str, reason: str, origin: Origin | None) -> None:
        """Record that the order's fate is unknown, and ask again later or call a person."""
        cause = self.report.cause(client_order_id, origin)

        def decide(transaction: Transaction) -> Order:
            located = record_unknown(transaction, locate(transaction, client_order_id), reason)
            if located.order.probes >= PROBES_MAX:
                raise_alert(transaction, order_lost(located.position, located.order))
            return located.order

        order = self.ledger.transact(cause, decide).answer
        if order.status is OrderStatus.UNKNOWN and order.probes < PROBES_MAX:
            self.jobs.look_up_order(client_order_id, FIRST_PROBE_MS * 2**order.probes, origin)


def _difference(found: Found, ticket: Ticket) -> str | None:
    """In what the broker's order differs from ours, in words; None when it is ours in every field."""
    is_former = found.symbol in ticket.former_symbols
    pairs = {
        "symbol": (found.symbol, found.symbol if is_former else ticket.symbol),
        "side": (found.side, ticket.side),
        "type": (found.type, ticket.type),
        "quantity": (found.quantity, ticket.quantity),
        "limit price": (found.limit_price, ticket.limit_price),
        "time in force": (found.time_in_force, ticket.time_in_force),
    }
    differing = [
        f"{name} {theirs} instead of {ours}" for name, (theirs, ours) in pairs.items() if theirs != ours
    ]
    return ", ".join(differing) or None


def _affordable(position: Position, order: Order, commission_bps: Decimal) -> Decimal | None:
    """The most that a unit of a buy may cost in the quote unit, so that its cash and commission are there."""
    if order.side == "SELL":
        return None
    with localcontext(EXACT):
        with_commission = 1 + commission_bps * BASIS_POINT
        per_unit = order.quantity * position.unit_scale * with_commission
    return position.cash / per_unit if position.cash > 0 else order.decided_price
