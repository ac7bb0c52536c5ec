"""Corporate actions as they are announced: events of the listing's stream (DOMAIN §5)."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from domain.adjustment import Adjustment, adjusted
from domain.events import Event, Instant, StreamKind
from domain.money import ZERO, quote_scale
from domain.numbers import Exact, exactly, shortest

ActionKind = Literal["dividend", "split", "merger"]

RANK: dict[ActionKind, int] = {"dividend": 0, "split": 1, "merger": 2}
"""Of actions that take effect at one moment: a dividend is paid on old shares, and a merger takes what there is."""

Expected = Callable[[UUID, Decimal, datetime, datetime], Decimal | None]
"""What corporate actions between two moments have made of a listing's price; None when none took effect."""


class ActionAnnounced(Event):
    """An announcement. ``effective_at`` is the open of the session at which it takes effect.

    It is fixed here, so that an action takes effect at the same moment whatever a calendar says later.
    """

    stream_kind: ClassVar[StreamKind] = "listing"
    kind: ClassVar[ActionKind]

    action_id: UUID
    listing_id: UUID
    symbol: str
    currency: str
    quote_unit: str
    effective_at: Instant

    @property
    @abstractmethod
    def day(self) -> date:
        """The date by which it is known: there is one of a kind on a day."""

    @property
    @abstractmethod
    def adjustment(self) -> Adjustment:
        """What it does to prices of the listing."""


class DividendAnnounced(ActionAnnounced):
    """A dividend. ``per_share`` is in the currency; the withholding rate, where given, overrides the setting."""

    name: ClassVar[str] = "listing.dividend_announced.1"
    kind: ClassVar[ActionKind] = "dividend"

    ex_date: date
    pay_date: date
    per_share: Exact
    withholding_rate: Exact | None
    payable_at: Instant

    @property
    def day(self) -> date:
        return self.ex_date

    @property
    @exactly
    def adjustment(self) -> Adjustment:
        return Adjustment(less=self.per_share / quote_scale(self.currency, self.quote_unit))

    def sentence(self) -> str:
        what = f"{self.symbol} pays {shortest(self.per_share)} {self.currency} a share"
        return f"{what} on {self.pay_date} to those who hold it before {self.ex_date}."


class SplitAnnounced(ActionAnnounced):
    """A split: ``ratio`` new shares for each old one."""

    name: ClassVar[str] = "listing.split_announced.1"
    kind: ClassVar[ActionKind] = "split"

    ex_date: date
    ratio: Exact

    @property
    def day(self) -> date:
        return self.ex_date

    @property
    def adjustment(self) -> Adjustment:
        return Adjustment(divided_by=self.ratio)

    def sentence(self) -> str:
        return f"{self.symbol} splits {shortest(self.ratio)} for 1 on {self.ex_date}."


class MergerAnnounced(ActionAnnounced):
    """A merger: ``ratio`` shares of another listing, and cash in the currency, for each share of this one."""

    name: ClassVar[str] = "listing.merger_announced.1"
    kind: ClassVar[ActionKind] = "merger"

    into_listing_id: UUID
    into_symbol: str
    into_quote_unit: str
    effective: date
    ratio: Exact
    cash_per_share: Exact

    @property
    def day(self) -> date:
        return self.effective

    @property
    @exactly
    def adjustment(self) -> Adjustment:
        """From prices of this listing to prices of the other, each in its quote unit."""
        ours, theirs = (quote_scale(self.currency, unit) for unit in (self.quote_unit, self.into_quote_unit))
        return Adjustment(less=self.cash_per_share / ours, divided_by=self.ratio * theirs / ours)

    def sentence(self) -> str:
        cash = f" and {shortest(self.cash_per_share)} {self.currency}" if self.cash_per_share != ZERO else ""
        became = f"{shortest(self.ratio)} {self.into_symbol}{cash}"
        return f"Each {self.symbol} becomes {became} on {self.effective}."


Announced = DividendAnnounced | SplitAnnounced | MergerAnnounced


def in_order(action: Announced) -> tuple[datetime, int, UUID]:
    """Sorts actions by when they take effect."""
    return action.effective_at, RANK[action.kind], action.action_id


Phase = Literal["effective", "payable"]


@dataclass(frozen=True, slots=True)
class Due:
    """A moment at which an action has something to do: it takes effect, or a dividend is paid."""

    at: datetime
    phase: Phase
    action: Announced


def moments_of(action: Announced) -> list[Due]:
    """When an action has something to do."""
    effective = Due(action.effective_at, "effective", action)
    if isinstance(action, DividendAnnounced):
        return [effective, Due(action.payable_at, "payable", action)]
    return [effective]


def expected_price(
    announced: Iterable[Announced], price: Decimal, after: datetime, until: datetime
) -> Decimal | None:
    """What a listing's price has become by actions since; None when none took effect. A merger moves no price of it."""
    between = [each for each in announced if after < each.effective_at <= until]
    moving = [each.adjustment for each in sorted(between, key=in_order) if each.kind != "merger"]
    return adjusted(price, moving) if moving else None


def price_before(action: Announced, announced: Iterable[Announced], price: Decimal, at: datetime) -> Decimal:
    """What a listing's price of a moment has become by the actions between that and one of them."""
    since = [each for each in announced if each.effective_at > at and in_order(each) < in_order(action)]
    return adjusted(price, [each.adjustment for each in sorted(since, key=in_order) if each.kind != "merger"])
