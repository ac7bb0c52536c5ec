"""Work to be done soon by some worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.review.subject import Subject


@dataclass(frozen=True, slots=True)
class Origin:
    """What a job follows from: the chain it belongs to, and the event that asked for it."""

    correlation_id: UUID
    event_id: UUID


class Jobs(Protocol):
    """Work to be done soon by some worker. Jobs carry ids only and may run twice."""

    def wake(self, feed: str, listing_ids: Sequence[UUID]) -> None:
        """Decide on the newest prices of these listings."""

    def submit_orders(self, orders: Sequence[tuple[UUID, UUID, Origin]]) -> None:
        """Send intended orders, each (position, order, decision), to their brokers."""

    def submit_order(
        self, position_id: UUID, order_id: UUID, origin: Origin | None = None, *, delay_ms: int = 0
    ) -> None:
        """Send an order to its broker, at once or after a while."""

    def look_up_order(self, client_order_id: str, delay_ms: int, origin: Origin | None = None) -> None:
        """Ask the broker after a while what it has to say of an order, and book it."""

    def cancel_order(self, position_id: UUID, order_id: UUID) -> None:
        """Cancel an open order, asking its broker where it has left."""

    def settle_actions(self, position_id: UUID) -> None:
        """Settle the corporate actions that are due for a live position by now."""

    def settle_own_units(self, portfolio_id: UUID, listing_id: UUID) -> None:
        """Book the corporate actions that are due for what a portfolio holds of a listing outside of positions."""

    def reconcile(self, portfolio_id: UUID) -> None:
        """Compare a portfolio's books with its broker's."""

    def book_messages(self, numbers: Sequence[int]) -> None:
        """Book these messages of the inbox, or try again."""

    def review(self, subject: Subject) -> None:
        """Have a model say what it thinks of a subject."""

    def run(self, run_id: UUID) -> None:
        """Carry out a run that was asked for."""

    def place_advice(self, recommendation_id: UUID) -> None:
        """Place what is left of approved advice as orders."""
