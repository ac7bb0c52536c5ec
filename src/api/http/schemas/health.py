"""Whether the service lives, is ready, and trades."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer


class Live(Answer):
    status: Literal["live"]


class Dependency(Answer):
    name: str
    ok: bool


class Projection(Answer):
    """``lag`` is in events; ``parked`` counts portfolios it has stopped for."""

    name: str
    number: int
    lag: int
    parked: int


class Ready(Answer):
    """``dead_letters`` counts jobs that were given up and wait for somebody; null without a database."""

    status: Literal["ready", "not_ready"]
    dependencies: list[Dependency] | None = None
    projections: list[Projection] | None = None
    reconciliation_age_seconds: int | None = None
    dead_letters: int | None = None


class FrozenPortfolio(Answer):
    id: UUID
    reason: str


class Trading(Answer):
    """``halted`` while a portfolio is frozen or not reconciled, or an order's outcome is unknown.

    So it is while a restored Ballast is read only: ``restored`` says what it waits for.
    """

    status: Literal["trading", "halted"]
    frozen: list[FrozenPortfolio]
    unreconciled: list[UUID]
    open_orders: dict[str, int]
    undecided_listings: int
    reconciliation_age_seconds: int | None
    restored: str | None
