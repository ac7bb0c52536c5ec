"""A portfolio's policies, and what changed from one to the next."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from api.http.schemas.answer import Answer, Moment
from api.http.schemas.reviews import Verdict


class PolicyVersion(Answer):
    """A policy with its manifesto."""

    policy_hash: str
    manifesto_hash: str | None
    version: str
    policy: dict[str, Any]
    manifesto: str | None


class PolicyStep(Answer):
    """A step in the life of a policy."""

    status: str
    policy_hash: str
    manifesto_hash: str | None
    version: str
    by: str
    at: Moment


class PolicyChange(Answer):
    """One place that differs between the active policy and the draft; values are written as JSON."""

    path: str
    before: str | None
    after: str | None
    sentence: str


class PortfolioPolicy(Answer):
    """What runs follow, what waits for approval, how it differs, and a model's opinion of what waits."""

    portfolio_id: UUID
    active: PolicyVersion | None
    draft: PolicyVersion | None
    changes: list[PolicyChange]
    verdict: Verdict | None


class ManifestoProblem(Answer):
    """A placeholder that stands for nothing; only a manifesto of before there were any can have one."""

    line: int
    sentence: str


class ManifestoPiece(Answer):
    """A piece of the prose; ``path`` is the figure that it spells, null for what the author wrote."""

    text: str
    path: str | None


class PolicyFigure(Answer):
    """A figure of the policy as a person reads it, and as a percentage where it is a part of one."""

    path: str
    value: str
    percent: str | None


class ManifestoPage(Answer):
    """The author's prose with the policy's figures in it, in Markdown. Whoever makes HTML of it escapes it.

    ``pieces`` are the prose alone, cut where figures stand in it; ``figures`` are all of the policy's.
    """

    portfolio_id: UUID
    version: str
    policy_hash: str
    manifesto_hash: str | None
    markdown: str
    pieces: list[ManifestoPiece]
    figures: list[PolicyFigure]
    problems: list[ManifestoProblem]


class ArchivedPolicy(Answer):
    """A policy as it was kept under its hash."""

    policy_hash: str
    policy: dict[str, Any]


class PolicySchema(BaseModel):
    """A JSON Schema (draft 2020-12) of policies."""

    model_config = ConfigDict(extra="allow")
