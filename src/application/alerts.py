"""Raise and resolve alerts: one open alert for each portfolio, listing and rule (DOMAIN §4)."""

from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain import alert as rules
from domain.alert import Alert, AlertRaised, Severity
from domain.streams import ALERT


@dataclass(frozen=True, slots=True)
class Concern:
    """What an alert is about and says. ``observed`` and ``expected`` are the two values that differ."""

    portfolio_id: UUID | None
    listing_id: UUID | None
    rule: str
    severity: Severity
    message: str
    observed: str | None = None
    expected: str | None = None


def raise_alert(transaction: Transaction, concern: Concern) -> None:
    """Raise an alert within a transaction; while one about the same thing is open, nothing happens."""
    stream = transaction.load(ALERT, rules.stream_of(concern.portfolio_id, concern.listing_id, concern.rule))
    wanted = AlertRaised(
        alert_id=transaction.new_id(),
        portfolio_id=concern.portfolio_id,
        listing_id=concern.listing_id,
        rule=concern.rule,
        severity=concern.severity,
        message=concern.message,
        observed=concern.observed,
        expected=concern.expected,
    )
    transaction.append(stream, rules.raise_alert(stream.state, wanted))


def settle_alert(
    transaction: Transaction, concern: tuple[UUID | None, UUID | None, str], reason: str
) -> None:
    """Resolve the open alert about (portfolio, listing, rule), if there is one."""
    stream = transaction.load(ALERT, rules.stream_of(*concern))
    if stream.state is not None:
        transaction.append(stream, rules.resolve(stream.state, stream.state.id, reason))


def resolve(
    ledger: Ledger, cause: Cause, about: tuple[UUID | None, UUID | None, str], alert_id: UUID, reason: str
) -> Outcome[Alert]:
    """Resolve an alert because a person says so; one that is resolved is already so."""

    def decide(transaction: Transaction) -> Alert:
        stream, state = transaction.require(ALERT, rules.stream_of(*about))
        return transaction.append(stream, rules.resolve(state, alert_id, reason))

    return ledger.transact(cause, decide)
