"""Whose each stream of the log is, and so who may read it (`shows_stream` in the database)."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain.catalogue import EVENT_TYPES
from domain.events import Recorded
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import or_own


class StreamRow(NamedTuple):
    """Both are null for what belongs to nobody: instruments, listings, what concerns the whole house.

    ``owner`` counts where there is no portfolio.
    """

    stream_id: UUID
    portfolio_id: UUID | None
    owner: str | None


STREAMS = Table(
    name="streams",
    columns={"stream_id": "uuid", "portfolio_id": "uuid", "owner": "text"},
    key=("stream_id",),
    mode="append",
    visible=or_own(),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each stream, with its first event."""
    if recorded.version == 1:
        event = recorded.event
        portfolio_id, owner = getattr(event, "portfolio_id", None), getattr(event, "owner", None)
        yield STREAMS, StreamRow(recorded.stream_id, portfolio_id, owner)


READ_MODEL = ReadModel("streams", "inline", (STREAMS,), tuple(EVENT_TYPES.values()), rows)
