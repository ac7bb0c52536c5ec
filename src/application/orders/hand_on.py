"""Move what a position gives back, or has cost beyond what it had, between it and its portfolio, in one append."""

from collections.abc import Sequence

from application.ledger import Stream, Transaction
from domain.portfolio import decide as portfolio_rules
from domain.position.events import AnyPositionEvent, CashAllocated, CashReturned
from domain.position.state import Position
from domain.streams import PORTFOLIO


def hand_on(transaction: Transaction, stream: Stream[Position], events: Sequence[AnyPositionEvent]) -> None:
    """Append the end of a position, and what its cash does to the portfolio's."""
    for event in events:
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, event.portfolio_id)
        if isinstance(event, CashReturned):
            moved = portfolio_rules.take_back(portfolio, stream.id, event.symbol, event.amount)
            transaction.append(portfolio_stream, moved)
        elif isinstance(event, CashAllocated):
            moved = portfolio_rules.cover(portfolio, stream.id, event.symbol, event.amount)
            transaction.append(portfolio_stream, moved)
        transaction.append(stream, [event])
