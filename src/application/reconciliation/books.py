"""A portfolio's own side of a comparison with its broker, as the read models have it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID


class OurOrder(Protocol):
    """One of our orders that has left and not ended."""

    @property
    def position_id(self) -> UUID: ...
    @property
    def client_order_id(self) -> str: ...
    @property
    def status(self) -> str: ...


class OurHolding(Protocol):
    """What the books hold of a listing; ``position_id`` is None when no open position trades it.

    ``symbol`` is None when the listing is retired and its symbol is another's by now: no broker says anything of it.
    """

    @property
    def listing_id(self) -> UUID: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def position_id(self) -> UUID | None: ...
    def went_by(self, symbol: str, at: datetime) -> bool:
        """Whether this was its symbol at a moment."""


class Books(Protocol):
    """What a portfolio has on its books."""

    def open_orders(self, portfolio_id: UUID) -> Sequence[OurOrder]:
        """Orders that have left and not ended."""

    def booked(self, broker: str, account: str, execution_ids: Sequence[str]) -> Mapping[str, int]:
        """The latest revision on the books of each of these executions that is known."""

    def holdings(self, portfolio_id: UUID) -> Sequence[OurHolding]:
        """What is held or traded, by listing."""

    def cash(self, portfolio_id: UUID) -> Decimal:
        """Free cash and that of positions together."""

    def open_alerts(self, portfolio_id: UUID, rules: Sequence[str]) -> Sequence[tuple[UUID | None, str]]:
        """Open alerts of these rules: (listing, rule)."""


class Reconciliations(Protocol):
    """When each account was compared, which is no part of the books."""

    def last_clean(self, portfolio_id: UUID) -> datetime | None:
        """When the last comparison began that found nothing amiss."""

    def begin(self, portfolio_id: UUID, began_at: datetime) -> None:
        """Remember that a comparison has begun, so that no other is begun meanwhile."""

    def remember(self, portfolio_id: UUID, began_at: datetime, *, clean: bool, found: Sequence[str]) -> None:
        """Remember a comparison and what it found."""
