"""Thresholds of the gate. Shares are fractions of one, ratios and sigmas plain numbers."""

from typing import Any
from uuid import UUID

from pydantic import Field

from api.http.schemas.answer import Answer, Number


class Thresholds(Answer):
    stale_intraday_seconds: int
    stale_close_days: int
    stale_fx_days: int
    missing_close_minutes: int
    future_seconds: int
    jump_warn: Number
    jump_critical: Number
    explained: Number
    scale_low: Number
    scale_high: Number
    split_tolerance: Number
    split_ratio_max: int
    value_jump: Number
    outlier_sigmas: Number
    outlier_least: Number


class ListingThresholds(Answer):
    """The thresholds in force, and the names of those that were set; the others are defaults."""

    listing_id: UUID
    thresholds: Thresholds
    set: list[str]


class PortfolioThresholds(Answer):
    """Those that the portfolio has of its own."""

    portfolio_id: UUID
    thresholds: dict[str, Any] = Field(description="As a listing's; only those that were set")
