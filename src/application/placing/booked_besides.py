"""A broker's execution is a fact; that it has been posted or imported before calls a person (DOMAIN §3)."""

from collections.abc import Sequence
from uuid import UUID

from application.alerts import Concern, raise_alert
from application.books.reverse_entries import BOOKED_TWICE, reversed_before
from application.ledger import Transaction
from domain.portfolio.events import EntryPosted
from domain.position.state import Position
from domain.recommendation.events import ExecutedLine
from domain.streams import PORTFOLIO


def warn_of_entries(transaction: Transaction, position: Position, executions: Sequence[ExecutedLine]) -> None:
    """Raise a warning where an entry that stands has the reference of one of these executions."""
    named = [each.broker_reference for each in executions if each.broker_reference]
    found = [entry for reference in named for entry in _posted(transaction, position, reference)]
    gone = reversed_before(transaction, position.portfolio_id) if found else set[UUID]()
    told = [f"{each.reference} (entry {each.entry_id})" for each in found if each.entry_id not in gone]
    if not told:
        return
    message = (
        f"The broker has executed {position.symbol} under {' and '.join(told)}, which was imported or posted"
        " before: it is booked twice. Reverse that entry."
    )
    concern = Concern(position.portfolio_id, position.listing_id, BOOKED_TWICE, "WARN", message)
    raise_alert(transaction, concern)


def _posted(transaction: Transaction, position: Position, reference: str) -> list[EntryPosted]:
    stream, _ = transaction.require(PORTFOLIO, position.portfolio_id)
    events = (each.event for each in transaction.events_of(stream, [EntryPosted.name], reference))
    return [
        each
        for each in events
        if isinstance(each, EntryPosted)
        and (each.reference, each.listing_id) == (reference, position.listing_id)
    ]
