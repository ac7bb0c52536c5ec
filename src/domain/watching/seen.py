"""What a portfolio watches, and what has been seen of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.freshness import CLOSED, Hours
from domain.fx import FxProblem
from domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Watched:
    """A listing that a live portfolio watches. ``newest`` is its newest good price, ``monitored`` says it is one of
    its constituents that somebody wants watched; ``base`` is the currency of the portfolio.
    """

    portfolio_id: UUID
    frozen: bool
    base: str
    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    newest: datetime | None
    monitored: bool


@dataclass(frozen=True, slots=True)
class DueClose:
    """The last session whose close should be there by now, and the close of the session before it."""

    day: date
    closed_at: datetime
    due_at: datetime
    closed_before_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The latest alert of a rule about a listing of a portfolio."""

    portfolio_id: UUID
    listing_id: UUID
    rule: str
    opened_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A listing that somebody watches, and what there is of it now.

    ``hours`` are the exchange's since the newest price, ``open_seconds`` how long it traded since. ``newest_tick`` is
    the newest price of late that is no close, ``newest_close`` the newest close of late; None where there is none.
    """

    watched: Watched
    now: datetime
    hours: Hours = CLOSED
    open_seconds: Decimal = ZERO
    newest_tick: datetime | None = None
    newest_close: datetime | None = None
    due_close: DueClose | None = None
    fx: FxProblem | None = None
