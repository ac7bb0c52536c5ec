"""Exports."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from api.http.schemas.answer import Answer, Moment
from domain.exports.wanted import Form, What


class ExportFile(Answer):
    """A file that was written; ``rows`` is null for the manifest, which tells the others' columns and hashes."""

    name: str
    rows: int | None
    bytes: int
    sha256: str


class ChainEnd(Answer):
    """The last event that the export knows of, and the audit chain's hash of it."""

    number: int
    hash: str


class ExportProgress(Answer):
    """How many rows of how many are written."""

    rows_done: int
    rows_in_all: int


class Export(Answer):
    """``place`` is where it went, once it is there whole: what was asked for as ``destination``, and the run's id."""

    id: UUID
    kind: What
    format: Form
    portfolio_id: UUID | None
    from_: Moment | None = Field(alias="from")
    to: Moment | None
    destination: str
    status: Literal["queued", "running", "success", "failed"]
    requested_at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    summary: str | None
    progress: ExportProgress | None
    place: str | None
    chain: ChainEnd | None
    files: list[ExportFile]


class ExportDestinations(Answer):
    """Where an export may go: to one of ``items``, and with ``any_bucket`` into any other bucket too."""

    items: list[str]
    any_bucket: bool


class ExportedColumn(Answer):
    name: str
    type: str
    meaning: str


class ExportedFile(Answer):
    name: str
    rows: int
    size_bytes: int
    sha256: str
    columns: list[ExportedColumn]


class ExportedChain(Answer):
    number: int
    hash: str
    at: Moment


class ExportManifest(Answer):
    """``manifest.json``; the other files of an export are CSV, lines of JSON or Parquet."""

    format: Literal["ballast-export/1"]
    ballast: str
    run_id: UUID
    kind: What
    form: Form
    portfolio_id: UUID | None
    from_: Moment | None = Field(alias="from")
    to: Moment | None
    chain: ExportedChain
    whole_log: bool
    formulas_quoted: bool
    files: list[ExportedFile]
