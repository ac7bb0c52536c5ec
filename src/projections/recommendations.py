"""Recommendations as they stand, with what was executed of each line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString, NamedTuple, get_args
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded
from domain.recommendation.events import AnyRecommendationEvent, RecommendationProposed
from domain.recommendation.standing import standing_of
from domain.recommendation.state import OPEN, Recommendation
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import of_portfolio


class RecommendationRow(NamedTuple):
    """``is_placing`` is whether its lines are being placed as orders, ``lines`` how those fare that have been."""

    recommendation_id: UUID
    portfolio_id: UUID
    run_id: UUID | None
    kind: str
    status: str
    changed_at: datetime
    executed: msgspec.Raw
    is_placing: bool
    lines: msgspec.Raw


class ProposalRow(NamedTuple):
    recommendation_id: UUID
    of_portfolio: UUID
    event_number: int
    proposed_at: datetime
    proposal: msgspec.Raw


RECOMMENDATIONS = Table(
    name="recommendations",
    columns={
        "recommendation_id": "uuid",
        "portfolio_id": "uuid not null",
        "run_id": "uuid",
        "kind": "text not null",
        "status": "text not null",
        "changed_at": "timestamptz not null",
        "executed": "jsonb not null",
        "is_placing": "boolean not null",
        "lines": "jsonb not null",
    },
    key=("recommendation_id",),
    mode="replace",
    indexes=("(portfolio_id, recommendation_id)", "(recommendation_id) where is_placing"),
)

PROPOSALS = Table(
    name="proposals",
    columns={
        "recommendation_id": "uuid",
        "of_portfolio": "uuid not null",
        "event_number": "bigint not null",
        "proposed_at": "timestamptz not null",
        "proposal": "jsonb not null",
    },
    key=("recommendation_id",),
    mode="append",
    indexes=("(event_number)", "(proposed_at)"),
    visible=of_portfolio("of_portfolio"),
)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The recommendation's row after each of its events, and once what was proposed."""
    if not isinstance(state, Recommendation):
        return
    event = recorded.event
    if isinstance(event, RecommendationProposed):
        proposal = msgspec.Raw(event.model_dump_json().encode())
        at = recorded.metadata.at
        yield PROPOSALS, ProposalRow(state.id, state.portfolio_id, recorded.number, at, proposal)
    yield (
        RECOMMENDATIONS,
        RecommendationRow(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            run_id=state.run_id,
            kind=state.kind,
            status=state.status,
            changed_at=recorded.metadata.at,
            executed=msgspec.Raw(
                msgspec.json.encode([each.model_dump(mode="json") for each in state.executed])
            ),
            is_placing=state.placing is not None,
            lines=msgspec.Raw(
                msgspec.json.encode([each.model_dump(mode="json") for each in standing_of(state)])
            ),
        ),
    )


READ_MODEL = ReadModel(
    "recommendations",
    "inline",
    (RECOMMENDATIONS, PROPOSALS),
    get_args(AnyRecommendationEvent),
    rows,
    needs_state=True,
)


SELECTED: LiteralString = (
    "select r.*, p.event_number, p.proposed_at, p.proposal, ("
    "   select jsonb_object_agg(l.listing_id, l.quote_unit) from listings l where l.listing_id in ("
    "     select (each -> 'line' ->> 'listing_id')::uuid from jsonb_array_elements(p.proposal -> 'lines') each)"
    " ) as quote_units from recommendations r join proposals p using (recommendation_id)"
)
"""Recommendations with what was proposed, and the unit that each line's listing is quoted in."""


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    *,
    portfolio_id: UUID | None,
    before: int,
    limit: int,
) -> list[dict[str, Any]]:
    """A person's recommendations, newest first, from before an event number."""
    return connection.execute(
        f"{SELECTED} where r.{OF_MEMBER}"
        " and (%(portfolio)s::uuid is null or r.portfolio_id = %(portfolio)s) and p.event_number < %(before)s"
        " order by p.event_number desc limit %(limit)s",
        {"member": member, "portfolio": portfolio_id, "before": before, "limit": limit},
    ).fetchall()


def open_of(connection: Connection[dict[str, Any]], member: str, limit: int) -> list[dict[str, Any]]:
    """A person's recommendations that wait for something to be done, newest first."""
    return connection.execute(
        f"{SELECTED} where r.{OF_MEMBER} and r.status = any(%(open)s)"
        " order by p.event_number desc limit %(limit)s",
        {"member": member, "open": sorted(OPEN), "limit": limit},
    ).fetchall()


def one(
    connection: Connection[dict[str, Any]], member: str, recommendation_id: UUID
) -> dict[str, Any] | None:
    """One recommendation that a person may see."""
    return connection.execute(
        f"{SELECTED} where r.{OF_MEMBER} and r.recommendation_id = %(id)s",
        {"member": member, "id": recommendation_id},
    ).fetchone()


def placing(connection: Connection[dict[str, Any]]) -> list[UUID]:
    """The recommendations whose lines are being placed as orders."""
    found = connection.execute(
        "select recommendation_id from recommendations where is_placing order by recommendation_id"
    ).fetchall()
    return [row["recommendation_id"] for row in found]
