"""Which events a person is told of, how severe each is, and what a portfolio's freeze keeps silent (DOMAIN §4, §9)."""

from dataclasses import dataclass
from typing import Literal, assert_never, get_args
from uuid import UUID

from domain.alert import AlertRaised
from domain.portfolio.events import PortfolioFrozen, PortfolioUnfrozen

Severity = Literal["INFO", "WARN", "CRITICAL"]
Kind = Literal["alert", "frozen", "unfrozen"]

Told = AlertRaised | PortfolioFrozen | PortfolioUnfrozen
"""The events that a person is told of, whoever caused them: a freeze by one's own hand, too."""

TOLD: tuple[type[Told], ...] = get_args(Told)

OF_THE_FREEZE: tuple[Kind, ...] = ("frozen", "unfrozen")
"""The kinds that a frozen portfolio does not keep silent."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What a person is told: a title, the event's own sentence, and the ids of what it is about.

    ``portfolio_id`` is null for what concerns the whole house.
    """

    kind: Kind
    severity: Severity
    title: str
    sentence: str
    portfolio_id: UUID | None
    listing_id: UUID | None = None
    alert_id: UUID | None = None


def notification_of(event: Told) -> Notification:
    """What to tell a person of an event."""
    sentence = event.sentence()
    match event:
        case AlertRaised():
            title = event.rule.replace("_", " ").capitalize()
            return Notification(
                "alert",
                event.severity,
                title,
                sentence,
                event.portfolio_id,
                listing_id=event.listing_id,
                alert_id=event.alert_id,
            )
        case PortfolioFrozen():
            return Notification("frozen", "CRITICAL", "Portfolio frozen", sentence, event.portfolio_id)
        case PortfolioUnfrozen():
            return Notification("unfrozen", "INFO", "Freeze lifted", sentence, event.portfolio_id)
        case _:
            assert_never(event)
