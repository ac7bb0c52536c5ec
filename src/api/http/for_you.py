"""What waits for a person, each thing once: freezes, advice, alerts."""

from collections.abc import Sequence
from typing import Any

from api.http.answers import moment
from domain.portfolio.state import Portfolio


def for_you(
    frozen: Sequence[Portfolio], advice: Sequence[dict[str, Any]], alerts: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Frozen portfolios first. An alert that says what one is frozen for has no row of its own beside it."""
    told = {portfolio.id: [each for each in alerts if _tells(portfolio, each)] for portfolio in frozen}
    said = {each["id"] for found in told.values() for each in found}
    return [
        *(_freeze(portfolio, told[portfolio.id]) for portfolio in frozen),
        *map(_advice, advice),
        *(_alert(each) for each in alerts if each["id"] not in said),
    ]


def _tells(portfolio: Portfolio, alert: dict[str, Any]) -> bool:
    """Whether what a portfolio is frozen for is the very sentence that an alert of it begins with."""
    if alert["portfolio_id"] != portfolio.id:
        return False
    sentences = (each for each in portfolio.freeze_reasons if each.endswith("."))
    return any(f"{alert['message']} ".startswith(f"{each} ") for each in sentences)


def _freeze(portfolio: Portfolio, told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    reasons = "; ".join(each.rstrip(".") for each in portfolio.freeze_reasons)
    return {
        "kind": "freeze",
        "id": portfolio.id,
        "portfolio_id": portfolio.id,
        "listing_id": next((each["listing_id"] for each in told), None),
        "severity": "CRITICAL",
        "sentence": f"{portfolio.title} is frozen: {reasons}. Nothing is decided or sent until you lift it.",
        "at": None,
    }


def _advice(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "recommendation",
        "id": row["recommendation_id"],
        "portfolio_id": row["portfolio_id"],
        "listing_id": None,
        "severity": "INFO",
        "sentence": row["proposal"]["told"],
        "at": moment(row["proposed_at"]),
    }


def _alert(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "alert",
        "id": row["id"],
        "portfolio_id": row["portfolio_id"],
        "listing_id": row["listing_id"],
        "severity": row["severity"],
        "sentence": row["message"],
        "at": moment(row["opened_at"]),
    }
