"""Announce a corporate action: dates become moments by the exchange's calendar, once and for all (DOMAIN §5)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Sessions
from domain import announce as rules
from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.listing import Listing
from domain.refusals import Invalid
from domain.sessions import BeyondCalendar
from domain.streams import LISTING


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced now, or was before: then ``is_new`` is false."""

    action: Announced
    is_new: bool


class _About(TypedDict):
    action_id: UUID
    listing_id: UUID
    symbol: str
    currency: str
    quote_unit: str


@dataclass(frozen=True, slots=True)
class AnnounceActions:
    """The use cases with what they need from outside. Each raises NotFound, Invalid and Conflict."""

    ledger: Ledger
    sessions: Sessions

    def dividend(
        self,
        cause: Cause,
        listing_id: UUID,
        *,
        ex_date: date,
        pay_date: date,
        per_share: Decimal,
        withholding_rate: Decimal | None,
    ) -> Outcome[Announcement]:
        """Announce a dividend, per share in the listing's currency."""

        def decide(transaction: Transaction) -> Announcement:
            stream, listing = transaction.require(LISTING, listing_id)
            action = DividendAnnounced(
                **_about(listing, transaction.new_id()),
                effective_at=self._open(listing, "ex_date", ex_date),
                ex_date=ex_date,
                pay_date=pay_date,
                per_share=per_share,
                withholding_rate=withholding_rate,
                payable_at=self._open(listing, "pay_date", pay_date),
            )
            events = rules.announce_dividend(listing, action)
            return _answer(transaction.append(stream, events), action, is_new=bool(events))

        return self.ledger.transact(cause, decide)

    def split(
        self, cause: Cause, listing_id: UUID, *, ex_date: date, ratio: Decimal
    ) -> Outcome[Announcement]:
        """Announce a split: ``ratio`` new shares for each old one."""

        def decide(transaction: Transaction) -> Announcement:
            stream, listing = transaction.require(LISTING, listing_id)
            action = SplitAnnounced(
                **_about(listing, transaction.new_id()),
                effective_at=self._open(listing, "ex_date", ex_date),
                ex_date=ex_date,
                ratio=ratio,
            )
            events = rules.announce_split(listing, action)
            return _answer(transaction.append(stream, events), action, is_new=bool(events))

        return self.ledger.transact(cause, decide)

    def merger(
        self,
        cause: Cause,
        listing_id: UUID,
        *,
        into_listing_id: UUID,
        effective: date,
        ratio: Decimal,
        cash_per_share: Decimal,
    ) -> Outcome[Announcement]:
        """Announce a merger: shares of another listing, and cash, for each share of this one."""

        def decide(transaction: Transaction) -> Announcement:
            stream, listing = transaction.require(LISTING, listing_id)
            _, into = transaction.require(LISTING, into_listing_id)
            action = MergerAnnounced(
                **_about(listing, transaction.new_id()),
                effective_at=self._open(listing, "effective", effective),
                into_listing_id=into.id,
                into_symbol=into.symbol,
                into_quote_unit=into.quote_unit,
                effective=effective,
                ratio=ratio,
                cash_per_share=cash_per_share,
            )
            events = rules.announce_merger(listing, action, into)
            return _answer(transaction.append(stream, events), action, is_new=bool(events))

        return self.ledger.transact(cause, decide)

    def _open(self, listing: Listing, name: str, day: date) -> datetime:
        try:
            return self.sessions.first_open_on_or_after(listing.exchange, day)
        except BeyondCalendar as beyond:
            raise Invalid(name, str(beyond)) from beyond


def _about(listing: Listing, action_id: UUID) -> _About:
    return {
        "action_id": action_id,
        "listing_id": listing.id,
        "symbol": listing.symbol,
        "currency": listing.currency,
        "quote_unit": listing.quote_unit,
    }


def _answer(listing: Listing, wanted: Announced, *, is_new: bool) -> Announcement:
    return Announcement(rules.announced_on(listing, wanted) or wanted, is_new)
