"""The policies that a portfolio has had: drafted, activated, retired, each by whom and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import PolicyActivated, PolicyDrafted, PolicyRetired
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table

STEPS: dict[type, str] = {PolicyDrafted: "draft", PolicyActivated: "active", PolicyRetired: "retired"}


class PolicyStepRow(NamedTuple):
    portfolio_id: UUID
    event_number: int
    status: str
    policy_hash: str
    manifesto_hash: str | None
    version: str
    at: datetime
    actor: str


POLICY_STEPS = Table(
    name="policy_steps",
    columns={
        "portfolio_id": "uuid not null",
        "event_number": "bigint not null",
        "status": "text not null",
        "policy_hash": "text not null",
        "manifesto_hash": "text",
        "version": "text not null",
        "at": "timestamptz not null",
        "actor": "text not null",
    },
    key=("portfolio_id", "event_number"),
    mode="append",
    indexes=("(policy_hash)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each step that a policy takes."""
    event = recorded.event
    if isinstance(event, PolicyDrafted | PolicyActivated | PolicyRetired):
        yield (
            POLICY_STEPS,
            PolicyStepRow(
                portfolio_id=event.portfolio_id,
                event_number=recorded.number,
                status=STEPS[type(event)],
                policy_hash=event.policy.policy_hash,
                manifesto_hash=event.policy.manifesto_hash,
                version=event.policy.version,
                at=recorded.metadata.at,
                actor=recorded.metadata.actor,
            ),
        )


READ_MODEL = ReadModel("policies", "inline", (POLICY_STEPS,), tuple(STEPS), rows)


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[dict[str, Any]]:
    """Every step of a portfolio's policies, newest first."""
    return connection.execute(
        "select status, policy_hash, manifesto_hash, version, at, actor from policy_steps"
        " where portfolio_id = %s order by event_number desc",
        (portfolio_id,),
    ).fetchall()


def text(connection: Connection[dict[str, Any]], member: str, policy_hash: str) -> str | None:
    """A policy's canonical text by its hash, if a portfolio of this person has it or ever had."""
    row = connection.execute(
        "select content from archives where content_hash = %(hash)s and exists ("
        f" select from policy_steps where policy_hash = %(hash)s and {OF_MEMBER})",
        {"member": member, "hash": policy_hash},
    ).fetchone()
    return row["content"] if row else None
