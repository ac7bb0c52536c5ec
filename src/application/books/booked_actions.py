"""Which corporate actions are booked for units held outside of positions: told again, they are not booked beside it."""

from collections.abc import Sequence
from datetime import datetime

from application.ledger import Transaction
from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio.booked_actions import BookedAction, booked_actions
from domain.portfolio.events import EntryPosted, EntryReversed
from domain.portfolio.own_actions import Past
from domain.portfolio.state import Portfolio
from domain.portfolio.untold import TELLS
from domain.portfolio.wanted import Wanted
from domain.refusals import Conflict
from domain.streams import PORTFOLIO


def booked_actions_of(
    transaction: Transaction, portfolio: Portfolio, listing: Listing
) -> Sequence[BookedAction]:
    """The actions of a listing that are on the books and were not taken back; asked where there may be one."""
    if not listing.announced:
        return []
    stream, _ = transaction.require(PORTFOLIO, portfolio.id)
    told = [
        (each.metadata.at, each.event)
        for each in transaction.events_of(stream, [EntryPosted.name, EntryReversed.name], str(listing.id))
        if isinstance(each.event, EntryPosted | EntryReversed)
    ]
    return booked_actions(Past(listing.id, told), listing.announced)


def require_not_booked(
    transaction: Transaction,
    portfolio: Portfolio,
    listing: Listing,
    wanted: Wanted,
    at: datetime,
) -> None:
    """Raises Conflict for a dividend, or units that changed by themselves, that an announced action has booked."""
    if wanted.kind != "dividend" and wanted.kind not in TELLS:
        return
    paid = (wanted.amount or ZERO) - wanted.tax
    for booked in booked_actions_of(transaction, portfolio, listing):
        if not booked.is_told_by(wanted.kind, at, wanted.quantity):
            continue
        if booked.is_paid_as(paid) or not booked.may_be_another(at):
            raise Conflict(booked.told_again())
