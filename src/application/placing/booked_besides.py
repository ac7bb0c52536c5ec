"""A broker's execution is a fact; that it has been posted or imported before calls a person (DOMAIN §3)."""

from collections.abc import Sequence
from uuid import UUID

from application.alerts import Concern, raise_alert
from application.books.reverse_entries import booked_twice, reversed_before
from application.ledger import Transaction
from domain.portfolio.events import EntryPosted
from domain.position.state import Position
from domain.recommendation.events import ExecutedLine
from domain.streams import PORTFOLIO


def warn_of_entries(transaction: Transaction, position: Position, executions: Sequence[ExecutedLine]) -> None:
    """Raise a warning for each entry that stands and has the reference of one of these executions."""
    named = [each.broker_reference for each in executions if each.broker_reference]
    found = [entry for reference in named for entry in _posted(transaction, position, reference)]
    gone = reversed_before(transaction, position.portfolio_id) if found else set[UUID]()
    for entry in found:
        if entry.entry_id not in gone:
            raise_alert(transaction, _told_before(position, entry))


def _told_before(position: Position, entry: EntryPosted) -> Concern:
    message = (
        f"The broker has executed {position.symbol} under {entry.reference}, which was imported or posted before"
        f" (entry {entry.entry_id}): it is booked twice. Reverse that entry."
    )
    return Concern(position.portfolio_id, position.listing_id, booked_twice(entry), "WARN", message)


def _posted(transaction: Transaction, position: Position, reference: str) -> list[EntryPosted]:
    stream, _ = transaction.require(PORTFOLIO, position.portfolio_id)
    events = (each.event for each in transaction.events_of(stream, [EntryPosted.name], reference))
    return [
        each
        for each in events
        if isinstance(each, EntryPosted)
        and (each.reference, each.listing_id) == (reference, position.listing_id)
    ]
