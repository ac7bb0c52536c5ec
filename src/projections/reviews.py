"""The latest of each review: what a model thinks of a recommendation or a draft, or why there is nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded
from domain.review.events import ReviewAsked, ReviewEvent, ReviewGiven, ReviewMissed
from domain.review.subject import Subject
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table

STATUSES: dict[type, str] = {ReviewAsked: "waiting", ReviewGiven: "given", ReviewMissed: "missed"}


class ReviewRow(NamedTuple):
    review_id: UUID
    portfolio_id: UUID
    recommendation_id: UUID | None
    policy_hash: str
    status: str
    verdict: str | None
    notes: msgspec.Raw
    reason: str | None
    model: str | None
    prompt_hash: str | None
    at: datetime


REVIEWS = Table(
    name="reviews",
    columns={
        "review_id": "uuid",
        "portfolio_id": "uuid not null",
        "recommendation_id": "uuid",
        "policy_hash": "text not null",
        "status": "text not null",
        "verdict": "text",
        "notes": "jsonb not null",
        "reason": "text",
        "model": "text",
        "prompt_hash": "text",
        "at": "timestamptz not null",
    },
    key=("review_id",),
    mode="replace",
    indexes=(
        "(recommendation_id)",
        "(portfolio_id, policy_hash) where recommendation_id is null",
        "(status) where status = 'waiting'",
    ),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """The review's row after each of its events."""
    event = recorded.event
    if not isinstance(event, ReviewEvent):
        return
    given = event if isinstance(event, ReviewGiven) else None
    missed = event if isinstance(event, ReviewMissed) else None
    concluded = given or missed
    yield (
        REVIEWS,
        ReviewRow(
            review_id=event.review_id,
            portfolio_id=event.portfolio_id,
            recommendation_id=event.recommendation_id,
            policy_hash=event.policy_hash,
            status=STATUSES[type(event)],
            verdict=given.verdict if given else None,
            notes=msgspec.Raw(msgspec.json.encode(given.notes if given else ())),
            reason=missed.reason if missed else None,
            model=concluded.model if concluded else None,
            prompt_hash=concluded.prompt_hash if concluded else None,
            at=recorded.metadata.at,
        ),
    )


READ_MODEL = ReadModel("reviews", "inline", (REVIEWS,), tuple(STATUSES), rows)


def of_recommendations(
    connection: Connection[dict[str, Any]], recommendation_ids: Sequence[UUID]
) -> Mapping[UUID, dict[str, Any]]:
    """The reviews of recommendations, of those that have one."""
    found = connection.execute(
        "select * from reviews where recommendation_id = any(%s)", (list(recommendation_ids),)
    ).fetchall()
    return {row["recommendation_id"]: row for row in found}


def of_policy(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, policy_hash: str
) -> dict[str, Any] | None:
    """The review of a policy as a portfolio's draft."""
    return connection.execute(
        "select * from reviews where recommendation_id is null and portfolio_id = %s and policy_hash = %s",
        (portfolio_id, policy_hash),
    ).fetchone()


WAITING = """
    select portfolio_id, recommendation_id, p.proposal->>'policy_hash' as policy_hash
    from recommendations r join proposals p using (recommendation_id)
    where p.proposed_at >= %(since)s and r.status in ('proposed', 'approved')
        and p.proposal->>'policy_hash' is not null
        and not exists (select from reviews v where v.recommendation_id = r.recommendation_id)
    union all
    select s.portfolio_id, null, s.policy_hash
    from policy_steps s
    where s.at >= %(since)s and s.status = 'draft'
        and not exists (select from reviews v where v.recommendation_id is null
            and v.portfolio_id = s.portfolio_id and v.policy_hash = s.policy_hash)
        and not exists (select from policy_steps later
            where later.portfolio_id = s.portfolio_id and later.event_number > s.event_number)
    union all
    select portfolio_id, recommendation_id, policy_hash from reviews where status = 'waiting'"""


def waiting(connection: Connection[dict[str, Any]], since: datetime) -> list[Subject]:
    """What nobody has reviewed: advice and drafts since a moment that still stand, and whatever a person asked for.

    Advice that follows no policy, as a position's trigger, has nothing that it could be held against.
    """
    return [Subject(**row) for row in connection.execute(WAITING, {"since": since}).fetchall()]
