"""Copies of several read models, written in one reading of the log: what they share is read and folded once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from psycopg import Connection

from domain.events import Event, Recorded
from domain.streams import State, fold
from projections.copy import Copy
from projections.read_model import ReadModel

READING = "read models"
BATCH_EVENTS_MAX = 2_000

Progress = Callable[[str, int, int], None]
"""Called with (what is done, events done, events in all)."""


class Log(Protocol):
    """What writing copies needs of the event log."""

    def last_number(self, connection: Connection[dict[str, Any]]) -> int: ...

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
    ) -> Iterator[Recorded]: ...


class Hearing(NamedTuple):
    """The copies that hear a kind of event, and whether one of them needs the stream's state after it."""

    copies: tuple[Copy, ...]
    folded: bool


class Copies:
    """Writes the copies; memory grows with the number of streams for models that need their states."""

    def __init__(
        self, connection: Connection[dict[str, Any]], events: Log, models: Iterable[ReadModel], schema: str
    ) -> None:
        self._connection = connection
        self._events = events
        self._copies = {model.name: Copy(connection, model, schema) for model in models}
        self._states: dict[UUID, State] = {}
        self.number = 0

    def begin(self) -> None:
        """Make the tables, empty."""
        for copy in self._copies.values():
            copy.begin()

    def write(self, up_to: int, progress: Progress) -> None:
        """Go on up to an event of the log."""
        hearing = self._hearing()
        heard = self._events.read_all(self._connection, self.number, up_to, [event.name for event in hearing])
        with self._connection.cursor() as cursor:
            while batch := list(islice(heard, BATCH_EVENTS_MAX)):
                for recorded in batch:
                    self._take(recorded, hearing[type(recorded.event)])
                for copy in self._copies.values():
                    if copy.is_full:
                        copy.write(cursor)
                progress(READING, batch[-1].number, up_to)
            for copy in self._copies.values():
                copy.write(cursor)
        self.number = up_to
        progress(READING, up_to, up_to)

    def finish(self, model: ReadModel) -> None:
        """Make the keys of a model's copy that could wait until its tables were full."""
        self._copies[model.name].finish()

    def part_with(self, model: ReadModel) -> None:
        """Write nothing more into a model's copy."""
        del self._copies[model.name]

    def _hearing(self) -> dict[type[Event], Hearing]:
        hearing: dict[type[Event], Hearing] = {}
        for copy in self._copies.values():
            for event in copy.model.hears:
                known = hearing.get(event, Hearing((), folded=False))
                hearing[event] = Hearing((*known.copies, copy), known.folded or copy.model.needs_state)
        return hearing

    def _take(self, recorded: Recorded, hearing: Hearing) -> None:
        state = None
        if hearing.folded:
            state = fold(self._states.get(recorded.stream_id), recorded.event, recorded.stream_id)
            self._states[recorded.stream_id] = state
        for copy in hearing.copies:
            copy.take(recorded, state)
