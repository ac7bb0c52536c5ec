"""What a corporate action does to a position (DOMAIN §5). Per share and anchors as the field says, money else."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events import Instant, Value
from domain.numbers import Exact, shortest
from domain.position.events.position import PositionEvent


class NewListing(Value):
    """The listing that a position goes on with after a merger; its currency is the old one's."""

    listing_id: UUID
    symbol: str
    exchange: str
    quote_unit: str
    lot: Exact


class DividendAccrued(PositionEvent):
    """The shares went ex-dividend: the net is receivable until the pay-date, the anchor gives way by as much.

    ``per_share`` is in the currency, the anchors are in the quote unit. The anchor stays where it was when it was
    set by a fill after the ex-date, which is a price without the dividend already.
    """

    name: ClassVar[str] = "position.dividend_accrued.1"

    ex_date: date
    pay_date: date
    effective_at: Instant
    payable_at: Instant
    shares: Exact
    per_share: Exact
    gross: Exact
    tax: Exact
    net: Exact
    old_anchor: Exact
    new_anchor: Exact

    def sentence(self) -> str:
        what = f"{shortest(self.shares)} {self.symbol} went ex-dividend at {self.per_share} {self.currency} a share"
        return f"{what}: {self.net} {self.currency} after tax, to be paid on {self.pay_date}."


class DividendPaid(PositionEvent):
    """The receivable of a dividend became cash."""

    name: ClassVar[str] = "position.dividend_paid.1"

    ex_date: date
    pay_date: date
    net: Exact

    def sentence(self) -> str:
        return f"Received the dividend of {self.symbol}: {self.net} {self.currency}."


class SplitApplied(PositionEvent):
    """Shares became ``ratio`` times as many, each worth as much less; what made no whole share was paid out.

    ``cash`` is in lieu of ``fraction`` shares, which cost ``book_cost``.
    """

    name: ClassVar[str] = "position.split_applied.1"

    ex_date: date
    effective_at: Instant
    ratio: Exact
    old_shares: Exact
    new_shares: Exact
    fraction: Exact
    cash: Exact
    book_cost: Exact
    old_anchor: Exact
    new_anchor: Exact

    def sentence(self) -> str:
        paid = f", and {self.cash} {self.currency} for the fraction" if self.cash else ""
        shares = f"{shortest(self.old_shares)} shares became {shortest(self.new_shares)}"
        return f"Split {self.symbol} {shortest(self.ratio)} for 1: {shares}{paid}."


class MergerApplied(PositionEvent):
    """Shares of one listing became shares of another, and cash. The position goes on with the new listing.

    ``listing_id`` and ``symbol`` are the old ones'. ``book_cost`` is the cost that left with the cash. The
    anchor became ``(old − anchor_less) ÷ anchor_divided_by``.
    """

    name: ClassVar[str] = "position.merger_applied.1"

    into: NewListing
    effective: date
    effective_at: Instant
    ratio: Exact
    old_shares: Exact
    new_shares: Exact
    fraction: Exact
    cash: Exact
    old_book_cost: Exact
    book_cost: Exact
    old_anchor: Exact
    new_anchor: Exact
    anchor_less: Exact
    anchor_divided_by: Exact

    def sentence(self) -> str:
        paid = f" and {self.cash} {self.currency}" if self.cash else ""
        became = f"{shortest(self.new_shares)} {self.into.symbol}{paid}"
        return f"{shortest(self.old_shares)} {self.symbol} became {became} in a merger."
