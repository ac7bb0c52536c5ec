"""Call a person to a dividend that only they can book: once for each portfolio and announcement (DOMAIN §5)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Transaction
from domain import alert as alerts
from domain.actions import DividendAnnounced
from domain.portfolio.events import EntryPosted
from domain.portfolio.own_dividends import is_in_its_days
from domain.streams import ALERT, LISTING

NOT_BOOKED = "dividend_not_booked"
"""The rule of the alert, before the announcement's id."""


def call_to(transaction: Transaction, portfolio_id: UUID, dividend: DividendAnnounced, message: str) -> None:
    """Raise the warning, if it never was: it is looked at again and again, and a person may have closed it."""
    about = _about(portfolio_id, dividend)
    if transaction.load(ALERT, alerts.stream_of(*about)).state is None:
        raise_alert(transaction, Concern(*about, "WARN", message))


def end_call(transaction: Transaction, portfolio_id: UUID, dividend: DividendAnnounced, reason: str) -> None:
    """Resolve it, where it is open."""
    settle_alert(transaction, _about(portfolio_id, dividend), reason)


def end_calls(transaction: Transaction, entries: Iterable[tuple[EntryPosted, datetime]]) -> None:
    """Resolve those that entries of some moments, posted by hand or by a file, may be the answer to."""
    for entry, at in entries:
        if entry.kind != "dividend" or entry.listing_id is None:
            continue
        _, listing = transaction.require(LISTING, entry.listing_id)
        for each in listing.announced:
            if isinstance(each, DividendAnnounced) and is_in_its_days(each, at):
                end_call(transaction, entry.portfolio_id, each, "A dividend of its days was posted.")


def _about(portfolio_id: UUID, dividend: DividendAnnounced) -> tuple[UUID, UUID, str]:
    return portfolio_id, dividend.listing_id, f"{NOT_BOOKED}/{dividend.action_id}"
