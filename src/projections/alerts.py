"""Alerts, open and resolved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.alert import AlertRaised, AlertResolved
from domain.events import Recorded
from domain.runs.events import RetentionApplied
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import Expired, ReadModel, RowOf, Table
from projections.tenancy import or_of_nobody


class AlertRow(NamedTuple):
    alert_id: UUID
    event_number: int
    portfolio_id: UUID | None
    listing_id: UUID | None
    rule: str
    severity: str
    message: str
    observed: str | None
    expected: str | None
    opened_at: datetime


class ResolvedRow(NamedTuple):
    alert_id: UUID
    of_portfolio: UUID | None
    event_number: int
    reason: str
    resolved_at: datetime


ALERTS = Table(
    name="alerts",
    columns={
        "alert_id": "uuid",
        "event_number": "bigint not null",
        "portfolio_id": "uuid",
        "listing_id": "uuid",
        "rule": "text not null",
        "severity": "text not null",
        "message": "text not null",
        "observed": "text",
        "expected": "text",
        "opened_at": "timestamptz not null",
    },
    key=("alert_id",),
    mode="append",
    indexes=("(portfolio_id, alert_id)",),
    expires="exists (select from {schema}.alerts_resolved r where r.alert_id = t.alert_id and r.resolved_at < before)",
    visible=or_of_nobody(),
)

RESOLVED = Table(
    name="alerts_resolved",
    columns={
        "alert_id": "uuid",
        "of_portfolio": "uuid",
        "event_number": "bigint not null",
        "reason": "text not null",
        "resolved_at": "timestamptz not null",
    },
    key=("alert_id",),
    mode="append",
    expires="resolved_at < before",
    visible=or_of_nobody("of_portfolio"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row when an alert is raised, and another when it is resolved; both go once that is long ago."""
    event = recorded.event
    if isinstance(event, AlertRaised):
        yield (
            ALERTS,
            AlertRow(
                alert_id=event.alert_id,
                event_number=recorded.number,
                portfolio_id=event.portfolio_id,
                listing_id=event.listing_id,
                rule=event.rule,
                severity=event.severity,
                message=event.message,
                observed=event.observed,
                expected=event.expected,
                opened_at=recorded.metadata.at,
            ),
        )
    elif isinstance(event, AlertResolved):
        yield (
            RESOLVED,
            ResolvedRow(
                event.alert_id, event.portfolio_id, recorded.number, event.reason, recorded.metadata.at
            ),
        )
    elif isinstance(event, RetentionApplied):
        yield from ((table, Expired(event.alerts_before)) for table in (ALERTS, RESOLVED))


READ_MODEL = ReadModel(
    "alerts", "inline", (ALERTS, RESOLVED), (AlertRaised, AlertResolved, RetentionApplied), rows
)

MINE: LiteralString = f"(portfolio_id is null or {OF_MEMBER})"


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    *,
    portfolio_id: UUID | None = None,
    is_open: bool | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """A person's alerts in the order in which they were raised, and those of the whole house."""
    filters: list[tuple[LiteralString, object]] = [
        ("portfolio_id = %(portfolio)s", portfolio_id),
        ("(resolved_at is null) = %(open)s", is_open),
        ("alert_id > %(after)s", after),
    ]
    where = " and ".join([MINE, *(condition for condition, value in filters if value is not None)])
    return connection.execute(
        "select alert_id as id, portfolio_id, listing_id, rule, severity, message, observed, expected, opened_at,"
        f" resolved_at from alerts left join alerts_resolved using (alert_id) where {where}"
        " order by alert_id limit %(limit)s",
        {"member": member, "portfolio": portfolio_id, "open": is_open, "after": after, "limit": limit},
    ).fetchall()


def one(connection: Connection[dict[str, Any]], member: str, alert_id: UUID) -> dict[str, Any] | None:
    """One alert that a person may see."""
    return connection.execute(
        "select alert_id as id, portfolio_id, listing_id, rule, severity, message, observed, expected, opened_at,"
        f" resolved_at from alerts left join alerts_resolved using (alert_id)"
        f" where alert_id = %(alert)s and {MINE}",
        {"member": member, "alert": alert_id},
    ).fetchone()


def critical(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[str]:
    """The messages of a portfolio's open critical alerts, in the order in which they were raised."""
    rows = connection.execute(
        "select message from alerts left join alerts_resolved using (alert_id)"
        " where portfolio_id = %s and severity = 'CRITICAL' and resolved_at is null order by alert_id",
        (portfolio_id,),
    ).fetchall()
    return [row["message"] for row in rows]


def open_of_rule(
    connection: Connection[dict[str, Any]], rule: str, portfolio_id: UUID | None = None
) -> list[tuple[UUID, UUID]]:
    """The portfolios, or one of them, and listings of which an alert of a rule is open."""
    found = connection.execute(
        "select portfolio_id, listing_id from alerts left join alerts_resolved r using (alert_id)"
        " where rule = %(rule)s and r.alert_id is null and listing_id is not null and portfolio_id is not null"
        " and (%(portfolio)s::uuid is null or portfolio_id = %(portfolio)s)",
        {"rule": rule, "portfolio": portfolio_id},
    ).fetchall()
    return [(row["portfolio_id"], row["listing_id"]) for row in found]


def open_about(connection: Connection[dict[str, Any]], listing_id: UUID) -> list[tuple[UUID | None, str]]:
    """The portfolios that have an open alert about a listing, each with the rule."""
    rows = connection.execute(
        "select portfolio_id, rule from alerts left join alerts_resolved using (alert_id)"
        " where listing_id = %s and resolved_at is null order by alert_id",
        (listing_id,),
    ).fetchall()
    return [(row["portfolio_id"], row["rule"]) for row in rows]
