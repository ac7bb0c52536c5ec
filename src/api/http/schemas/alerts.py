"""Alerts, and what a comparison with a broker finds."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class Alert(Answer):
    """``remedy`` is the first step that a person takes, null where nothing general can be said."""

    id: UUID
    portfolio_id: UUID | None
    listing_id: UUID | None
    rule: str
    severity: Literal["WARN", "CRITICAL"]
    message: str
    observed: str | None
    expected: str | None
    remedy: str | None
    opened_at: Moment
    resolved_at: Moment | None


class Difference(Answer):
    listing_id: UUID | None
    rule: str
    severity: Literal["WARN", "CRITICAL"]
    message: str
    observed: str | None
    expected: str | None


class Reconciliation(Answer):
    clean: bool
    adopted: int
    differences: list[Difference]
    warnings: list[Difference]
