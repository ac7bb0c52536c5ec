"""Alerts: what needs a person, once for each portfolio, listing and rule until it is resolved (DOMAIN §4)."""

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from domain.events import Event, StreamKind
from domain.refusals import NotFound

Severity = Literal["WARN", "CRITICAL"]

ALERTS = UUID("5f7c0e52-6f0c-5d0e-9d4e-3a1f6c9a2b10")
"""The name space in which an alert's stream is named for what it is about."""


class AlertEvent(Event):
    """``portfolio_id`` is null for what concerns the whole house, ``listing_id`` for what concerns no listing."""

    stream_kind: ClassVar[StreamKind] = "alert"

    alert_id: UUID
    portfolio_id: UUID | None
    listing_id: UUID | None
    rule: str


class AlertRaised(AlertEvent):
    name: ClassVar[str] = "alert.raised.1"

    severity: Severity
    message: str
    observed: str | None
    expected: str | None

    def sentence(self) -> str:
        return self.message


class AlertResolved(AlertEvent):
    name: ClassVar[str] = "alert.resolved.1"

    reason: str

    def sentence(self) -> str:
        return f"Resolved the alert {self.rule}: {self.reason}"


AnyAlertEvent = AlertRaised | AlertResolved


@dataclass(frozen=True, slots=True)
class Alert:
    """The latest alert of its portfolio, listing and rule."""

    id: UUID
    portfolio_id: UUID | None
    listing_id: UUID | None
    rule: str
    severity: Severity | None

    @property
    def is_open(self) -> bool:
        """Whether it still needs a person; ``severity`` is null once it does not."""
        return self.severity is not None


def evolve(state: Alert | None, event: AnyAlertEvent) -> Alert:
    """The alert after an event."""
    severity = event.severity if isinstance(event, AlertRaised) else None
    return Alert(event.alert_id, event.portfolio_id, event.listing_id, event.rule, severity)


def stream_of(portfolio_id: UUID | None, listing_id: UUID | None, rule: str) -> UUID:
    """The stream of all alerts about the same thing."""
    return uuid5(ALERTS, f"{portfolio_id}|{listing_id}|{rule}")


def raise_alert(state: Alert | None, wanted: AlertRaised) -> list[AnyAlertEvent]:
    """Raise an alert; while one about the same thing, as severe as this, is open it is already so."""
    if state is None or not state.is_open:
        return [wanted]
    if state.severity == wanted.severity:
        return []
    return [*resolve(state, state.id, f"It has become {wanted.severity}."), wanted]


def resolve(state: Alert | None, alert_id: UUID, reason: str) -> list[AnyAlertEvent]:
    """Close an alert; one that is closed, or has been raised anew since, is already so."""
    if state is None:
        raise NotFound("alert", alert_id)
    if not state.is_open or state.id != alert_id:
        return []
    return [
        AlertResolved(
            alert_id=state.id,
            portfolio_id=state.portfolio_id,
            listing_id=state.listing_id,
            rule=state.rule,
            reason=reason,
        )
    ]
