"""Watch every attempt to send an order: what leaves must be allowed to, and be the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager

from application.ports.broker import Ticket
from storm.audit import Audit
from storm.sums import Broken


class Sending:
    """Told of every call that sends an order. What was forbidden when a task began may not be sent in it."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._forbidden: list[dict[str, str]] = [{}]
        self._sent: dict[str, Ticket] = {}
        self.attempts = 0

    @contextmanager
    def task(self, *, by_hand: bool = False) -> Iterator[None]:
        """Something begins that may send orders: a job, or what a person does, who may know better than the books."""
        audit, forbidden = self._audit, dict[str, str]()
        for portfolio_id, account in audit.accounts.items():
            if audit.frozen.get(portfolio_id):
                forbidden[account] = "the portfolio is frozen"
            elif not by_hand and not audit.reconciled.get(portfolio_id):
                forbidden[account] = "the books have not been compared"
        self._forbidden.append(forbidden)
        try:
            yield
        finally:
            self._forbidden.pop()

    def __call__(self, ticket: Ticket) -> None:
        """An order is being sent. Raises Broken."""
        self.attempts += 1
        known = self._sent.setdefault(ticket.client_order_id, ticket)
        if _terms(known) != _terms(ticket):
            raise Broken(f"{known} is sent again as {ticket}")
        account = next(each.account for each in self._audit.sums.values() if each.symbol == ticket.symbol)
        if account in self._forbidden[-1]:
            raise Broken(f"{ticket.client_order_id} is sent although {self._forbidden[-1][account]}")


def _terms(ticket: Ticket) -> tuple[object, ...]:
    return (
        ticket.symbol,
        ticket.side,
        ticket.quantity,
        ticket.limit_price,
        ticket.type,
        ticket.time_in_force,
    )
