"""What an event is about, for who looks through a timeline: trades, what was skipped, prices, or money."""

from collections.abc import Mapping
from typing import Literal

Topic = Literal["traded", "skipped", "data", "money"]

Asked = Literal["traded", "skipped", "data", "money", "me"]
"""What one may ask for: a topic, or whatever one did oneself."""

TOPICS: Mapping[Topic, frozenset[str]] = {
    "traded": frozenset(
        {
            "position.order_intended",
            "position.order_submitted",
            "position.order_reevaluated",
            "position.order_accepted",
            "position.order_unknown",
            "position.order_marked",
            "position.order_ended",
            "position.execution_booked",
            "position.execution_corrected",
            "position.external_fill_adopted",
            "position.anchor_moved",
            "recommendation.executed",
            "recommendation.reversed",
        }
    ),
    "skipped": frozenset({"position.skipped", "recommendation.ignored", "recommendation.superseded"}),
    "data": frozenset(
        {
            "alert.raised",
            "alert.resolved",
            "listing.described",
            "listing.dividend_announced",
            "listing.merger_announced",
            "listing.retired",
            "listing.split_announced",
            "listing.symbol_changed",
            "listing.thresholds_set",
            "portfolio.frozen",
            "portfolio.freeze_reason_added",
            "portfolio.unfrozen",
            "quality.price_flagged",
            "quality.price_quarantined",
            "quality.prices_discarded",
            "quality.prices_released",
        }
    ),
    "money": frozenset(
        {
            "portfolio.cash_deposited",
            "portfolio.cash_withdrawn",
            "portfolio.entry_posted",
            "portfolio.entry_reversed",
            "portfolio.statement_imported",
            "position.cash_allocated",
            "position.cash_returned",
            "position.dividend_accrued",
            "position.dividend_paid",
            "position.execution_booked",
            "position.execution_corrected",
            "position.external_fill_adopted",
        }
    ),
}
"""Types as they are on the wire. What belongs to none, such as a run, is in the whole timeline."""
