"""Which corporate actions a portfolio's books do not know of yet; the log is asked only where there are any."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from application.ledger import Transaction
from domain.listing import Listing
from domain.portfolio.events import EntryPosted, EntryReversed, UnitsTraded
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.portfolio.untold import sentence, untold
from domain.streams import PORTFOLIO


def untold_actions(
    transaction: Transaction,
    portfolio: Portfolio,
    held: Mapping[UUID, Units],
    listings: Mapping[UUID, Listing],
    as_of: datetime,
) -> Iterator[str]:
    """The splits and mergers of what is held that the books do not know yet, each in words."""
    acted_on = [each for each in sorted(held) if any(a.kind != "dividend" for a in listings[each].announced)]
    if not acted_on:
        return
    stream, _ = transaction.require(PORTFOLIO, portfolio.id)
    happened = transaction.events_of(stream, [EntryPosted.name, EntryReversed.name, UnitsTraded.name])
    for listing_id in acted_on:
        units = held[listing_id].quantity
        entries = [
            (each.metadata.at, each.event)
            for each in happened
            if isinstance(each.event, EntryPosted | EntryReversed | UnitsTraded)
            and (each.event.listing_id == listing_id or each.event.units_of(listing_id))
        ]
        for action in untold(listings[listing_id].announced, units, entries, as_of):
            yield sentence(action, units)
