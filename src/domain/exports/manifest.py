"""The manifest of an export: what its files are, so that they can be told from others and read without guessing."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from domain.audit.chain import Head
from domain.events import Instant, Value
from domain.exports.columns import DECIMAL_DIGITS, DECIMAL_SCALE, Column
from domain.exports.wanted import ExportedFile, Form, What

MANIFEST_FORMAT = "ballast-export/1"

TYPES = {
    "decimal": f"decimal({DECIMAL_DIGITS},{DECIMAL_SCALE})",
    "moment": "timestamp[us, UTC]",
    "integer": "int64",
    "day": "date",
    "text": "string",
    "json": "string",
    "boolean": "boolean",
}
"""What a column's values are, as readers of Parquet call it."""


class ColumnSaid(Value):
    name: str
    type: str
    meaning: str


class FileSaid(ExportedFile):
    columns: tuple[ColumnSaid, ...]


class Manifest(Value):
    """``chain`` is the last event that counts, and the audit chain's hash of it.

    ``whole_log`` says that the file of events has every event up to that one, so that the chain can be walked from its
    beginning. ``formulas_quoted`` says that text which a spreadsheet would take for a formula has a ``'`` before it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    format: str = MANIFEST_FORMAT
    ballast: str
    run_id: UUID
    kind: What
    form: Form
    portfolio_id: UUID | None
    since: Annotated[Instant | None, Field(alias="from")]
    until: Annotated[Instant | None, Field(alias="to")]
    chain: Head
    whole_log: bool
    formulas_quoted: bool
    files: tuple[FileSaid, ...]


def file_said(written: ExportedFile, columns: Sequence[Column]) -> FileSaid:
    """A written file as the manifest tells of it."""
    said = tuple(ColumnSaid(name=each.name, type=TYPES[each.type], meaning=each.meaning) for each in columns)
    return FileSaid(**written.model_dump(), columns=said)
