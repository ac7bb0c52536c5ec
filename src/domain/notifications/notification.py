"""Which events a person is told of, how severe each is, and what keeps one silent (DOMAIN §4, §9)."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from domain.alert import AlertRaised
from domain.events import Event
from domain.portfolio.events import PortfolioFrozen, PortfolioUnfrozen
from domain.recommendation.events import RecommendationProposed
from domain.runs.events import RunEnded
from domain.runs.kinds import in_words

Severity = Literal["INFO", "WARN", "CRITICAL"]
Kind = Literal["alert", "frozen", "unfrozen", "run_failed", "advice"]

TOLD: tuple[type[Event], ...] = (
    AlertRaised,
    PortfolioFrozen,
    PortfolioUnfrozen,
    RunEnded,
    RecommendationProposed,
)
"""The events that a person may be told of, whoever caused them: a freeze by one's own hand, too."""

OF_THE_FREEZE: tuple[Kind, ...] = ("frozen", "unfrozen")
"""The kinds that a frozen portfolio does not keep silent."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What a person is told: a title, the event's own sentence, and the ids of what it is about.

    ``portfolio_id`` is null for what concerns the whole house. ``series`` names the runs of one kind: a failure is
    told once, until one of them has not failed.
    """

    kind: Kind
    severity: Severity
    title: str
    sentence: str
    portfolio_id: UUID | None
    listing_id: UUID | None = None
    alert_id: UUID | None = None
    run_id: UUID | None = None
    series: str | None = None


def notification_of(event: Event) -> Notification | None:
    """What to tell a person of an event, None when there is nothing."""
    match event:
        case AlertRaised():
            title = event.rule.replace("_", " ").capitalize()
            about = event.portfolio_id, event.listing_id, event.alert_id
            return Notification("alert", event.severity, title, event.sentence(), *about)
        case PortfolioFrozen():
            found_in = event.portfolio_id, event.listing_id
            return Notification("frozen", "CRITICAL", "Portfolio frozen", event.sentence(), *found_in)
        case PortfolioUnfrozen():
            return Notification("unfrozen", "INFO", "Freeze lifted", event.sentence(), event.portfolio_id)
        case RunEnded(kind="export"):
            return None  # who asked for it looks at it
        case RunEnded(status="failed"):
            return Notification(
                "run_failed",
                "WARN",
                f"{in_words(event.kind).capitalize()} failed",
                event.sentence(),
                event.portfolio_id,
                run_id=event.run_id,
                series=series_of(event),
            )
        case RecommendationProposed(kind="volatility"):
            # Nobody asked for it, and its price does not wait; what a run advises is seen at the run.
            where = event.portfolio_id, event.lines[0].line.listing_id
            return Notification("advice", "INFO", "An order to place", event.sentence(), *where)
        case _:
            return None


def series_of(event: RunEnded) -> str:
    """The name of the runs of one kind, of one portfolio or of the house."""
    return f"{event.portfolio_id or 'house'}|{event.kind}"
