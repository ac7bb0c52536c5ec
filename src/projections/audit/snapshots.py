"""Fold each stream that has snapshots again, and hold them against what its events come to.

A command starts from the latest of them, so a changed one would decide by what never was.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection

from domain.audit.difference import Difference
from domain.events import Recorded
from domain.policy import canonical
from domain.streams import State, StreamType, fold
from projections.rebuild import Rebuilt

SNAPSHOTS = "snapshots"

Progress = Callable[[int, int], None]
"""Called with (streams done, streams in all)."""


class Snapshots(Protocol):
    """What is needed of snapshots and of the streams that they were taken of."""

    def count(self, connection: Connection[dict[str, Any]]) -> int: ...
    def streams(self, connection: Connection[dict[str, Any]]) -> Iterator[UUID]: ...
    def of(
        self, connection: Connection[dict[str, Any]], stream_id: UUID
    ) -> list[tuple[int, StreamType[Any]]]: ...
    def events(
        self, connection: Connection[dict[str, Any]], stream_id: UUID, after: int, up_to: int
    ) -> Iterator[Recorded]: ...
    def stored(self, connection: Connection[dict[str, Any]], stream_id: UUID, version: int) -> bytes: ...
    def read(self, stream_type: StreamType[Any], stored: bytes) -> State | None: ...
    def written(self, state: State) -> bytes: ...
    def replace(
        self, connection: Connection[dict[str, Any]], stream_id: UUID, version: int, state: State | None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """A snapshot beside what the events come to: ``state`` is None where the stream never was at this version.

    ``number`` is that of the event after which it was taken.
    """

    stream_type: StreamType[Any]
    stream_id: UUID
    version: int
    number: int | None
    state: State | None
    stored: bytes
    equal: bool


def compared(
    connection: Connection[dict[str, Any]], snapshots: Snapshots, progress: Progress
) -> Iterator[Compared]:
    """Every snapshot, stream by stream in flat memory."""
    in_all = snapshots.count(connection)
    for done, stream_id in enumerate(snapshots.streams(connection), start=1):
        yield from _of_stream(connection, snapshots, stream_id)
        progress(done, max(done, in_all))


def differences(
    connection: Connection[dict[str, Any]], snapshots: Snapshots, progress: Progress
) -> Iterator[Difference]:
    """The snapshots that say something else than the events, by stream and version."""
    for each in compared(connection, snapshots, progress):
        if each.equal:
            continue
        found = _fields(each.stored)
        expected = _fields(b"" if each.state is None else snapshots.written(each.state))
        apart = {name for name in {*found, *expected} if found.get(name) != expected.get(name)}
        yield Difference(
            each.number,
            f"snapshot of {each.stream_type.kind} {each.stream_id}, version {each.version}",
            _told(expected, apart),
            _told(found, apart) or each.stored.decode(errors="replace"),
            is_content=True,
        )


def mend(connection: Connection[dict[str, Any]], snapshots: Snapshots, progress: Progress) -> Rebuilt:
    """Write the snapshots that differ as they should be, and take away those of what never was."""
    rows = wrong = anew = events = 0
    for each in compared(connection, snapshots, progress):
        events = max(events, each.number or 0)
        rows += each.state is not None
        if not each.equal:
            snapshots.replace(connection, each.stream_id, each.version, each.state)
            wrong += 1
            anew += each.state is not None
    return Rebuilt(SNAPSHOTS, events, rows, wrong, anew)


def _of_stream(
    connection: Connection[dict[str, Any]], snapshots: Snapshots, stream_id: UUID
) -> Iterator[Compared]:
    state: State | None = None
    version = number = 0
    for wanted, stream_type in snapshots.of(connection, stream_id):
        for recorded in snapshots.events(connection, stream_id, version, wanted):
            state = fold(state, recorded.event, stream_id)
            version, number = recorded.version, recorded.number
        is_there = version == wanted and isinstance(state, stream_type.state_type)
        then = state if is_there else None
        stored = snapshots.stored(connection, stream_id, wanted)
        equal = then is not None and snapshots.read(stream_type, stored) == then
        yield Compared(stream_type, stream_id, wanted, number if is_there else None, then, stored, equal)


def _fields(stored: bytes) -> dict[str, Any]:
    """A state's fields, none when it is no JSON object."""
    try:
        fields = json.loads(stored, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _told(fields: dict[str, Any], apart: set[str]) -> str | None:
    return canonical({name: fields[name] for name in apart if name in fields}) if fields else None
