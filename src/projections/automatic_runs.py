"""Runs that nobody asked for: a batch of ticks that was decided, a comparison, an order on its way.

They leave no event of their own, which would cost every tick something. What they did carries their id, and the
timeline has all of it, so they are read from there.
"""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from projections.members import OF_MEMBER
from projections.timeline import NOBODYS

KINDS = {
    "ballast:ticks": "evaluation",
    "ballast:gate": "price_check",
    "ballast:actions": "dividends",
    "ballast:orders": "order",
}
"""What an actor's work is called where its name does not tell; ``ballast:reconciliation`` does reconciliations."""

ONE: LiteralString = f"""
    select run_id as id, min(actor) as actor, min(event_number) as number, count(*) as events,
        case when count(distinct portfolio_id) = 1 then (array_agg(portfolio_id))[1] end as portfolio_id,
        min(at) as as_of, min(recorded_at) as started_at, max(recorded_at) as ended_at,
        (array_agg(message order by event_number))[1] as message
    from timeline where run_id = %(run)s and ({NOBODYS} or {OF_MEMBER}) group by run_id"""

# A run stands where its last event in the portfolio stands: what follows it is looked for by the run's own index.
PAGE: LiteralString = """
    select last.run_id as id, last.actor, last.event_number as number, done.*
    from timeline last cross join lateral (
        select %(portfolio)s::uuid as portfolio_id, count(*) as events, min(at) as as_of,
            min(recorded_at) as started_at, max(recorded_at) as ended_at,
            (array_agg(message order by event_number))[1] as message
        from timeline its where its.run_id = last.run_id and its.portfolio_id = last.portfolio_id
    ) done
    where last.portfolio_id = %(portfolio)s and last.run_id is not null
        and not exists (select from timeline later where later.run_id = last.run_id
            and later.portfolio_id = last.portfolio_id and later.event_number > last.event_number)
        and not exists (select from runs where runs.run_id = last.run_id)"""


def one(connection: Connection[dict[str, Any]], member: str, run_id: UUID) -> dict[str, Any] | None:
    """A run by what it did to a person's portfolios, and to what belongs to nobody."""
    row = connection.execute(ONE, {"run": run_id, "member": member}).fetchone()
    return _run(row) if row else None


def page(
    connection: Connection[dict[str, Any]],
    portfolio_id: UUID,
    *,
    kinds: Sequence[str] | None,
    before: int | None,
    limit: int,
) -> list[dict[str, Any]]:
    """A portfolio's, the latest first, from before a number."""
    filters: list[tuple[LiteralString, object]] = [
        ("last.actor = any(%(actors)s)", kinds and _actors(kinds)),
        ("last.event_number < %(before)s", before),
    ]
    where = "".join(f" and {condition}" for condition, value in filters if value is not None)
    found = connection.execute(
        f"{PAGE}{where} order by last.event_number desc limit %(limit)s",
        {
            "portfolio": portfolio_id,
            "actors": _actors(kinds) if kinds else [],
            "before": before,
            "limit": limit,
        },
    ).fetchall()
    return [_run(row) for row in found]


def _actors(kinds: Sequence[str]) -> list[str]:
    named = [actor for actor, kind in KINDS.items() if kind in kinds]
    return [*named, *(f"ballast:{kind}" for kind in kinds)]


def _kind(actor: str) -> str:
    return KINDS.get(actor, actor.removeprefix("ballast:"))


def _run(row: dict[str, Any]) -> dict[str, Any]:
    """As a run that was asked for looks: it ended well, or it would not have left anything."""
    more = row["events"] - 1
    return {
        "id": row["id"],
        "number": row["number"],
        "portfolio_id": row["portfolio_id"],
        "kind": _kind(row["actor"]),
        "trigger": "event",
        "status": "success",
        "slot": None,
        "as_of": row["as_of"],
        "requested_at": row["started_at"],
        "started_at": row["started_at"],
        "ended_at": row["ended_at"],
        "snapshot_hash": None,
        "policy_hash": None,
        "recommendation_id": None,
        "summary": row["message"] + (f" And {more} more." if more else ""),
    }
